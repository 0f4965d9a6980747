import { gs1CheckDigit } from '../../../src/kernel/index.ts';
import type { Actor, Part, Setter } from '../part.ts';

/** A small frozen-food chain: whoever buys of whom is a line of `pairs`. */
export const parties = {
  miller: 'supplier',
  maker: 'core',
  dealer: 'dealer',
  other_dealer: 'dealer',
  shop: 'shop',
  haulier: 'carrier',
} as const;

const pairs = [
  ['miller', 'maker'],
  ['maker', 'dealer'],
  ['maker', 'other_dealer'],
  ['dealer', 'shop'],
] as const;

const buying = ['commerce.*.*', 'trade.*.*', 'goods.*.*', 'money.*.read', 'money.receivable.*'];
const selling = ['commerce.*.*', 'trade.*.*', 'goods.*.*', 'money.*.read'];
const booking = ['money.*.*', 'trade.invoice.*', 'commerce.*.read', 'trade.today.read'];

const buyer = (of: string): Actor => ({
  name: `${of}.buyer`,
  of,
  scopes: buying,
  duties: ['buy'],
});
const seller = (of: string): Actor => ({
  name: `${of}.seller`,
  of,
  scopes: selling,
  duties: ['sell'],
});
const bookkeeper = (of: string, ...more: string[]): Actor => ({
  name: `${of}.books`,
  of,
  scopes: booking,
  duties: ['pay', 'collect', ...more],
});

export const actors: readonly Actor[] = [
  seller('miller'),
  bookkeeper('miller'),
  buyer('maker'),
  seller('maker'),
  seller('maker'),
  bookkeeper('maker', 'bank', 'ledger'),
  buyer('dealer'),
  buyer('dealer'),
  seller('dealer'),
  bookkeeper('dealer', 'bank'),
  buyer('other_dealer'),
  bookkeeper('other_dealer'),
  buyer('shop'),
  bookkeeper('shop'),
  { name: 'haulier', of: 'haulier', scopes: ['*.*.read'], duties: ['carry'] },
];

/** Places, products, agreements with prices, and a first count: all by HTTP. */
export const set: NonNullable<Part['set']> = async (by, ids, today) => {
  for (const of of Object.keys(parties)) {
    if (of !== 'haulier') {
      await by(of, 'place.create', { body: { name_zh: `${of}一号库`, kind: 'cold_store' } });
    }
  }
  for (const [at, owner] of ['miller', 'maker', 'dealer'].entries()) await stock(by, owner, at);
  for (const [from, to] of pairs) await agree(by, from, to, ids, today);
};

async function stock(by: Setter, owner: string, number: number): Promise<void> {
  const { items: places } = await by(owner, 'place.list');
  const { items: parties } = await by(owner, 'party.list', { query: { limit: 200 } });
  const mine = parties.find((party) => party.name_zh === owner)?.id;
  const place = places.find((one) => one.owner_id === mine);
  for (const [at, code] of ['A', 'B'].entries()) {
    const name_zh = `${owner}-${code}`;
    const digits = `069012340${number}00${at}`;
    const gtin = digits.padEnd(13, '0') + gs1CheckDigit(digits.padEnd(13, '0'));
    const units = [{ unit: 'CT', base_quantity: '10' }];
    const product = await by(owner, 'product.create', {
      body: { code, gtin, name_zh, unit: 'KGM', units },
    });
    const lots = ['L1', 'L2'].map((lot) => ({
      product_id: product.id,
      product_name: name_zh,
      lot,
      unit: 'KGM',
      best_before: '2027-06-30',
      counted: '600',
    }));
    await by(owner, 'stock.count', {
      body: { place_id: place?.id ?? '', reason: '期初', lines: lots },
    });
  }
}

async function agree(
  by: Setter,
  from: string,
  to: string,
  ids: Readonly<Record<string, string>>,
  today: string,
): Promise<void> {
  const seller_id = ids[from] as string;
  const { items } = await by(from, 'product.list', { query: { owner_id: seller_id } });
  const agreement = await by(from, 'agreement.propose', {
    body: {
      seller_id,
      buyer_id: ids[to] as string,
      valid_from: today,
      payment_days: 30,
      inspection_days: 3,
      buyer_kind: 'sme',
      seller_size: 'small',
      prices: items.map((product) => ({
        product_id: product.id,
        unit: 'CT',
        price: '150.00',
        tax_rate: '0.13',
        valid_from: today,
      })),
    },
  });
  await by(to, 'agreement.take_up', { params: { id: agreement.id } });
}
