import type { Given, Operation } from '../conformance/world/client.ts';
import type { Player } from '../conformance/world/trade-story.ts';

/** What a pair of commands meets at: each case has a scene of its own, freshly set. */
export type Scene = {
  order: string;
  despatch: string | null;
  invoice: string | null;
  dispute: string | null;
  payments: readonly string[];
  recall: string | null;
  notice: string | null;
  /** By which some of lot Q became lot R. */
  production: string;
  place: string;
  product: string;
  parties: Record<Player, string>;
  today: string;
};

/** How far the scene's order has come before the two commands arrive. */
export const stages = ['placed', 'confirmed', 'sent', 'billed'] as const;
export type Stage = (typeof stages)[number];

/** One command that can be one of a pair. */
export type Contender = {
  name: Operation;
  who: Player;
  at: readonly Stage[];
  given(scene: Scene): Given<Operation>;
};

const of = <Name extends Operation>(
  name: Name,
  who: Player,
  at: readonly Stage[],
  given: (scene: Scene) => Given<Name>,
) => ({ name, who, at, given }) as unknown as Contender;

const byOrder = ({ order }: Scene) => ({ id: order });
const line = (quantity: string) => ({ order_line_no: 1, quantity });

const onOrder: readonly Contender[] = [
  of('order.respond', 'maker', ['placed', 'confirmed'], (scene) => ({
    params: byOrder(scene),
    body: { lines: [{ line_no: 1, answer: 'accept' }] },
  })),
  of('order.change', 'dealer', ['placed', 'confirmed', 'sent'], (scene) => ({
    params: byOrder(scene),
    body: { lines: [{ change: 'alter', line_no: 1, quantity: '3' }] },
  })),
  of('order.cancel', 'dealer', ['placed', 'confirmed', 'sent'], (scene) => ({
    params: byOrder(scene),
    body: { reason: '不要了' },
  })),
  of('message.write', 'dealer', ['placed', 'confirmed'], (scene) => ({
    params: byOrder(scene),
    body: { text: '请快' },
  })),
  of('despatch.send', 'maker', ['confirmed', 'sent'], ({ order, place, today }) => ({
    body: {
      order_id: order,
      from_place_id: place,
      expected_on: today,
      lines: [{ ...line('3'), lot: 'L' }],
    },
  })),
];

const onGoods: readonly Contender[] = [
  of('receipt.record', 'dealer', ['sent'], ({ despatch }) => ({
    body: { despatch_id: despatch ?? '', lines: [{ despatch_line_no: 1, accepted: '2' }] },
  })),
  of('despatch.lose', 'maker', ['sent'], ({ despatch }) => ({
    params: { id: despatch ?? '' },
    body: { reason: '翻车' },
  })),
  of('return.send', 'dealer', ['billed'], ({ order }) => ({
    body: { order_id: order, reason: '破损', lines: [line('1')] },
  })),
  of('recall.hold', 'maker', ['confirmed', 'sent'], ({ recall }) => ({
    params: { id: recall ?? '' },
  })),
  of('recall_notice.hold', 'dealer', ['sent'], ({ notice }) => ({
    params: { id: notice ?? '' },
  })),
  of('stock.settle_held', 'maker', ['confirmed', 'sent'], ({ place, product }) => ({
    body: {
      place_id: place,
      outcome: 'released',
      reason: '复检合格',
      lines: [{ product_id: product, lot: 'L', unit: 'KGM', quantity: '2' }],
    },
  })),
  of('stock.count', 'maker', ['confirmed', 'sent'], ({ place, product }) => ({
    body: {
      place_id: place,
      reason: '盘点',
      lines: [{ product_id: product, product_name: '水饺', lot: 'L', unit: 'KGM', counted: '7' }],
    },
  })),
  of('production.record', 'maker', ['confirmed', 'sent'], ({ place, product }) => ({
    body: {
      place_id: place,
      used: [{ product_id: product, lot: 'L', unit: 'KGM', quantity: '3' }],
      made: [{ product_id: product, lot: 'M', quantity: '2' }],
    },
  })),
  of('production.withdraw', 'maker', ['confirmed', 'sent'], ({ production, product }) => ({
    params: { id: production },
    body: {
      reason: '用错批次',
      instead: {
        used: [{ product_id: product, lot: 'L', unit: 'KGM', quantity: '2' }],
        made: [{ product_id: product, lot: 'R', quantity: '1' }],
      },
    },
  })),
];

const onMoney: readonly Contender[] = [
  of('invoice.issue', 'maker', ['sent', 'billed'], ({ order, parties }) => ({
    body: { buyer_id: parties.dealer, order_id: order, lines: [line('2')] },
  })),
  of('credit_note.issue', 'maker', ['billed'], ({ invoice }) => ({
    body: {
      invoice_id: invoice ?? '',
      reason: '冲红',
      lines: [{ ...line('1'), price: '10' }],
    },
  })),
  of('dispute.open', 'dealer', ['billed'], ({ invoice }) => ({
    params: { id: invoice ?? '' },
    body: { amount_minor: '900', reason: '短少' },
  })),
  of('dispute.withdraw', 'dealer', ['billed'], ({ dispute }) => ({
    params: { id: dispute ?? '' },
  })),
  of('payment.confirm', 'maker', ['billed'], ({ payments, invoice }) => ({
    params: { id: payments[0] ?? '' },
    body: { allocations: [{ receivable_id: invoice ?? '', amount_minor: '1200' }] },
  })),
  of('payment.confirm', 'maker', ['billed'], ({ payments, invoice }) => ({
    params: { id: payments[1] ?? '' },
    body: { allocations: [{ receivable_id: invoice ?? '', amount_minor: '1100' }] },
  })),
  of('payment.refuse', 'maker', ['billed'], ({ payments }) => ({
    params: { id: payments[0] ?? '' },
    body: { reason: '未到账' },
  })),
  of('receivable.accept', 'dealer', ['billed'], ({ invoice, today }) => ({
    params: { id: invoice ?? '' },
    body: { accepted_on: today },
  })),
  of('receivable.accrue', 'maker', ['billed'], ({ today }) => ({ body: { as_of: today } })),
];

/** Every command that touches an order, an invoice or a lot that another may touch at once. */
export const contenders: readonly Contender[] = [...onOrder, ...onGoods, ...onMoney];
