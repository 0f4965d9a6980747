export type Bounds = { low: number; high: number };

const within = (share: number) => Math.min(1, Math.max(0, share));
/** In percent of the scale: a point that is known exactly must still be seen. */
const LEAST_WIDTH = 0.8;

/** Where the band of an interval lies on a scale from 0 to 1, in percent of the scale. */
export function placeOf(low: number, high: number): { left: number; width: number } {
  const [from, to] = [within(low) * 100, within(high) * 100];
  const width = Math.max(LEAST_WIDTH, to - from);
  return { left: Math.min(from, 100 - width), width };
}

const MOST_DECIMALS = 4;
/** What a product with powers of ten leaves in the last places. */
const ROUNDING = 1e-9;
const EXACT = 1e-9;

/**
 * Bounds of a share in percent, rounded outwards so that what is shown still holds the truth, with
 * as many decimals as it takes to stay on the same side of the threshold: 29.96 % is not 30 %.
 */
export function percentsOf(
  { low, high }: Bounds,
  threshold?: number,
): { low: string; high: string } {
  let shown = roundedOutwards({ low, high }, 1);
  for (let decimals = 2; decimals <= MOST_DECIMALS; decimals++) {
    if (threshold === undefined || tellsTheSame(shown, { low, high }, threshold)) break;
    shown = roundedOutwards({ low, high }, decimals);
  }
  return { low: String(shown.low), high: String(shown.high) };
}

function roundedOutwards({ low, high }: Bounds, decimals: number): Bounds {
  const scale = 10 ** decimals;
  if (high - low < EXACT) {
    const value = Math.round(low * 100 * scale) / scale;
    return { low: value, high: value };
  }
  return {
    low: Math.floor(low * 100 * scale + ROUNDING) / scale,
    high: Math.ceil(high * 100 * scale - ROUNDING) / scale,
  };
}

function tellsTheSame(shown: Bounds, exact: Bounds, threshold: number): boolean {
  const meets = (share: number) => share - threshold > -EXACT;
  return (
    meets(shown.low / 100) === meets(exact.low) && meets(shown.high / 100) === meets(exact.high)
  );
}

/** `30` or `33.3` in percent as the decimal that the API takes; undefined where it is none. */
export function thresholdOf(percent: string): string | undefined {
  const typed = percent
    .trim()
    .replace(/[%％]$/, '')
    .trim();
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(typed)) return undefined;
  const value = Number(typed) / 100;
  if (value > 1) return undefined;
  return String(Number(value.toFixed(4)));
}

/** `0.3` is `30`. */
export const percentOf = (threshold: string): string =>
  String(Number((Number(threshold) * 100).toFixed(2)));
