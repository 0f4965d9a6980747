/** One measured figure: a JSON line on standard out. `ratio` is value ÷ floor. */
export type Figure = { name: string; value: number; unit: string; floor?: number };

export function report({ name, value, unit, floor }: Figure): void {
  const round = (number: number) => Number(number.toPrecision(4));
  const line = {
    name,
    value: round(value),
    unit,
    ...(floor === undefined ? {} : { floor: round(floor), ratio: round(value / floor) }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The p-th percentile of latencies, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1);
  return sorted[Math.max(0, rank)] ?? Number.NaN;
}
