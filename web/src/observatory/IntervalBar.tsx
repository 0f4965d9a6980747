import { placeOf } from './interval.ts';

type Props = {
  /** Shares, 0 to 1; what lies beyond is drawn at the edge. */
  low: number;
  high: number;
  /** A share that decides something. */
  threshold?: number;
  /** The same in words: what a reader of screens hears. */
  label: string;
  look?: 'large' | 'small';
};

/** A number of which only the bounds are known, on a scale from nothing to all. */
export function IntervalBar({ low, high, threshold, label, look = 'small' }: Props) {
  const { left, width } = placeOf(low, high);
  return (
    <div className={`interval is-${look}`} role="img" aria-label={label}>
      <span className="interval-track" />
      <span className="interval-band" style={{ left: `${left}%`, width: `${width}%` }} />
      {threshold !== undefined && (
        <span className="interval-mark" style={{ left: `${threshold * 100}%` }} />
      )}
    </div>
  );
}
