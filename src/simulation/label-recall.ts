import { getDespatch, getProduct, listDespatches } from '../flows/commerce/index.ts';
import type { Tx } from '../kernel/index.ts';
import { newWarning, publishWarning } from '../services/consumer/index.ts';
import {
  acknowledgeNotice,
  answerNotice,
  holdForNotice,
  holdForRecall,
  listLines,
  listNotices,
  newRecall,
  noticeAnswer,
  openRecall,
  sendNotices,
} from '../services/recall/index.ts';
import type { Lane } from './lane.ts';

const MINUTE_MS = 60_000;

type Lot = { item: string; product_id: string; lot: string };

/** Of the maker's lots that arrived of late, the one that went to the most buyers, one of them. */
async function widestLot(tx: Tx, to: string): Promise<Lot | null> {
  const arrived = { side: 'sending', state: 'received', limit: 60 } as const;
  const buyers = new Map<string, Set<string>>();
  const lots = new Map<string, Lot>();
  for (const { id, buyer } of (await listDespatches(tx, arrived)).items) {
    for (const { product_id, lot } of (await getDespatch(tx, id)).lines) {
      if (product_id === null || lot === null) continue;
      const { gtin } = await getProduct(tx, product_id);
      const item = gtin
        ? `https://id.gs1.org/01/${gtin}/10/${lot}`
        : `urn:uuid:${product_id}?lot=${lot}`;
      lots.set(item, { item, product_id, lot });
      buyers.set(item, (buyers.get(item) ?? new Set()).add(buyer.id));
    }
  }
  const rank = (of: ReadonlySet<string>) => of.size + (of.has(to) ? buyers.size : 0);
  const [widest] = [...buyers].sort(
    ([one, few], [other, many]) => rank(many) - rank(few) || (one < other ? -1 : 1),
  );
  return lots.get(widest?.[0] ?? '') ?? null;
}

/**
 * In the last hours of the play the maker finds that a label leaves out an allergen, and recalls
 * the lot: one dealer has answered, one has read it, the others have yet to.
 * @param watcher a buyer whom somebody will watch: its notice waits
 */
export function planLabelRecall(lane: Lane, maker: string, watcher: string, end: Date): void {
  const before = (minutes: number) => new Date(end.getTime() - minutes * MINUTE_MS);
  lane.at(before(200), async () => {
    const widest = await lane.as(maker, (tx) => widestLot(tx, watcher));
    if (widest === null) return;
    const { item, product_id, lot } = widest;
    const body = newRecall.parse({
      number: 'ZH-001',
      title: '外包装漏标过敏原“花生”',
      hazard: '配料含花生而标签未注明，花生过敏者食用可能出现不适。',
      grade: 3,
      known_at: before(320).toISOString(),
      suspicion: { items: [{ item }] },
    });
    const { id } = await lane.as(maker, (tx) => openRecall(tx, body));
    await lane.as(maker, (tx) => holdForRecall(tx, id));
    const note = '请立即下架，清点后回复数量；可贴补标签后恢复销售。';
    await lane.as(maker, (tx) => sendNotices(tx, id, { note }));
    await lane.as(maker, (tx) => publishWarning(tx, product_id, warningOf(lot)));
    const query = { side: 'sent', recall_id: id, limit: 50 } as const;
    const { items } = await lane.as(maker, (tx) => listNotices(tx, query));
    const [first, second] = items.flatMap(({ addressee_id: dealer, ...notice }) =>
      dealer === null || dealer === watcher ? [] : [{ ...notice, dealer }],
    );
    if (first) lane.at(before(95), () => answer(lane, first));
    if (!second) return;
    lane.at(before(40), async () => {
      await lane.as(second.dealer, (tx) => acknowledgeNotice(tx, second.id));
    });
  });
}

/** What the maker tells whoever scans the lot. */
const warningOf = (lot: string) =>
  newWarning.parse({
    lots: [lot],
    reason_zh: '外包装漏标过敏原“花生”。对花生不过敏的人食用无碍。',
    reason_en: 'The pack does not say that it contains peanuts. Others can eat it safely.',
    action_zh: '对花生过敏的人请不要食用，凭包装到购买处退货退款。',
    action_en:
      'If you are allergic to peanuts, do not eat it. Return it with its pack for a refund.',
    contact: '客服 400-000-0000（演示）',
  });

/** A dealer takes what it has off the shelf, and says how much that was. */
async function answer(lane: Lane, notice: { id: string; recall_id: string; dealer: string }) {
  const { dealer } = notice;
  const { held } = await lane.as(dealer, (tx) => holdForNotice(tx, notice.id));
  const of = { recall_id: notice.recall_id, notice_id: notice.id };
  const { items } = await lane.as(dealer, (tx) => listLines(tx, of, { limit: 50 }));
  const [line] = items;
  if (!line) return;
  const kept = held.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  const passed_on = Math.max(0, Number(line.quantity ?? 0) - kept);
  const lines = [{ line_no: line.line_no, kept: String(kept), passed_on: String(passed_on) }];
  await lane.as(dealer, (tx) => answerNotice(tx, notice.id, noticeAnswer.parse({ lines })));
}
