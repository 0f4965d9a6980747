import { type KeyboardEvent, useRef, useState } from 'react';
import { flowColour, flowInk, useFlowTexts } from '../kernel/flows.ts';
import { useFormat } from '../kernel/format/format.ts';
import { curvePath } from './curves.ts';
import { Decoration } from './Decoration.tsx';
import { type Knot, knotColour } from './data.ts';
import { KNOT_RADIUS, PILL, type PlacedKnot, type PlacedTie, type WeaveLayout } from './layout.ts';
import { nextKnot } from './steps.ts';
import { useWeaveTexts } from './texts.ts';
import { useKnotName } from './use-knot-name.ts';

type Props = { layout: WeaveLayout; onOpen: (knot: Knot) => void };

/** The weave that runs to the right. One knot takes part in the tab order; arrows go on from it. */
export function WeaveAcross({ layout, onOpen }: Props) {
  const t = useWeaveTexts();
  const picture = useRef<SVGSVGElement>(null);
  const [pointed, setPointed] = useState<string>();
  const [reached, setReached] = useState(layout.knots[0]?.knot.id);
  const near = pointed === undefined ? undefined : neighbours(layout.ties, pointed);

  function move(event: KeyboardEvent, current: PlacedKnot) {
    const target = nextKnot(layout.knots, current, event.key);
    if (!target) return;
    event.preventDefault();
    setReached(target.knot.id);
    picture.current?.querySelector<SVGElement>(`[data-knot="${target.knot.id}"]`)?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset element.
    <svg
      ref={picture}
      className={`weave${near ? ' is-pointing' : ''}`}
      width={layout.width}
      height={layout.height}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      role="group"
      aria-label={`${t('title')}。${t('keyboard')}`}
    >
      <Ground layout={layout} />
      {layout.ties.map((tie) => (
        <TieLine key={tie.key} tie={tie} near={near?.has(tie.from) && near.has(tie.to)} />
      ))}
      {layout.spans.map(({ key, from, to, y }) => (
        <path key={key} className="weave-span" d={`M${from} ${y}H${to}`} />
      ))}
      <NowLine layout={layout} />
      {layout.knots.map((placed) => (
        <KnotMark
          key={placed.knot.id}
          placed={placed}
          near={near?.has(placed.knot.id)}
          pointed={pointed === placed.knot.id}
          reachable={placed.knot.id === reached}
          onOpen={onOpen}
          onPoint={setPointed}
          onMove={move}
        />
      ))}
    </svg>
  );
}

function Ground({ layout }: { layout: WeaveLayout }) {
  const flow = useFlowTexts();
  const format = useFormat();
  const { lanes, threads, ticks, height } = layout;
  return (
    <Decoration>
      {ticks.map(({ x, date }) => (
        <g key={date}>
          <path className="weave-tick" d={`M${x} 28V${height - 24}`} />
          <text className="weave-tick-text" x={x} y={height - 8}>
            {format.date(date)}
          </text>
        </g>
      ))}
      {lanes.map((lane) => (
        <g key={lane.flow} style={{ color: flowColour(lane.flow) }}>
          <text className="weave-flow" x={0} y={lane.y + 5} style={{ fill: flowInk(lane.flow) }}>
            {flow(lane.flow)}
          </text>
          <path className="weave-thread" d={`M${threads.start} ${lane.y}H${threads.nowX}`} />
          <path className="weave-thread is-ahead" d={`M${threads.nowX} ${lane.y}H${threads.end}`} />
        </g>
      ))}
    </Decoration>
  );
}

function TieLine({ tie, near }: { tie: PlacedTie; near: boolean | undefined }) {
  // Knots of one thread are tied by the thread itself; only a promise is worth a line of its own.
  if (tie.along && !tie.promised) return null;
  const classes = ['weave-tie', `is-${tie.tone}`];
  if (tie.promised) classes.push('is-promised');
  if (near) classes.push('is-near');
  const { from, to } = tie.curve;
  return (
    <path
      className={classes.join(' ')}
      d={tie.along ? `M${from.x} ${from.y}H${to.x}` : curvePath(tie.curve)}
      style={tie.along ? { stroke: flowColour(tie.along) } : undefined}
    />
  );
}

function NowLine({ layout }: { layout: WeaveLayout }) {
  const t = useWeaveTexts();
  const { nowX } = layout.threads;
  return (
    <Decoration>
      <path className="weave-now" d={`M${nowX} ${PILL.height}V${layout.height - 22}`} />
      <rect
        className="weave-pill"
        x={nowX - PILL.width / 2}
        width={PILL.width}
        height={PILL.height}
        rx={PILL.height / 2}
      />
      <text className="weave-pill-text" x={nowX} y={14}>
        {t('today')}
      </text>
    </Decoration>
  );
}

type KnotMarkProps = {
  placed: PlacedKnot;
  near: boolean | undefined;
  pointed: boolean;
  reachable: boolean;
  onOpen: (knot: Knot) => void;
  onPoint: (id: string | undefined) => void;
  onMove: (event: KeyboardEvent, placed: PlacedKnot) => void;
};

function KnotMark({ placed, near, pointed, reachable, ...act }: KnotMarkProps) {
  const name = useKnotName();
  const { knot, x, y, label, text } = placed;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element.
    <g
      className={`weave-knot is-${knot.kind} is-${knot.tone}${near ? ' is-near' : ''}`}
      style={{ color: knotColour(knot) }}
      role="button"
      tabIndex={reachable ? 0 : -1}
      aria-label={name(knot)}
      aria-haspopup="dialog"
      data-knot={knot.id}
      onClick={() => act.onOpen(knot)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') {
          event.preventDefault();
          act.onOpen(knot);
        } else act.onMove(event, placed);
      }}
      onPointerEnter={() => act.onPoint(knot.id)}
      onPointerLeave={() => act.onPoint(undefined)}
      onFocus={() => act.onPoint(knot.id)}
      onBlur={() => act.onPoint(undefined)}
    >
      {label?.leader && <path className="weave-leader" d={leaderPath(placed)} />}
      {/* Fingers and unsteady hands get a target of 28 px around a knot of 15. */}
      <circle className="weave-target" cx={x} cy={y} r={14} />
      <circle className="weave-focus" cx={x} cy={y} r={KNOT_RADIUS + 4} />
      <circle className="weave-dot" cx={x} cy={y} r={KNOT_RADIUS} />
      {label && (
        <text className="weave-label" x={label.x} y={label.baseline}>
          {text}
        </text>
      )}
      {!label && pointed && <HiddenLabel placed={placed} />}
    </g>
  );
}

/** The text of a knot that found no room, while it is pointed at. */
function HiddenLabel({ placed: { x, y, text } }: { placed: PlacedKnot }) {
  return (
    <text className="weave-label is-over" x={x} y={y - 15}>
      {text}
    </text>
  );
}

function leaderPath({ x, y, label }: PlacedKnot): string {
  if (!label) return '';
  const above = label.baseline < y;
  const end = above ? label.baseline + 4 : label.baseline - 12;
  return `M${x} ${above ? y - 9 : y + 9}L${x + (label.x - x) * 0.3} ${end}`;
}

function neighbours(ties: readonly PlacedTie[], id: string): ReadonlySet<string> {
  const tied = ties.filter(({ from, to }) => from === id || to === id);
  return new Set([id, ...tied.flatMap(({ from, to }) => [from, to])]);
}
