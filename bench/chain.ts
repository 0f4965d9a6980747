import { openPlatform } from '../src/app/platform.ts';
import { addProduct, proposeAgreement, takeUpAgreement } from '../src/flows/commerce/index.ts';
import {
  addDays,
  addParty,
  completeUscc,
  createApiKey,
  createChain,
  onBehalfOf,
  openLog,
  type Store,
  strictRules,
} from '../src/kernel/index.ts';

export type BenchPair = {
  buyer_key: string;
  seller_key: string;
  seller_id: string;
  product_id: string;
};
export type BenchChain = { chain_id: string; zone: string; buyer_id: string; pairs: BenchPair[] };

/** The platform on a folder of the bench's own. */
export const config = (folder: string) => ({
  data_folder: folder,
  database_url: null,
  database_app_url: null,
  database: 'embedded' as const,
  port: 0,
  host: '127.0.0.1',
  https: false,
  origin: null,
  resolver: null,
  prefix_formats_file: null,
  secret_key: null,
  log_level: 'warn',
  metrics_token: null,
  seal_key: null,
  oidc_file: null,
  webhook_key: null,
  call_rules: strictRules,
  backups: null,
  backup_key: null,
});

/** Opens the bench's folder in this process; the server must not run on it yet. */
export async function withPlatform<T>(
  folder: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const platform = await openPlatform(config(folder), openLog('warn'));
  try {
    return await work(platform.store);
  } finally {
    await platform.database.close();
  }
}

/** A core firm that buys from `count` suppliers under agreements, with a key for each side. */
export async function makeChain(store: Store, count: number): Promise<BenchChain> {
  const chain = await createChain(store, { slug: 'bench', name_zh: '测速链', name_en: 'Bench' });
  const add = (serial: number, role: 'core' | 'supplier') =>
    onBehalfOf(store, chain, store.newId(), (tx) =>
      addParty(
        tx,
        {
          name_zh: `${role} ${serial}`,
          roles: [role],
          uscc: completeUscc(`914101990000${String(serial).padStart(4, '0')}`),
        },
        { status: 'active', verified: true },
      ),
    );
  const as = <T>(party: string, work: Parameters<typeof onBehalfOf<T>>[3]) =>
    onBehalfOf(store, chain, party, work);
  const buyer = await add(1, 'core');
  const buyer_key = await as(buyer.id, (tx) => createApiKey(tx, { name: 'bench' }));
  const pairs: BenchPair[] = [];
  for (let i = 0; i < count; i++) {
    const seller = await add(i + 2, 'supplier');
    const seller_key = await as(seller.id, (tx) => createApiKey(tx, { name: 'bench' }));
    const product = await as(seller.id, (tx) =>
      addProduct(tx, { code: 'P-1', name_zh: '冷冻前腿肉', unit: 'CT' }),
    );
    const agreement = await as(seller.id, (tx) =>
      proposeAgreement(tx, {
        seller_id: seller.id,
        buyer_id: buyer.id,
        valid_from: addDays(tx.today, -1),
        payment_days: 30,
        buyer_kind: 'large',
        seller_size: 'small',
        prices: [
          {
            product_id: product.id,
            unit: 'CT',
            price: '130.00',
            tax_rate: '0.09',
            valid_from: addDays(tx.today, -1),
          },
        ],
      }),
    );
    await as(buyer.id, (tx) => takeUpAgreement(tx, agreement.id));
    pairs.push({
      buyer_key: buyer_key.key,
      seller_key: seller_key.key,
      seller_id: seller.id,
      product_id: product.id,
    });
  }
  return { chain_id: chain.id, zone: chain.zone, buyer_id: buyer.id, pairs };
}
