import { Decimal } from '../../../../src/kernel/decimal.ts';
import type { OrderLine, OrderView } from '../../generated/api.ts';

/** One line of an order with what was promised first and what came. */
export type OrderLineView = {
  line: OrderLine;
  first_promised_on: readonly string[];
  /** The day on which what was promised was complete, or of the last arrival. */
  received_on: string | null;
  /** Accepted of ordered, 0 to 1; null before anything came. */
  fulfilled: string | null;
  late: boolean;
  /** Short, damaged or turned away, in the unit of the line. */
  missing: string;
  lots: readonly string[];
  best_before: string | null;
};

export function lineViews(view: OrderView): OrderLineView[] {
  return view.order.lines.map((line) => {
    const parts = view.promises.find(({ line_no }) => line_no === line.line_no)?.parts ?? [];
    const sent = view.despatches
      .flatMap(({ lines }) => lines)
      .filter(({ order_line_no }) => order_line_no === line.line_no);
    const arrivals = view.receipts
      .flatMap(({ lines }) => lines)
      .filter(({ order_line_no }) => order_line_no === line.line_no)
      .map(({ received_on }) => received_on)
      .sort();
    const missing = new Decimal(line.short).plus(line.damaged).plus(line.turned_away);
    return {
      line,
      first_promised_on: parts.map(({ promised_on }) => promised_on),
      received_on: arrivals.at(-1) ?? null,
      fulfilled:
        arrivals.length > 0 ? new Decimal(line.accepted).div(line.quantity).toFixed(4) : null,
      late: parts.some(({ outcome }) => outcome === 'late' || outcome === 'in_part'),
      missing: missing.toFixed(),
      lots: [...new Set(sent.flatMap(({ lot }) => (lot ? [lot] : [])))],
      best_before: sent.flatMap(({ best_before }) => best_before ?? []).sort()[0] ?? null,
    };
  });
}

/** In which word the line stands; `missing` is red. */
export function lineState({ line, missing }: OrderLineView) {
  if (['cancelled', 'refused', 'open', 'countered'].includes(line.state)) {
    return line.state as 'cancelled' | 'refused' | 'open' | 'countered';
  }
  if (Number(missing) > 0) return 'missing';
  if (Number(line.accepted) >= Number(line.quantity)) return 'received';
  if (Number(line.accepted) > 0) return 'in_part';
  return Number(line.despatched) > 0 ? 'under_way' : 'promised';
}
