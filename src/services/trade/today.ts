import { z } from 'zod';
import {
  countLiveOrders,
  despatchRow,
  dispute,
  listDespatches,
  listDisputes,
  listOrders,
  type OrderQuery,
  orderRow,
} from '../../flows/commerce/index.ts';
import { documentRow, listDocuments } from '../../flows/data/index.ts';
import { heldLeft, listHeldLeft } from '../../flows/goods/index.ts';
import {
  listPayments,
  listReceivables,
  payment,
  receivable,
  receivableQuery,
} from '../../flows/money/index.ts';
import { businessDate, listRequests, rightsRequest, type Tx } from '../../kernel/index.ts';
import { listNotices, recallNotice } from '../recall/index.ts';

/** A short list, and how many there are in all; `more` where the count stopped at its bound. */
const shortList = <Item extends z.ZodType>(item: Item) =>
  z.object({ count: z.int(), more: z.boolean(), items: z.array(item) });

/** What a party has to look at now: late and broken first, then what waits for its word. */
export const today = z
  .object({
    date: businessDate,
    recalls_to_answer: shortList(recallNotice),
    held_goods_left: shortList(heldLeft),
    late_deliveries: shortList(orderRow),
    late_supplies: shortList(orderRow),
    overdue_receivables: shortList(receivable),
    overdue_payables: shortList(receivable),
    disputes: shortList(dispute),
    refused_documents: shortList(documentRow),
    to_answer: shortList(orderRow),
    counter_offers: shortList(orderRow),
    to_despatch: shortList(orderRow),
    to_receive: shortList(despatchRow),
    payments_to_confirm: shortList(payment),
    rights_to_answer: shortList(rightsRequest),
  })
  .meta({ id: 'Today' });
export type Today = z.output<typeof today>;

const shown = 10;
/** Counting stops here: "200+" tells a person as much as the number would. */
const counted = 200;

type Listed<Item> = { items: Item[]; next: string | null };

function shorten<Item>({ items, next }: Listed<Item>) {
  return { count: items.length, more: next !== null, items: items.slice(0, shown) };
}

const cut = <Item>(items: Item[]): Listed<Item> => ({
  items: items.slice(0, counted),
  next: items.length > counted ? 'more' : null,
});

async function ordersWith(tx: Tx, query: Omit<OrderQuery, 'limit'>, count?: number) {
  const { items } = await listOrders(tx, { ...query, limit: shown });
  return { count: count ?? items.length, more: false, items };
}

type Counts = Awaited<ReturnType<typeof countLiveOrders>>['buying'];
const inState = (counts: Counts, state: string) =>
  counts.find((one) => one.state === state)?.count ?? 0;
const overdueIn = (counts: Counts) => counts.reduce((sum, one) => sum + one.overdue, 0);

async function ordersToday(tx: Tx) {
  const { buying, selling } = await countLiveOrders(tx);
  const late = { due_before: tx.today };
  return {
    late_deliveries: await ordersWith(tx, { side: 'selling', ...late }, overdueIn(selling)),
    late_supplies: await ordersWith(tx, { side: 'buying', ...late }, overdueIn(buying)),
    to_answer: await ordersWith(
      tx,
      { side: 'selling', state: 'placed' },
      inState(selling, 'placed'),
    ),
    counter_offers: await ordersWith(
      tx,
      { side: 'buying', state: 'countered' },
      inState(buying, 'countered'),
    ),
    to_despatch: await ordersWith(
      tx,
      { side: 'selling', state: 'confirmed' },
      inState(selling, 'confirmed'),
    ),
  };
}

async function moneyToday(tx: Tx) {
  const overdue = async (side: 'seller' | 'buyer') =>
    shorten(
      await listReceivables(tx, receivableQuery.parse({ side, state: 'overdue', limit: counted })),
    );
  return {
    overdue_receivables: await overdue('seller'),
    overdue_payables: await overdue('buyer'),
    payments_to_confirm: shorten(
      await listPayments(tx, { side: 'payee', state: 'recorded', limit: counted }),
    ),
  };
}

/** The actor's day. */
export async function openToday(tx: Tx): Promise<Today> {
  const disputes = await listDisputes(tx);
  return {
    date: tx.today,
    recalls_to_answer: shorten(
      await listNotices(tx, { side: 'received', state: 'open', limit: counted }),
    ),
    held_goods_left: shorten(cut(await listHeldLeft(tx, counted + 1))),
    ...(await ordersToday(tx)),
    ...(await moneyToday(tx)),
    to_receive: shorten(
      await listDespatches(tx, { side: 'receiving', state: 'under_way', limit: counted }),
    ),
    disputes: shorten({ items: disputes, next: null }),
    refused_documents: shorten(
      await listDocuments(tx, { direction: 'sent', state: 'refused', limit: counted }),
    ),
    rights_to_answer: shorten(
      await listRequests(tx, { side: 'received', state: 'open', limit: counted }),
    ),
  };
}
