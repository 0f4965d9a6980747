import { z } from 'zod';
import {
  asParty,
  businessDate,
  currency,
  decodeCursor,
  getParty,
  instant,
  nextNumber,
  nonNegativeDecimal,
  type PageQuery,
  pageOf,
  positiveDecimal,
  recordFact,
  type Tx,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** Kinds of buyer of Decree 802, article 9: public bodies, large firms, and the others. */
export const buyerKind = z.enum(['public', 'large', 'sme']);
export type BuyerKind = z.output<typeof buyerKind>;

/** Sizes of 工信部联企业〔2011〕300号: micro, small and medium firms are under the decree. */
export const sellerSize = z.enum(['micro', 'small', 'medium', 'large', 'undeclared']);

/**
 * The terms between a seller and a buyer. `buyer_kind` and `seller_size` are what the two declared
 * when they made it and stay so (Decree 802, article 3). Tolerances in percent, terms in days,
 * yearly rates as a share (0.12 is 12 %), null where none was agreed.
 */
export const supplyAgreement = z
  .object({
    id: uuid,
    number: z.string(),
    seller_id: uuid,
    buyer_id: uuid,
    currency,
    valid_from: businessDate,
    valid_until: businessDate.nullable(),
    payment_days: z.int(),
    inspection_days: z.int(),
    buyer_kind: buyerKind,
    seller_size: sellerSize,
    industry_norm: z.boolean(),
    late_rate_yearly: z.string().nullable(),
    prime_rate_yearly: z.string().nullable(),
    quantity_tolerance_percent: z.string(),
    price_tolerance_percent: z.string(),
    state: z.enum(['proposed', 'active', 'ended']),
    proposed_by: uuid,
    recorded_at: instant,
  })
  .meta({ id: 'SupplyAgreement' });
export type SupplyAgreement = z.output<typeof supplyAgreement>;

const percent = z.string().regex(/^\d{1,2}(\.\d{1,4})?$/);

export const newPrice = z.object({
  product_id: uuid,
  unit: unitCode,
  price: nonNegativeDecimal,
  tax_rate: z.string().regex(/^0(\.\d{1,4})?$/),
  quantity_min: nonNegativeDecimal.default('0'),
  valid_from: businessDate,
  valid_until: businessDate.optional(),
});
export type NewPrice = z.input<typeof newPrice>;

export const price = newPrice.extend({ id: uuid, valid_until: businessDate.nullable() });
export type Price = z.output<typeof price>;

export const newSupplyAgreement = z.object({
  seller_id: uuid,
  buyer_id: uuid,
  number: z.string().trim().min(1).max(60).optional(),
  currency: currency.default('CNY'),
  valid_from: businessDate,
  valid_until: businessDate.optional(),
  payment_days: z.int().min(0).max(365),
  inspection_days: z.int().min(0).max(90).default(0),
  buyer_kind: buyerKind,
  /** As the seller declares it when the agreement is made. */
  seller_size: sellerSize,
  /** Set where a term over 60 days follows a norm of the industry (Decree 802, article 9). */
  industry_norm: z.boolean().default(false),
  late_rate_yearly: positiveDecimal.optional(),
  /** One-year loan prime rate of the day of the agreement: the floor of an agreed late rate. */
  prime_rate_yearly: positiveDecimal.optional(),
  quantity_tolerance_percent: percent.default('0'),
  price_tolerance_percent: percent.default('0'),
  prices: z.array(newPrice).max(1_000).default([]),
});
export type NewSupplyAgreement = z.input<typeof newSupplyAgreement>;

const columns = [
  'id',
  'number',
  'seller_id',
  'buyer_id',
  'currency',
  'valid_from',
  'valid_until',
  'payment_days',
  'inspection_days',
  'buyer_kind',
  'seller_size',
  'industry_norm',
  'late_rate_yearly',
  'prime_rate_yearly',
  'quantity_tolerance_percent',
  'price_tolerance_percent',
  'state',
  'proposed_by',
  'recorded_at',
] as const;

/**
 * Proposes terms to the other side, which then takes them up (`takeUpAgreement`).
 * @throws commerce.trades_with_itself, commerce.not_the_seller when the actor is neither side
 */
export async function proposeAgreement(
  tx: Tx,
  input: NewSupplyAgreement,
): Promise<SupplyAgreement> {
  const { prices, ...given } = newSupplyAgreement.parse(input);
  const { seller_id, buyer_id } = given;
  if (seller_id === buyer_id) throw fault('commerce.trades_with_itself');
  if (![seller_id, buyer_id].includes(tx.actor.party)) throw fault('commerce.not_the_seller');
  await getParty(tx, tx.actor.party === seller_id ? buyer_id : seller_id);
  const row = {
    ...given,
    id: tx.newId(),
    number: given.number ?? `HT-${await nextNumber(tx, tx.actor.party, 'agreement')}`,
    valid_until: given.valid_until ?? null,
    late_rate_yearly: given.late_rate_yearly ?? null,
    prime_rate_yearly: given.prime_rate_yearly ?? null,
    state: 'proposed' as const,
    proposed_by: tx.actor.party,
    recorded_at: tx.now,
  };
  tx.append('supply_agreement', [{ chain_id: tx.chain, agreed_at: null, ended_at: null, ...row }]);
  if (prices.length > 0) await asParty(tx, seller_id, (seller) => writePrices(seller, row, prices));
  await recordFact(tx, {
    type: 'commerce.agreement.proposed',
    subject: row.id,
    parties: [seller_id, buyer_id],
    body: { ...row, prices },
  });
  return row;
}

async function writePrices(
  tx: Tx,
  agreement: Pick<SupplyAgreement, 'id' | 'seller_id' | 'buyer_id'>,
  prices: readonly z.output<typeof newPrice>[],
): Promise<void> {
  const rows = prices.map((one) => ({
    ...one,
    chain_id: tx.chain,
    id: tx.newId(),
    agreement_id: agreement.id,
    seller_id: agreement.seller_id,
    buyer_id: agreement.buyer_id,
    valid_until: one.valid_until ?? null,
    recorded_at: tx.now,
  }));
  tx.append('price', rows);
}

/** @throws commerce.agreement_unknown */
export async function getAgreement(tx: Tx, id: string): Promise<SupplyAgreement> {
  const row = await tx.db
    .selectFrom('supply_agreement')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('commerce.agreement_unknown');
  return row as SupplyAgreement;
}

/** The other side takes the terms up: from then on orders between the two stand under them. */
export async function takeUpAgreement(tx: Tx, id: string): Promise<SupplyAgreement> {
  const agreement = await getAgreement(tx, id);
  if (agreement.state !== 'proposed' || agreement.proposed_by === tx.actor.party) {
    const words = { action_zh: '生效', action_en: 'taken up by this side' };
    throw fault('commerce.agreement_state', { state: agreement.state, ...words });
  }
  return setState(tx, agreement, 'active', 'commerce.agreement.taken_up');
}

/** Either side ends an agreement: orders placed before stay under its terms. */
export async function endAgreement(tx: Tx, id: string): Promise<SupplyAgreement> {
  const agreement = await getAgreement(tx, id);
  if (agreement.state === 'ended') {
    const words = { action_zh: '终止', action_en: 'ended' };
    throw fault('commerce.agreement_state', { state: agreement.state, ...words });
  }
  return setState(tx, agreement, 'ended', 'commerce.agreement.ended');
}

async function setState(
  tx: Tx,
  agreement: SupplyAgreement,
  state: 'active' | 'ended',
  type: string,
): Promise<SupplyAgreement> {
  const done = await tx.db
    .updateTable('supply_agreement')
    .set(state === 'active' ? { state, agreed_at: tx.now } : { state, ended_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('id', '=', agreement.id)
    .where('state', '=', agreement.state)
    .executeTakeFirst();
  // The other side was faster: what one has ended, the other cannot bring to life.
  if (done.numUpdatedRows === 0n) {
    const words = { action_zh: '更改', action_en: 'changed' };
    throw fault('commerce.agreement_state', { state: agreement.state, ...words });
  }
  const { id, seller_id, buyer_id, number } = agreement;
  await recordFact(tx, { type, subject: id, parties: [seller_id, buyer_id], body: { number } });
  return { ...agreement, state };
}

/**
 * The agreement under which an order between the two stands on a day, or undefined: the latest, and
 * of those that hold from one day, the one that was taken up last.
 */
export async function findAgreement(
  tx: Tx,
  seller: string,
  buyer: string,
  on: string,
): Promise<SupplyAgreement | undefined> {
  const row = await tx.db
    .selectFrom('supply_agreement')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('seller_id', '=', seller)
    .where('buyer_id', '=', buyer)
    .where('state', '=', 'active')
    .where('valid_from', '<=', on)
    .where((is) => is.or([is('valid_until', 'is', null), is('valid_until', '>=', on)]))
    .orderBy('valid_from', 'desc')
    .orderBy('agreed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row as SupplyAgreement | undefined;
}

/** The agreed price of each product on a day: the newest that is valid. */
export async function pricesOn(
  tx: Tx,
  agreement: string,
  products: readonly string[],
  on: string,
): Promise<Price[]> {
  if (products.length === 0) return [];
  return tx.db
    .selectFrom('price')
    .select(['id', 'product_id', 'unit', 'price', 'tax_rate', 'quantity_min'])
    .select(['valid_from', 'valid_until'])
    .where('chain_id', '=', tx.chain)
    .where('agreement_id', '=', agreement)
    .where('product_id', 'in', products)
    .where('valid_from', '<=', on)
    .where((is) => is.or([is('valid_until', 'is', null), is('valid_until', '>=', on)]))
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Sets new prices from a day on; the old ones stay for the orders placed under them. */
export async function setPrices(
  tx: Tx,
  id: string,
  prices: readonly z.output<typeof newPrice>[],
): Promise<SupplyAgreement> {
  const agreement = await getAgreement(tx, id);
  if (agreement.seller_id !== tx.actor.party) throw fault('commerce.not_the_seller');
  await writePrices(tx, agreement, prices);
  await recordFact(tx, {
    type: 'commerce.price.set',
    subject: id,
    parties: [agreement.seller_id, agreement.buyer_id],
    body: { prices },
  });
  return agreement;
}

/** All prices of an agreement, newest first. */
export async function listPrices(tx: Tx, agreement: string): Promise<Price[]> {
  return tx.db
    .selectFrom('price')
    .select(['id', 'product_id', 'unit', 'price', 'tax_rate', 'quantity_min'])
    .select(['valid_from', 'valid_until'])
    .where('chain_id', '=', tx.chain)
    .where('agreement_id', '=', agreement)
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute();
}

/** The actor's agreements, newest first. */
export async function listAgreements(tx: Tx, query: PageQuery) {
  let rows = tx.db.selectFrom('supply_agreement').select(columns).where('chain_id', '=', tx.chain);
  if (query.after) rows = rows.where('id', '<', decodeCursor(query.after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found as SupplyAgreement[], query.limit, (row) => [row.id]);
}
