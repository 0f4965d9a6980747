import type { PlacesProps, SankeyProps, Spot } from './Chart.tsx';

/** A colour of the theme as ECharts takes it: a computed one, not a variable. */
function colourOf(element: HTMLElement, variable: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${variable})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function tooltipOf(element: HTMLElement) {
  return {
    backgroundColor: colourOf(element, '--card'),
    borderColor: colourOf(element, '--line'),
    textStyle: { color: colourOf(element, '--ink'), fontSize: 13 },
    confine: true,
  };
}

export function sankeyOption(props: SankeyProps, element: HTMLElement, phone: boolean) {
  const colour = colourOf(element, props.colour);
  const ink = colourOf(element, '--ink');
  const names = new Map(props.nodes.map(({ id, name }) => [id, name]));
  return {
    animation: false,
    tooltip: { trigger: 'item', ...tooltipOf(element) },
    series: [
      {
        type: 'sankey',
        left: 8,
        right: phone ? 96 : 150,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 8,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        data: props.nodes.map(({ id, name }) => ({
          name: id,
          itemStyle: { color: colour, borderWidth: 0 },
          label: { formatter: name },
          tooltip: { formatter: () => plainText(name) },
        })),
        links: props.edges.map(({ text, ...edge }) => ({
          ...edge,
          tooltip: {
            formatter: () =>
              `${plainText(names.get(edge.source) ?? '')} → ` +
              `${plainText(names.get(edge.target) ?? '')}<br>${plainText(text)}`,
          },
        })),
        label: {
          color: ink,
          fontSize: phone ? 11 : 12,
          width: phone ? 104 : 140,
          overflow: 'truncate',
        },
        lineStyle: { color: colour, opacity: 0.28, curveness: 0.5 },
      },
    ],
  };
}

const MARKS = {
  own: { symbol: 'circle', symbolSize: 16, variable: '--ink' },
  party: { symbol: 'circle', symbolSize: 9, variable: '--flow-commerce' },
  place: { symbol: 'rect', symbolSize: 8, variable: '--flow-goods' },
} as const;

/** Air around the outermost spots, as a share of the span. */
const MARGIN = 0.08;

export function placesOption(props: PlacesProps, element: HTMLElement, phone: boolean) {
  const line = colourOf(element, '--line');
  const muted = colourOf(element, '--muted');
  const spots = props.groups.flatMap((group) => group.spots);
  const axis = (values: readonly number[], unit: string) => {
    const low = Math.min(...values);
    const high = Math.max(...values);
    const air = Math.max(0.02, (high - low) * MARGIN);
    return {
      type: 'value',
      min: low - air,
      max: high + air,
      splitNumber: phone ? 3 : 6,
      axisLabel: {
        color: muted,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => `${value.toFixed(2)}°${unit}`,
      },
      axisLine: { lineStyle: { color: line } },
      splitLine: { lineStyle: { color: line, type: 'dashed' } },
    };
  };
  const east = axis(
    spots.map(({ lon }) => lon),
    'E',
  );
  const north = axis(
    spots.map(({ lat }) => lat),
    'N',
  );
  return {
    animation: false,
    tooltip: { trigger: 'item', ...tooltipOf(element) },
    legend: { top: 0, itemWidth: 10, itemHeight: 10, textStyle: { color: muted } },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: east,
    yAxis: north,
    series: props.groups.map(({ name, mark, spots: own }) => {
      const { symbol, symbolSize, variable } = MARKS[mark];
      return {
        type: 'scatter',
        name,
        symbol,
        symbolSize,
        itemStyle: { color: colourOf(element, variable), opacity: 0.85 },
        label: {
          show: mark === 'own',
          position: 'right',
          formatter: ({ name: spot }: { name: string }) => spot,
          color: colourOf(element, '--ink'),
        },
        data: own.map(spotData),
      };
    }),
  };
}

function spotData({ name, note, lon, lat }: Spot) {
  return {
    name,
    value: [lon, lat],
    tooltip: { formatter: () => `${plainText(name)}<br>${plainText(note)}` },
  };
}

/** Tooltips are written as HTML: a name must stay a name. */
function plainText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
