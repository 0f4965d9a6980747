import type { ReactNode } from 'react';

type Props = {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
};

export function Card({ title, note, action, className, children }: Props) {
  return (
    <section className={`card ${className ?? ''}`}>
      {title && (
        <header className="card-head">
          <h2>{title}</h2>
          {note && <p className="muted small card-note">{note}</p>}
          {action && <div className="card-action">{action}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
