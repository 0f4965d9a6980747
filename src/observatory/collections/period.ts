/** How often a form asks. */
export const periodKinds = ['month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Months of a year in one period, and how many periods a year has. */
const MONTHS: Readonly<Record<PeriodKind, number>> = { month: 1, quarter: 3, year: 12 };

/** 2026-03, 2026-Q1 or 2026: the same text is the same time in every form. */
const FORMS: Readonly<Record<PeriodKind, RegExp>> = {
  month: /^(20\d{2})-(0[1-9]|1[0-2])$/,
  quarter: /^(20\d{2})-Q([1-4])$/,
  year: /^(20\d{2})$/,
};

export const periodsOfYear = (kind: PeriodKind) => 12 / MONTHS[kind];

/** Whether the text names a period of that kind. */
export const isPeriod = (kind: PeriodKind, text: string) => FORMS[kind].test(text);

function kindOf(period: string): PeriodKind {
  if (period.includes('Q')) return 'quarter';
  return period.length === 4 ? 'year' : 'month';
}

/** The first and the last month of a period, both inside. */
export function monthsOf(period: string): { from: string; to: string } {
  const kind = kindOf(period);
  const [, year = '', place = '1'] = FORMS[kind].exec(period) ?? [];
  const first = (Number(place) - 1) * MONTHS[kind] + 1;
  const name = (month: number) => `${year}-${String(month).padStart(2, '0')}`;
  return { from: name(first), to: name(first + MONTHS[kind] - 1) };
}

/** The period of the same kind just before. */
export function periodBefore(period: string): string {
  const kind = kindOf(period);
  const [, text = '', place = '1'] = FORMS[kind].exec(period) ?? [];
  const isFirst = kind === 'year' || Number(place) === 1;
  const year = isFirst ? Number(text) - 1 : Number(text);
  if (kind === 'year') return String(year);
  const before = isFirst ? periodsOfYear(kind) : Number(place) - 1;
  return kind === 'quarter' ? `${year}-Q${before}` : `${year}-${String(before).padStart(2, '0')}`;
}
