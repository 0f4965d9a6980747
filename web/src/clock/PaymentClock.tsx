import type { ReactNode } from 'react';
import { useFormat } from '../kernel/format/format.ts';
import { type ClockDates, type ClockState, clockState } from './clock-state.ts';
import { arcPath } from './ring.ts';
import { useClockTexts } from './texts.ts';
import './clock.css';

type Props = ClockDates & {
  /** What the clock belongs to, e.g. the number of the invoice. */
  caption?: string;
  /** The sums and shares beside the ring. */
  children?: ReactNode;
};

const RING = { centre: 80, radius: 70 };
const SMALL = { centre: 80, radius: 62 };

/** The statutory payment clock of an invoice: how much of the term has run, and what is left. */
export function PaymentClock({ caption, children, ...dates }: Props) {
  const t = useClockTexts();
  const format = useFormat();
  const state = clockState(dates, format.today);
  const headline = useHeadline(state);
  const due = dates.due_on ? t('due_on', { date: format.date(dates.due_on) }) : t('waiting_note');
  const note = caption ?? due;
  return (
    <div className="clock">
      <svg
        className="clock-ring"
        viewBox="0 0 160 160"
        role="img"
        aria-label={t('label', { headline, caption: note })}
      >
        <circle className="clock-rest" cx="80" cy="80" r={RING.radius} />
        <path className={`clock-run is-${state.kind}`} d={arcPath(RING, state.share)} />
        <text className={`clock-days is-${state.kind}`} x="80" y="82">
          {headline}
        </text>
        <text className={`clock-note is-${state.kind}`} x="80" y="104">
          {note}
        </text>
      </svg>
      {children && <dl className="clock-figures">{children}</dl>}
    </div>
  );
}

type FigureProps = { label: string; value: ReactNode; tone?: 'late' | undefined };

export function ClockFigure({ label, value, tone }: FigureProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={tone}>{value}</dd>
    </div>
  );
}

/** A clock in one line of a list: a small ring and its days. */
export function SmallClock(dates: ClockDates) {
  const { today } = useFormat();
  const state = clockState(dates, today);
  const headline = useHeadline(state);
  return (
    <span className={`clock-small is-${state.kind}`}>
      <svg viewBox="0 0 160 160" width="18" height="18" aria-hidden="true">
        <circle className="clock-rest clock-thick" cx="80" cy="80" r={SMALL.radius} />
        <path
          className={`clock-run clock-thick is-${state.kind}`}
          d={arcPath(SMALL, state.share)}
        />
      </svg>
      {headline}
    </span>
  );
}

function useHeadline({ kind, days }: ClockState): string {
  const t = useClockTexts();
  if (kind === 'running') return t('days_left', { count: days });
  if (kind === 'late') return t('days_over', { count: days });
  return t(kind === 'due' ? 'due_today' : kind);
}
