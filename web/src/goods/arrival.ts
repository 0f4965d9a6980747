import { Decimal } from '../../../src/kernel/decimal.ts';
import { parseDecimal } from '../kernel/format/entry.ts';

/** What a person says of one lot at the door; quantities as typed. */
export type Arrival = {
  good: boolean;
  short: string;
  damaged: string;
  turned_away: string;
  reason: string;
  photo_ids: readonly string[];
};

export const OUTCOMES = ['short', 'damaged', 'turned_away'] as const;

export type ArrivalFault = 'number' | 'sum' | 'nothing' | 'reason';

export const allGood: Arrival = {
  good: true,
  short: '',
  damaged: '',
  turned_away: '',
  reason: '',
  photo_ids: [],
};

const amount = (typed: string) => (typed.trim() === '' ? '0' : parseDecimal(typed));

/** What was accepted: all that was sent, less what is missing; undefined for a faulty entry. */
export function acceptedOf(sent: string, arrival: Arrival): string | undefined {
  if (arrival.good) return sent;
  const parts = OUTCOMES.map((what) => amount(arrival[what]));
  if (parts.some((part) => part === undefined)) return undefined;
  const poor = parts.reduce((sum, part) => sum.plus(part ?? '0'), new Decimal(0));
  const accepted = new Decimal(sent).minus(poor);
  return accepted.lt(0) ? undefined : accepted.toFixed();
}

/** What keeps the receipt of a lot from being sent. */
export function faultOf(sent: string, arrival: Arrival): ArrivalFault | undefined {
  if (arrival.good) return undefined;
  if (OUTCOMES.some((what) => amount(arrival[what]) === undefined)) return 'number';
  const accepted = acceptedOf(sent, arrival);
  if (accepted === undefined) return 'sum';
  if (new Decimal(accepted).eq(sent)) return 'nothing';
  return arrival.reason.trim() ? undefined : 'reason';
}

/** A lot as the API takes it. */
export function toReceiptLine(line: { line_no: number; quantity: string }, arrival: Arrival) {
  const accepted = acceptedOf(line.quantity, arrival) ?? line.quantity;
  if (arrival.good) return { despatch_line_no: line.line_no, accepted };
  return {
    despatch_line_no: line.line_no,
    accepted,
    short: amount(arrival.short) ?? '0',
    damaged: amount(arrival.damaged) ?? '0',
    turned_away: amount(arrival.turned_away) ?? '0',
    reason: arrival.reason.trim(),
    photo_ids: [...arrival.photo_ids],
  };
}
