import type { CSSProperties } from 'react';
import { FLOWS, type Flow, flowColour, flowInk, useFlowTexts } from '../kernel/flows.ts';
import { usePhoneTexts } from './texts.ts';
import './phone.css';

type Props = { begun: readonly Flow[] };

/** The smallest weave: four knots, filled where the flow of this order has begun. */
export function FlowStrip({ begun }: Props) {
  const t = usePhoneTexts();
  const flow = useFlowTexts();
  return (
    <ul className="flow-strip" aria-label={t('stage')}>
      {FLOWS.map((name) => {
        const done = begun.includes(name);
        return (
          <li
            key={name}
            className={done ? 'is-done' : ''}
            style={{ '--flow': flowColour(name), '--flow-ink': flowInk(name) } as CSSProperties}
            aria-label={t(done ? 'stage_done' : 'stage_ahead', { flow: flow(name) })}
          >
            <span>{flow(`${name}_sign`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
