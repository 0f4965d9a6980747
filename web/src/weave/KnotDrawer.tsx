import { Drawer } from '../controls/Drawer.tsx';
import { useBilingual } from '../kernel/bilingual.ts';
import { flowInk, useFlowTexts } from '../kernel/flows.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Knot, WeaveData } from './data.ts';
import { FactEvidence } from './FactEvidence.tsx';
import { useWeaveTexts } from './texts.ts';

type Props = {
  data: WeaveData;
  knot: Knot | undefined;
  onOpen: (knot: Knot) => void;
  onClose: () => void;
};

/** What a knot stands on: when it happened, what it follows from and led to, and its fact. */
export function KnotDrawer({ data, knot, onOpen, onClose }: Props) {
  const t = useWeaveTexts();
  const flow = useFlowTexts();
  const format = useFormat();
  const read = useBilingual();
  return (
    <Drawer open={knot !== undefined} title={knot ? read(knot.title) : ''} onClose={onClose}>
      {knot && (
        <div className="stack">
          <p className={knot.tone === 'normal' ? 'muted' : 'late'}>
            <span className="strong" style={{ color: flowInk(knot.flow) }}>
              {flow(knot.flow)}
            </span>
            {` · ${t(knot.kind)}`}
            {knot.tone !== 'normal' && ` · ${t(knot.tone)}`}
          </p>
          {knot.detail && <p>{read(knot.detail)}</p>}
          <dl className="facts">
            <dt>{t(knot.kind === 'fact' ? 'recorded' : 'promised')}</dt>
            <dd>{format.instant(knot.at)}</dd>
          </dl>
          <Neighbours data={data} knot={knot} direction="from" onOpen={onOpen} />
          <Neighbours data={data} knot={knot} direction="to" onOpen={onOpen} />
          <h3>{t('evidence')}</h3>
          {knot.fact_id ? (
            <FactEvidence id={knot.fact_id} />
          ) : (
            <p className="muted">{t('no_evidence')}</p>
          )}
        </div>
      )}
    </Drawer>
  );
}

type NeighboursProps = {
  data: WeaveData;
  knot: Knot;
  direction: 'from' | 'to';
  onOpen: (knot: Knot) => void;
};

function Neighbours({ data, knot, direction, onOpen }: NeighboursProps) {
  const t = useWeaveTexts();
  const format = useFormat();
  const read = useBilingual();
  const other = direction === 'from' ? 'to' : 'from';
  const ids = data.ties.filter((tie) => tie[other] === knot.id).map((tie) => tie[direction]);
  const knots = data.knots.filter(({ id }) => ids.includes(id));
  if (knots.length === 0) return null;
  return (
    <section className="stack-tight">
      <h3>{t(direction === 'from' ? 'led_from' : 'led_to')}</h3>
      <ul className="link-list">
        {knots.map((neighbour) => (
          <li key={neighbour.id}>
            <button type="button" className="link-row" onClick={() => onOpen(neighbour)}>
              <span className="dot" style={{ background: `var(--flow-${neighbour.flow})` }} />
              <span>{read(neighbour.title)}</span>
              <span className="muted small">{format.instant(neighbour.at)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
