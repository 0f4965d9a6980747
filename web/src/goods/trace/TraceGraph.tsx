import { useFormat } from '../../kernel/format/format.ts';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import type { Cell, TraceLayout } from './trace-layout.ts';

const LEFT = 190;
const TOP = 34;
const COLUMN = 104;
const ROW = 66;

type Props = { layout: TraceLayout; chosen: string | null; onChoose: (cell: Cell) => void };

/** Places down, days to the right; a knot unfolds on a click. */
export function TraceGraph({ layout, chosen, onChoose }: Props) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const { places, days, cells, ties } = layout;
  const x = ({ day }: Cell) => LEFT + days.indexOf(day) * COLUMN + COLUMN / 2;
  const y = ({ place }: Cell) => TOP + places.indexOf(place) * ROW + ROW / 2;
  const width = LEFT + days.length * COLUMN + 12;
  const height = TOP + places.length * ROW + 8;
  const placeName = (place: string | null) => (place === null ? t('no_place') : names.place(place));
  const dayName = (day: string) => (day === '' ? '–' : format.date(day));
  return (
    <div className="trace-graph">
      <svg width={width} height={height} role="img" aria-label={t('graph')}>
        {days.map((day, at) => (
          <text key={day} x={LEFT + at * COLUMN + COLUMN / 2} y={18} textAnchor="middle">
            {dayName(day)}
          </text>
        ))}
        {places.map((place, at) => (
          <g key={place ?? ''}>
            <line
              className="trace-row-line"
              x1={LEFT - 8}
              x2={width}
              y1={TOP + at * ROW + ROW / 2}
              y2={TOP + at * ROW + ROW / 2}
            />
            <foreignObject x={0} y={TOP + at * ROW + ROW / 2 - 18} width={LEFT - 14} height={36}>
              <div className="small trace-place">{placeName(place)}</div>
            </foreignObject>
          </g>
        ))}
        {ties.map(({ from, to, count }) => (
          <path
            key={`${from.key} ${to.key}`}
            className="trace-tie"
            strokeWidth={Math.min(10, 1.5 + Math.log2(count))}
            d={curve(x(from), y(from), x(to), y(to))}
          />
        ))}
        {cells.map((cell) => (
          <Knot
            key={cell.key}
            cell={cell}
            x={x(cell)}
            y={y(cell)}
            isChosen={cell.key === chosen}
            label={t('cell', {
              place: placeName(cell.place),
              day: dayName(cell.day),
              count: cell.nodes.length,
            })}
            onChoose={onChoose}
          />
        ))}
      </svg>
    </div>
  );
}

/** Within one day a line bows to the side, so that it does not run through other knots. */
function curve(x1: number, y1: number, x2: number, y2: number): string {
  if (x1 === x2) return `M${x1} ${y1}C${x1 + 44} ${y1} ${x2 + 44} ${y2} ${x2} ${y2}`;
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

type KnotProps = {
  cell: Cell;
  x: number;
  y: number;
  isChosen: boolean;
  label: string;
  onChoose: (cell: Cell) => void;
};

function Knot({ cell, x, y, isChosen, label, onChoose }: KnotProps) {
  const radius = Math.min(24, 9 + 2 * Math.log2(cell.nodes.length + 1));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a knot is drawn; SVG has no button.
    <g
      className={`trace-cell${isChosen ? ' is-chosen' : ''}`}
      role="button"
      tabIndex={0}
      aria-label={label}
      onClick={() => onChoose(cell)}
      onKeyDown={({ key }) => {
        if (key === 'Enter' || key === ' ') onChoose(cell);
      }}
    >
      <title>{label}</title>
      <circle cx={x} cy={y} r={radius} />
      <text className="trace-count" x={x} y={y + 4} textAnchor="middle">
        {cell.nodes.length}
      </text>
    </g>
  );
}
