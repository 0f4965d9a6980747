import { SankeyChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useTheme } from '../../kernel/theme/theme.ts';
import { PHONE, useMedia } from '../../kernel/use-media.ts';
import { placesOption, sankeyOption } from './chart-options.ts';

use([SankeyChart, ScatterChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export type Spot = { name: string; note: string; lon: number; lat: number };

export type SankeyProps = {
  kind: 'sankey';
  /** A colour of the theme, as `--flow-goods`. */
  colour: string;
  nodes: readonly { id: string; name: string }[];
  edges: readonly { source: string; target: string; value: number; text: string }[];
};

export type PlacesProps = {
  kind: 'places';
  groups: readonly { name: string; mark: 'own' | 'party' | 'place'; spots: readonly Spot[] }[];
};

type Props = (SankeyProps | PlacesProps) & { label: string };

const ROW_PX = 26;
const LEAST_PX = 360;

/** The library empties elements by markup, which the page's policy forbids: leaving would throw. */
function emptyWithoutMarkup(element: Element): void {
  Object.defineProperty(element, 'innerHTML', {
    configurable: true,
    set: () => element.replaceChildren(),
  });
}

/** A picture by ECharts; this chunk is loaded when the first picture is shown. */
export default function Chart(props: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const phone = useMedia(PHONE);
  const theme = useTheme();
  // The chart takes plain colours: it is drawn again when the theme or the data change.
  const key = JSON.stringify([props, phone, theme]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const chart = init(element, null, { renderer: 'svg' });
    const [shown] = JSON.parse(key) as [Props];
    chart.setOption(
      shown.kind === 'sankey'
        ? sankeyOption(shown, element, phone)
        : placesOption(shown, element, phone),
    );
    for (const one of [element, ...element.querySelectorAll('svg')]) emptyWithoutMarkup(one);
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [key, phone]);
  const rows = props.kind === 'sankey' ? props.nodes.length : 0;
  return (
    <div
      ref={frame}
      className="chain-chart"
      role="img"
      aria-label={props.label}
      style={{ height: Math.max(LEAST_PX, rows * ROW_PX) }}
    />
  );
}
