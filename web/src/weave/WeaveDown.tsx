import { type CSSProperties, useMemo } from 'react';
import { useBilingual } from '../kernel/bilingual.ts';
import { FLOWS, flowColour, flowInk, useFlowTexts } from '../kernel/flows.ts';
import { useFormat } from '../kernel/format/format.ts';
import { type Knot, knotColour, type WeaveData } from './data.ts';
import { type DownLayout, layoutDown } from './layout-down.ts';
import { useWeaveTexts } from './texts.ts';
import { useKnotName } from './use-knot-name.ts';

type Props = { data: WeaveData; onOpen: (knot: Knot) => void };

/** The weave that runs downwards: a list that can be read, with the threads drawn beside it. */
export function WeaveDown({ data, onOpen }: Props) {
  const t = useWeaveTexts();
  const flow = useFlowTexts();
  const layout = useMemo(() => layoutDown(data), [data]);
  return (
    <div>
      <ul className="weave-down-heads">
        {FLOWS.map((name) => (
          <li key={name} style={flowStyle(flowColour(name), flowInk(name))}>
            {flow(name)}
          </li>
        ))}
      </ul>
      <div className="weave-down">
        <Picture layout={layout} />
        <ol aria-label={t('title')}>
          {layout.rows.map((row) =>
            row.kind === 'now' ? (
              <li key="now" className="weave-row-now">
                <span>{t('today')}</span>
              </li>
            ) : (
              <Row key={row.knot.id} knot={row.knot} onOpen={onOpen} />
            ),
          )}
        </ol>
      </div>
    </div>
  );
}

function Row({ knot, onOpen }: { knot: Knot; onOpen: (knot: Knot) => void }) {
  const read = useBilingual();
  const format = useFormat();
  const name = useKnotName();
  // A promise is for a day, which its detail names; an hour of it would be made up.
  const when = knot.kind === 'fact' ? format.instant(knot.at) : format.dateOf(knot.at);
  const notes = [knot.detail && read(knot.detail), (knot.kind === 'fact' || !knot.detail) && when];
  return (
    <li className={`weave-row is-${knot.kind} is-${knot.tone}`}>
      <button
        type="button"
        className="weave-row-button"
        aria-label={name(knot)}
        aria-haspopup="dialog"
        onClick={() => onOpen(knot)}
      >
        <span className="weave-row-title">{read(knot.title)}</span>
        <span className="weave-row-detail">{notes.filter(Boolean).join(' · ')}</span>
      </button>
    </li>
  );
}

function Picture({ layout }: { layout: DownLayout }) {
  return (
    <svg
      className="weave-down-picture"
      width={layout.width}
      height={layout.height}
      aria-hidden="true"
    >
      {layout.threads.map(({ flow, x, nowY }) => (
        <g key={flow} style={{ color: flowColour(flow) }}>
          <path className="weave-thread" d={`M${x} 6V${nowY}`} />
          <path className="weave-thread is-ahead" d={`M${x} ${nowY}V${layout.height - 6}`} />
        </g>
      ))}
      {layout.ties.map(({ key, path, tone, promised }) => (
        <path
          key={key}
          className={`weave-tie is-${tone}${promised ? ' is-promised' : ''}`}
          d={path}
        />
      ))}
      {layout.spans.map(({ key, x, from, to }) => (
        <path key={key} className="weave-span" d={`M${x} ${from}V${to}`} />
      ))}
      {layout.rows.map((row) =>
        row.kind === 'now' ? (
          <path key="now" className="weave-now" d={`M2 ${row.y}H${layout.width + 8}`} />
        ) : (
          <g
            key={row.knot.id}
            className={`weave-knot is-${row.knot.kind} is-${row.knot.tone}`}
            style={{ color: knotColour(row.knot) }}
          >
            <circle className="weave-dot" cx={row.at.x} cy={row.at.y} r={7} />
          </g>
        ),
      )}
    </svg>
  );
}

function flowStyle(mark: string, ink: string): CSSProperties {
  return { '--flow': mark, color: ink } as CSSProperties;
}
