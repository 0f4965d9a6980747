import { Decimal } from '../../../../src/kernel/decimal.ts';
import type { Order, OrderLine, Picking } from '../../generated/api.ts';

/** What of a line is promised and not sent yet, in the unit of the line. */
export function leftToSend(line: OrderLine): Decimal {
  if (line.state !== 'accepted') return new Decimal(0);
  const promised = (line.promised ?? []).reduce(
    (sum, part) => sum.plus(part.quantity),
    new Decimal(0),
  );
  return Decimal.max(0, promised.minus(line.despatched));
}

/** What of a line was accepted at the buyer's door and not invoiced yet. */
export function leftToInvoice(line: OrderLine): Decimal {
  return Decimal.max(0, new Decimal(line.accepted).minus(line.returned).minus(line.invoiced));
}

/** What of a line the buyer could still send back. */
export function leftToReturn(line: OrderLine): Decimal {
  return Decimal.max(0, new Decimal(line.accepted).minus(line.returned));
}

/** The day of the next promised part; goods that leave today cannot have come before. */
export function expectedOn({ lines, requested_on }: Order, today: string): string {
  const promised = lines
    .filter((line) => leftToSend(line).gt(0))
    .flatMap((line) => (line.promised ?? []).map(({ on }) => on))
    .filter((on) => on >= today)
    .sort();
  const day = promised[0] ?? requested_on;
  return day < today ? today : day;
}

export type SentLine = {
  order_line_no: number;
  quantity: string;
  lot?: string;
  best_before?: string;
};

/** A line as the lots that were proposed for it: one part for each lot. */
export function inLots(line: OrderLine, { lots }: Picking): SentLine[] {
  return lots.map(({ lot, best_before, quantity }) => ({
    order_line_no: line.line_no,
    quantity,
    ...(lot ? { lot } : {}),
    ...(best_before ? { best_before } : {}),
  }));
}

/** Net and tax of what would be invoiced, in minor units of a currency with `exponent` decimals. */
export function invoiceTotal(order: Order, exponent: number): string {
  const total = order.lines.reduce((sum, line) => {
    const net = leftToInvoice(line)
      .times(line.price)
      .div(line.price_base_quantity)
      .times(new Decimal(10).pow(exponent))
      .toDecimalPlaces(0);
    return sum.plus(net).plus(net.times(line.tax_rate));
  }, new Decimal(0));
  return total.toFixed(0);
}
