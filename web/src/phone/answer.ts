import type { Operations } from '../generated/api.ts';
import type { Reason } from './texts.ts';

type SentAnswer = Operations['order.respond']['body']['lines'][number];

/** What a seller may say to one line of an order. */
export type LineDecision = 'accept' | 'counter' | 'refuse';

export type LineAnswer = {
  decision: LineDecision;
  /** How much can be delivered on the day that was asked for; a decimal as typed. */
  quantity: string;
  /** When the rest can come; empty if it cannot. */
  rest_on: string;
  /** Price for one unit, as typed; the asked price unless changed. */
  price: string;
  reason: string;
};

export type OrderedLine = { id: string; quantity: string; price: string };

export type LineFault = 'quantity' | 'nothing_changed' | 'rest_on' | 'price' | 'reason';

export function newAnswer(line: OrderedLine): LineAnswer {
  return {
    decision: 'accept',
    quantity: line.quantity,
    rest_on: '',
    price: line.price,
    reason: '',
  };
}

const AMOUNT = /^\d+(\.\d+)?$/;

/** What keeps a line's answer from being sent; undefined when nothing does. */
export function findFault(line: OrderedLine, answer: LineAnswer): LineFault | undefined {
  if (answer.decision === 'accept') return undefined;
  if (answer.decision === 'refuse') return answer.reason ? undefined : 'reason';
  if (!AMOUNT.test(answer.quantity) || Number(answer.quantity) > Number(line.quantity)) {
    return 'quantity';
  }
  if (!AMOUNT.test(answer.price)) return 'price';
  const missing = restQuantity(line, answer);
  if (missing === '0') {
    return Number(answer.price) === Number(line.price) ? 'nothing_changed' : undefined;
  }
  // Nothing now and nothing later is a refusal, which needs its reason.
  return Number(answer.quantity) === 0 && !answer.rest_on ? 'rest_on' : undefined;
}

/** What is left to deliver later, exact in the decimals of both entries. */
export function restQuantity(line: OrderedLine, answer: LineAnswer): string {
  if (!AMOUNT.test(answer.quantity)) return '0';
  const places = Math.max(decimals(line.quantity), decimals(answer.quantity));
  const rest = scaled(line.quantity, places) - scaled(answer.quantity, places);
  if (rest <= 0n) return '0';
  const digits = rest.toString().padStart(places + 1, '0');
  if (places === 0) return digits;
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
}

function decimals(value: string): number {
  return value.split('.')[1]?.length ?? 0;
}

function scaled(value: string, places: number): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(places, '0')}`);
}

type ReasonText = (key: `reason_${Reason}`) => string;

/** What the API takes: the quantity on the day asked for, and the rest on its own day. */
export function toLineAnswer(
  line: OrderedLine & { wanted_on: string },
  answer: LineAnswer,
  reasonText: ReasonText,
): SentAnswer {
  const line_no = Number(line.id);
  if (answer.decision === 'accept') return { line_no, answer: 'accept' };
  if (answer.decision === 'refuse') {
    return { line_no, answer: 'refuse', reason: reasonText(`reason_${answer.reason as Reason}`) };
  }
  const rest = restQuantity(line, answer);
  const schedule = [
    ...(Number(answer.quantity) > 0 ? [{ quantity: answer.quantity, on: line.wanted_on }] : []),
    ...(rest !== '0' && answer.rest_on ? [{ quantity: rest, on: answer.rest_on }] : []),
  ];
  const price = Number(answer.price) === Number(line.price) ? {} : { price: answer.price };
  return { line_no, answer: 'counter', schedule, ...price };
}
