import type { ReactNode } from 'react';
import { FLOWS, flowColour } from '../kernel/flows.ts';

type Props = { title: string; children?: ReactNode; action?: ReactNode };

/** An empty page says what to do first. The picture: four threads without a knot yet. */
export function Empty({ title, children, action }: Props) {
  return (
    <div className="empty">
      <svg width="168" height="64" viewBox="0 0 168 64" aria-hidden="true">
        {FLOWS.map((flow, index) => (
          <path
            key={flow}
            d={`M8 ${11 + index * 14}H160`}
            stroke={flowColour(flow)}
            strokeWidth="2.5"
            strokeLinecap="round"
            strokeDasharray="1 8"
            opacity="0.7"
          />
        ))}
        <circle className="empty-knot" cx="56" cy="25" r="7" />
        <path className="empty-tie" d="M63 25C82 25 80 39 99 39" />
        <circle className="empty-knot" cx="106" cy="39" r="7" />
      </svg>
      <h2>{title}</h2>
      {children && <p className="muted empty-text">{children}</p>}
      {action}
    </div>
  );
}
