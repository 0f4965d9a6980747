import { membersNamed, ownersOfPlaces, type Recall } from '../../flows/goods/index.ts';
import { limits, recordFact, type Tx } from '../../kernel/index.ts';
import { type Addressed, addressGoods } from './addressing.ts';
import { listGoods } from './dry-run.ts';
import { fault } from './faults.ts';
import type { NewRecall } from './schema.ts';

/** Parties that have some of the goods, by the URI of events: their notice, and who they are. */
type Told = ReadonlyMap<string, { readonly notice_id: string; readonly party: string | null }>;

/**
 * Opens a recall: lists the goods, and drafts a notice to each party that has some of them. Nobody
 * is told yet.
 * @throws recall.number_taken, recall.known_later, recall.too_wide; see `listGoods`
 */
export async function openRecall(tx: Tx, input: NewRecall) {
  if (input.known_at > tx.now) throw fault('recall.known_later');
  const { goods, loading } = await listGoods(tx, input.suspicion);
  const named = namesIn(goods);
  const partyOf = new Map([
    ...(await ownersOfPlaces(tx, named)),
    ...(await membersNamed(tx, named)),
  ]);
  const addressed = addressGoods(goods, partyOf);
  const uris = [...new Set(addressed.flatMap(({ uri }) => uri ?? []))];
  const members = await membersNamed(tx, uris);
  const told: Told = new Map(
    uris
      .filter((uri) => members.get(uri) !== tx.actor.party)
      .map((uri) => [uri, { notice_id: tx.newId(), party: members.get(uri) ?? null }]),
  );
  assertBounded(addressed.length, told.size);
  const id = tx.newId();
  await appendRecall(tx, id, input, goods);
  appendNotices(tx, id, input, told);
  appendLines(tx, id, addressed, told);
  const { number, title, hazard, grade, known_at } = input;
  const counts = { line_count: addressed.length, notice_count: told.size };
  await recordFact(tx, {
    type: 'recall.case.opened',
    subject: id,
    parties: [tx.actor.party],
    body: { number, title, hazard, grade, known_at, ...counts },
  });
  return { id, loading };
}

/** Places and parties by which events say where the goods are. */
function namesIn(goods: Recall): string[] {
  const there = [...goods.there, ...goods.ended].flatMap(({ place, possessor }) =>
    [place ?? [], possessor ?? []].flat(),
  );
  const towards = goods.on_the_way.flatMap((row) => row.towards.map(({ id }) => id));
  return [...new Set([...there, ...towards, ...goods.ask.map(({ ask }) => ask.id)])];
}

/** @throws recall.too_wide */
function assertBounded(lines: number, parties: number): void {
  const [most_lines, most_parties] = [limits.recall_lines, limits.recall_notices];
  if (lines <= most_lines && parties <= most_parties) return;
  throw fault('recall.too_wide', { lines, parties, most_lines, most_parties });
}

/** @throws recall.number_taken */
async function appendRecall(tx: Tx, id: string, input: NewRecall, goods: Recall): Promise<void> {
  const { number, title, hazard, grade, known_at, suspicion } = input;
  const added = await tx.db
    .insertInto('recall')
    .values({
      ...{ chain_id: tx.chain, id, owner_id: tx.actor.party },
      ...{ number, title, hazard, grade, known_at },
      suspicion: JSON.stringify(suspicion),
      listed_as_of: goods.at,
      is_cut: goods.is_cut,
      opened_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw fault('recall.number_taken', { number });
}

function appendNotices(tx: Tx, recall_id: string, input: NewRecall, told: Told): void {
  const { number, title, hazard, grade } = input;
  tx.append(
    'recall_notice',
    [...told].map(([addressee_uri, { notice_id, party }]) => ({
      ...{ chain_id: tx.chain, id: notice_id, recall_id, owner_id: tx.actor.party },
      ...{ addressee_uri, addressee_id: party, shown_to_id: null },
      ...{ number, title, hazard, grade, note: null, told_by: null, drafted_at: tx.now },
      ...{ sent_at: null, acknowledged_at: null, answered_at: null, closed_at: null },
    })),
  );
}

const BATCH = 1_000;

function appendLines(tx: Tx, recall_id: string, addressed: readonly Addressed[], told: Told): void {
  const counts = new Map<string, number>();
  const rows = addressed.map(({ goods, uri }) => {
    const notice_id = (uri !== null && told.get(uri)?.notice_id) || null;
    const { item, lot, state, place, inside, ended, quantity, unit } = goods;
    const list_id = notice_id ?? recall_id;
    const line_no = (counts.get(list_id) ?? 0) + 1;
    counts.set(list_id, line_no);
    return {
      ...{ chain_id: tx.chain, recall_id, list_id, line_no, owner_id: tx.actor.party },
      // What the owner sold itself is its own goods no more, and there is nobody to ask.
      ...{ notice_id, shown_to_id: null },
      is_own: uri !== null && notice_id === null && ended === null,
      ...{ item, lot, state, place, inside, ended, quantity, unit },
    };
  });
  for (let at = 0; at < rows.length; at += BATCH) {
    tx.append('recall_line', rows.slice(at, at + BATCH));
  }
}
