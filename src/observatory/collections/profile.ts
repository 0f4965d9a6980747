import { z } from 'zod';
import {
  businessDate,
  Fault,
  instant,
  nonNegativeDecimal,
  partiesById,
  recordFact,
  type Tx,
  uuid,
} from '../../kernel/index.ts';
import { getIndustry, industriesOn, regionOfFirm, sizeOf } from '../classification/index.ts';

const sizes = ['micro', 'small', 'medium', 'large'] as const;

/** What a firm says of itself: its main industry, and what its size is told by. */
export const newProfile = z.object({
  /** A class of GB/T 4754, four digits. */
  industry_class: z.string().regex(/^\d{4}$/),
  /** The day on which the figures hold, mostly the end of a year. */
  as_of: businessDate,
  employees: z.int().min(0).max(10_000_000).nullable().default(null),
  /** In 10,000 yuan 万元. */
  revenue_10k: nonNegativeDecimal.nullable().default(null),
  assets_10k: nonNegativeDecimal.nullable().default(null),
});
export type NewProfile = z.output<typeof newProfile>;

export const profile = newProfile
  .extend({
    id: uuid,
    revenue_10k: z.string().nullable(),
    assets_10k: z.string().nullable(),
    edition: z.string(),
    /** Null where a measure that the rule asks for is not there. */
    size: z.enum(sizes).nullable(),
    described_at: instant,
  })
  .meta({ id: 'FirmProfile' });
export type Profile = z.output<typeof profile>;

type Described = Omit<Profile, 'size'>;

function sizeNow(tx: Tx, row: Described): Profile['size'] {
  const measure = (value: string | number | null) => (value === null ? undefined : Number(value));
  const measures = {
    employees: measure(row.employees),
    revenue: measure(row.revenue_10k),
    assets: measure(row.assets_10k),
  };
  const known = Object.entries(measures).filter(([, value]) => value !== undefined);
  const { industry_class: industry, as_of, described_at: known_at } = row;
  try {
    const declared = { ...Object.fromEntries(known), industry, as_of, known_at };
    return sizeOf(declared, tx.today).size;
  } catch (error) {
    if (error instanceof Fault && error.code === 'classification.size_unknown') return null;
    throw error;
  }
}

/** The firm describes itself anew; what it has reported keeps what was true then. */
export async function describeFirm(tx: Tx, input: NewProfile): Promise<Profile> {
  const industries = industriesOn();
  getIndustry(industries, input.industry_class);
  const row: Described = {
    ...input,
    id: tx.newId(),
    edition: industries.edition.id,
    described_at: tx.now,
  };
  tx.append('firm_profile', [{ chain_id: tx.chain, owner_id: tx.actor.party, ...row }]);
  await recordFact(tx, {
    type: 'collections.firm.described',
    subject: tx.actor.party,
    parties: [tx.actor.party],
    body: row,
  });
  return { ...row, size: sizeNow(tx, row) };
}

/** The newest description, or undefined where the firm has not said anything yet. */
export async function findProfile(tx: Tx): Promise<Profile | undefined> {
  const row = await tx.db
    .selectFrom('firm_profile')
    .select(['id', 'industry_class', 'edition', 'as_of', 'employees', 'revenue_10k', 'assets_10k'])
    .select('described_at')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, size: sizeNow(tx, row) };
}

/** What goes with a report: the firm as it stands on the day that it submits. */
export async function standing(tx: Tx) {
  const own = (await partiesById(tx, [tx.actor.party])).get(tx.actor.party);
  const described = await findProfile(tx);
  const region = own?.uscc ? (regionOfFirm(own.uscc)?.code ?? null) : null;
  return {
    industry_class: described?.industry_class ?? null,
    size: described?.size ?? null,
    region_code: own?.region_code ?? region,
  };
}
