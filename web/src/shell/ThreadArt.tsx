import { FLOWS, flowColour } from '../kernel/flows.ts';

const KNOTS = [
  [40, 0],
  [96, 0],
  [150, 1],
  [176, 3],
  [224, 1],
  [262, 0],
  [292, 2],
] as const;

/** Four threads and the knots of one small order, as a sign for what this product is. */
export function ThreadArt() {
  const y = (lane: number) => 16 + lane * 34;
  return (
    <svg className="thread-art" viewBox="0 0 360 136" aria-hidden="true">
      {FLOWS.map((flow, lane) => (
        <g key={flow} style={{ color: flowColour(flow) }}>
          <path className="thread-art-line" d={`M8 ${y(lane)}H300`} />
          <path className="thread-art-line is-ahead" d={`M308 ${y(lane)}H356`} />
        </g>
      ))}
      {KNOTS.slice(1).map(([x, lane], index) => {
        const [fromX, fromLane] = KNOTS[index] ?? [x, lane];
        const middle = (x + fromX) / 2;
        const [from, to] = [y(fromLane), y(lane)];
        return (
          <path
            key={x}
            className="thread-art-tie"
            d={`M${fromX} ${from}C${middle + 8} ${from} ${middle - 8} ${to} ${x} ${to}`}
          />
        );
      })}
      {KNOTS.map(([x, lane]) => (
        <circle
          key={x}
          className="thread-art-knot"
          style={{ color: flowColour(FLOWS[lane]) }}
          cx={x}
          cy={y(lane)}
          r="7"
        />
      ))}
    </svg>
  );
}
