import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { decodeCursor, encodeCursor, type PageQuery } from '../paging.ts';
import { instant, uuid } from '../schema.ts';
import { getFact } from './facts.ts';
import { type LeafFact, leafColumns, leafFact } from './leaf.ts';
import { consistencyProof, type Hash, inclusionProof } from './merkle.ts';
import { tilesOf } from './seal-tree.ts';

/** How many leaves a tree has, or where one of them stands. */
export const treeSize = z.int().min(1);
const position = z.int().min(0);
const hash = z.base64().meta({ description: 'SHA-256, base64' });

/** A checkpoint of the chain's tree of facts. `note` is the signed text, byte for byte. */
export const seal = z
  .object({
    size: treeSize,
    root: hash,
    /** C2SP tlog-checkpoint. */
    note: z.string(),
    /** C2SP signed-note, verifier key. */
    key: z.string(),
    sealed_at: instant,
  })
  .meta({ id: 'Seal' });
export type Seal = z.output<typeof seal>;

export const sealKey = z.object({ key: z.string() }).meta({ id: 'SealKey' });

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const sealColumns = ['size', 'root', 'note', 'verifier_key', 'sealed_at'] as const;

function sealRows(tx: Tx) {
  return tx.db.selectFrom('seal').select(sealColumns).where('chain_id', '=', tx.chain);
}

type SealRow = Awaited<ReturnType<ReturnType<typeof sealRows>['executeTakeFirstOrThrow']>>;

function sealOf({ size, root, verifier_key, ...row }: SealRow): Seal {
  return { ...row, size: Number(size), root: base64(root), key: verifier_key };
}

/** The newest checkpoint. @throws kernel.seal_pending where nothing is sealed yet. */
export async function latestSeal(tx: Tx): Promise<Seal> {
  const row = await sealRows(tx).orderBy('size', 'desc').limit(1).executeTakeFirst();
  if (!row) throw fault('kernel.seal_pending');
  return sealOf(row);
}

/** The checkpoint of one size. @throws kernel.not_found where no batch ended there. */
export async function getSeal(tx: Tx, size: number): Promise<Seal> {
  const row = await sealRows(tx).where('size', '=', BigInt(size)).executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return sealOf(row);
}

export const consistency = z
  .object({
    format: z.literal('jingwei-consistency/1'),
    from: treeSize,
    to: treeSize,
    proof: z.array(hash),
  })
  .meta({ id: 'SealConsistency' });

export const consistencyQuery = z.object({ from: z.coerce.number().pipe(treeSize) }).extend({
  /** The newest checkpoint's size where it is left out. */
  to: z.coerce.number().pipe(treeSize).optional(),
});

/**
 * That the tree of `to` leaves only adds to the tree of `from` leaves (RFC 9162 §2.1.4).
 * @throws kernel.not_found where one of them is larger than what is sealed, or than the other.
 */
export async function proveConsistency(
  tx: Tx,
  query: z.output<typeof consistencyQuery>,
): Promise<z.output<typeof consistency>> {
  const { size } = await latestSeal(tx);
  const { from, to = size } = query;
  if (to > size || from > to) throw fault('kernel.not_found');
  const proof = await consistencyProof(tilesOf(tx.db, tx.chain, size), from, to);
  return { format: 'jingwei-consistency/1', from, to, proof: proof.map(base64) };
}

const provedFact = z.object({
  position,
  fact_id: uuid,
  /** null where the leaf is there and its fact is gone. */
  fact: leafFact.nullable(),
  /** RFC 9162 §2.1.3, lowest sibling first. */
  proof: z.array(hash),
});

/** Facts with their proofs, for a verifier that does not trust this server. */
export const factProofs = z
  .object({
    format: z.literal('jingwei-proofs/1'),
    chain_id: uuid,
    key: z.string(),
    checkpoint: z.string(),
    /** Where this page went on, and where the next one does; null at the ends. */
    after: z.string().nullable(),
    facts: z.array(provedFact),
    next: z.string().nullable(),
  })
  .meta({ id: 'FactProofs' });
export type FactProofs = z.output<typeof factProofs>;

function sealedRows(tx: Tx) {
  return tx.db
    .selectFrom('sealed_fact as s')
    .leftJoin('fact as f', (join) =>
      join.onRef('f.chain_id', '=', 's.chain_id').onRef('f.id', '=', 's.fact_id'),
    )
    .where('s.chain_id', '=', tx.chain)
    .select(['s.position', 's.fact_id'])
    .select(leafColumns.map((name) => `f.${name}` as const));
}

type SealedRow = Awaited<ReturnType<ReturnType<typeof sealedRows>['executeTakeFirstOrThrow']>>;

async function proved(
  tx: Tx,
  { size, note, key }: Seal,
  rows: readonly SealedRow[],
): Promise<Pick<FactProofs, 'format' | 'chain_id' | 'key' | 'checkpoint' | 'facts'>> {
  const read = tilesOf(tx.db, tx.chain, size);
  const facts: FactProofs['facts'] = [];
  for (const { position, fact_id, ...fact } of rows) {
    const proof: Hash[] = await inclusionProof(read, Number(position), size);
    facts.push({
      position: Number(position),
      fact_id,
      fact: fact.id === null ? null : (fact as LeafFact),
      proof: proof.map(base64),
    });
  }
  return { format: 'jingwei-proofs/1', chain_id: tx.chain, key, checkpoint: note, facts };
}

/**
 * One fact with the proof that it is sealed under the newest checkpoint.
 * @throws kernel.not_found when there is none, or it is not the actor's to see; kernel.seal_pending
 */
export async function proveFact(tx: Tx, id: string): Promise<FactProofs> {
  const row = await sealedRows(tx).where('s.fact_id', '=', id).executeTakeFirst();
  if (!row) {
    await getFact(tx, id);
    throw fault('kernel.seal_pending');
  }
  return { ...(await proved(tx, await latestSeal(tx), [row])), after: null, next: null };
}

/**
 * The sealed facts that the actor may see, in the order of their positions. All pages of one
 * download are proved under the checkpoint that was the newest for its first page.
 */
export async function proveFacts(tx: Tx, { after, limit }: PageQuery): Promise<FactProofs> {
  const [size, from] = after ? decodeCursor(after, z.tuple([treeSize, position])) : [null, -1];
  const under = size === null ? await latestSeal(tx) : await getSeal(tx, size);
  const rows = await sealedRows(tx)
    .where('s.position', '>', BigInt(from))
    .where('s.position', '<', BigInt(under.size))
    .orderBy('s.position')
    .limit(limit + 1)
    .execute();
  const page = await proved(tx, under, rows.slice(0, limit));
  const last = page.facts.at(-1);
  const next = rows.length > limit && last ? encodeCursor([under.size, last.position]) : null;
  return { ...page, after: after ?? null, next };
}
