import { z } from 'zod';
import { readSoldLines, type SoldLine } from '../../flows/commerce/views.ts';
import { decodeCursor, limits, type PageQuery, pageOf, type Tx, uuid } from '../../kernel/index.ts';
import { findIndustry, industriesOn, type Match, precedentsOf } from '../classification/index.ts';
import { bundlesOf, decisionsOf } from './decisions.ts';
import { evidenceOf } from './evidence.ts';
import { fault } from './faults.ts';
import { ledgerOf, monthName, monthNumber, type Period } from './ledger.ts';
import type { InvoiceLine, Sale } from './line.ts';
import { type Asked, type Grounds, splitRevenue } from './revenue-split.ts';
import type { PeriodQuery, RevenueSplitReply, SplitQuery } from './schema.ts';
import { getRule } from './service-rule.ts';
import { type Question, testThreshold } from './threshold.ts';

const CURRENCY = 'CNY';
const PAGE = 5_000;
const SHOWN = 20;
const NEAREST = 5;

/** As asked; else the twelve months that end with the one of today. */
function periodOf(tx: Tx, { from, to }: PeriodQuery): Period {
  const last = to ?? tx.today.slice(0, 7);
  const period = { from: from ?? monthName(monthNumber(last) - 11), to: last };
  if (period.from <= period.to) return period;
  throw fault('statistics.period_backwards', period);
}

type Material = {
  firm: string;
  lines: InvoiceLine[];
  others: Map<string, number>;
  grounds: Grounds;
  decisions: Awaited<ReturnType<typeof decisionsOf>>;
};

/** What the actor sold in a period, with what it has said about it. */
async function materialOf(tx: Tx, period: Period): Promise<Material> {
  const decisions = await decisionsOf(tx);
  const contracts = await bundlesOf(tx);
  const sold = await soldIn(tx, period);
  const others = new Map<string, number>();
  for (const { currency } of sold) {
    if (currency !== CURRENCY) others.set(currency, (others.get(currency) ?? 0) + 1);
  }
  assertCountable(sold);
  const lines = sold
    .filter(({ currency }) => currency === CURRENCY)
    .map((row): InvoiceLine => {
      const isBundle = row.product_id !== null && contracts.has(row.product_id);
      return {
        firm: tx.actor.party,
        invoice: row.invoice_id,
        line_no: row.line_no,
        issued_on: row.issued_on,
        name: row.name,
        product: row.product_id,
        industry: row.industry_class,
        tax_code: row.tax_code,
        contract: isBundle ? row.product_id : null,
        net_minor: Number(row.net_minor),
      };
    });
  const grounds = { industries: industriesOn(), contracts, decisions };
  return { firm: tx.actor.party, lines, others, grounds, decisions };
}

/** Sums are counted exactly up to 2⁵³ minor units. @throws statistics.too_large */
function assertCountable(sold: readonly SoldLine[]): void {
  const all = sold.reduce((sum, { net_minor: net }) => sum + (net < 0n ? -net : net), 0n);
  if (all <= BigInt(Number.MAX_SAFE_INTEGER)) return;
  const what = '期间内的金额合计 the amounts of the period';
  throw fault('statistics.too_large', { what, limit: `${Number.MAX_SAFE_INTEGER}` });
}

/** Every line of the period. @throws statistics.too_many_lines */
async function soldIn(tx: Tx, { from, to }: Period): Promise<SoldLine[]> {
  const days = { from: `${from}-01`, to: lastDayOf(to) };
  const all: SoldLine[] = [];
  let after: { invoice_id: string; line_no: number } | undefined;
  do {
    const page = await readSoldLines(tx, { ...days, limit: PAGE, after });
    all.push(...page);
    after = page.length === PAGE ? page.at(-1) : undefined;
    if (all.length > limits.split_lines) {
      throw fault('statistics.too_many_lines', { limit: limits.split_lines });
    }
  } while (after);
  return all;
}

/** The 31st of a month that has fewer days is no date: the day before the next month's first. */
function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}

const minor = (amount: number) => BigInt(amount);
const bounds = ({ low, high }: { low: number; high: number }) => ({
  low: minor(Math.floor(low)),
  high: minor(Math.ceil(high)),
});

const kindOf = (sale: Sale) => ({
  name: sale.name,
  product_id: sale.product,
  industry_class: sale.industry,
  tax_code: sale.tax_code,
});

const shown = ({ code, name, score }: Match) => ({ code, name, score });

function questionShown({ key: _, name: __, ...one }: Question, isOpen: boolean) {
  return {
    ...one,
    candidates: [...one.candidates],
    remarks: [...one.remarks],
    sale: kindOf(one.sale),
    takes_decision: one.sale.contract === null,
    net_minor: minor(one.net_minor),
    nearest: isOpen ? findIndustry(one.sale.name, industriesOn(), NEAREST).matches.map(shown) : [],
  };
}

/** The actor's own split of a period, with the threshold test under every rule. */
export async function viewSplit(tx: Tx, query: SplitQuery): Promise<RevenueSplitReply> {
  const period = periodOf(tx, query);
  const rule = getRule(query.rule);
  const { firm, lines, others, grounds } = await materialOf(tx, period);
  const own = ledgerOf(firm, lines);
  const asked: Asked = { period, rule };
  const { firm: _, ...split } = splitRevenue(own, asked, grounds);
  const test = testThreshold(own, { ...asked, threshold: query.threshold }, grounds);
  const questions = test.questions.slice(0, SHOWN);
  return {
    ...split,
    currency: CURRENCY,
    other_currencies: [...others].map(([currency, count]) => ({ currency, lines: count })),
    revenue_minor: minor(split.revenue_minor),
    not_revenue_minor: minor(split.not_revenue_minor),
    groups: split.groups.map((one) => ({ ...one, amount_minor: bounds(one.amount_minor) })),
    service: { ...split.service, amount_minor: bounds(split.service.amount_minor) },
    by_basis: split.by_basis.map((one) => ({
      ...one,
      net_minor: minor(one.net_minor),
      open_minor: minor(one.open_minor),
    })),
    unverified_minor: minor(split.unverified_minor),
    self_declared_minor: minor(split.self_declared_minor),
    does_not_say: [...split.does_not_say],
    test: {
      threshold: test.threshold,
      answer: test.answer,
      share: test.share,
      is_near: test.is_near,
      answers_to_yes: test.answers_to_yes,
      answers_to_no: test.answers_to_no,
      questions: questions.map((one) => questionShown(one, one.basis === 'A7')),
      questions_left_out: test.questions.length - questions.length,
      under_rules: [...test.under_rules],
    },
  };
}

/** The lines behind the split, page by page, in the order of their invoices. */
export async function listEvidence(tx: Tx, query: SplitQuery & PageQuery) {
  const period = periodOf(tx, query);
  const { firm, lines, grounds } = await materialOf(tx, period);
  const from = query.after ? decodeCursor(query.after, z.tuple([uuid, z.number()])) : null;
  // Every line is read for every page: a split is of all of them, and so is what a line counts as.
  const rest = evidenceOf(firm, lines, { period, rule: getRule(query.rule) }, grounds).filter(
    ({ invoice, line_no }) =>
      !from || invoice > from[0] || (invoice === from[0] && line_no > from[1]),
  );
  const items = rest.slice(0, query.limit + 1).map(({ invoice, ...one }) => ({
    ...one,
    invoice_id: invoice,
    net_minor: minor(one.net_minor),
    candidates: one.candidates.map((codes) => [...codes]),
    service_minor: bounds(one.service_minor),
    remarks: [...one.remarks],
  }));
  return pageOf(items, query.limit, (row) => [row.invoice_id, row.line_no]);
}

/** Kinds of sale that neither a code nor the catalogue says anything about, the largest first. */
export async function listQueue(tx: Tx, query: PeriodQuery) {
  const period = periodOf(tx, query);
  const { firm, lines, grounds, decisions } = await materialOf(tx, period);
  const rule = getRule('third-sector');
  const { questions } = testThreshold(ledgerOf(firm, lines), { period, rule }, grounds);
  const precedents = decisions.map(({ phrase, code, decided_on, reason }) => ({
    phrase,
    code,
    decided_on,
    decided_by: firm,
    reason,
  }));
  return {
    items: questions
      .filter((one) => one.basis === 'A7')
      .slice(0, limits.page_rows)
      .map(({ sale, net_minor, lines: count }) => ({
        sale: kindOf(sale),
        net_minor: minor(net_minor),
        lines: count,
        nearest: findIndustry(sale.name, grounds.industries, NEAREST).matches.map(shown),
        precedents: precedentsOf(sale.name, precedents).map(({ decided_by: _, ...one }) => one),
      })),
  };
}
