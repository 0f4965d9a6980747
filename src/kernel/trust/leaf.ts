import { z } from 'zod';
import { instant, uuid } from '../schema.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Hash, leafHash } from './merkle.ts';

/** Everything of a fact that its leaf is made of: every column of the table, as it is read back. */
export const leafFact = z
  .object({
    chain_id: uuid,
    id: uuid,
    type: z.string(),
    subject_id: uuid,
    party_id: uuid,
    user_id: uuid.nullable(),
    key_id: uuid.nullable(),
    parties: z.array(uuid),
    occurred_at: instant,
    recorded_at: instant,
    corrects_id: uuid.nullable(),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'LeafFact' });
export type LeafFact = z.output<typeof leafFact>;

export const leafColumns = Object.keys(leafFact.shape) as (keyof LeafFact)[];

/** The hash of a fact's leaf: its columns as one canonical JSON object (docs/concepts). */
export function leafHashOf(row: LeafFact): Hash {
  const members = leafColumns.map((name) => [name, row[name]]);
  return leafHash(Buffer.from(canonicalJson(Object.fromEntries(members))));
}
