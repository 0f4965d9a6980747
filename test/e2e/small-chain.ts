import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole, consoleFolder } from '../../src/app/console.ts';
import { modules } from '../../src/app/modules.ts';
import { openPlatform, type Platform } from '../../src/app/platform.ts';
import { addProduct, proposeAgreement, takeUpAgreement } from '../../src/flows/commerce/index.ts';
import { addPlace } from '../../src/flows/goods/index.ts';
import {
  addDays,
  addParty,
  type CallRules,
  type ChainRole,
  completeUscc,
  createChain,
  hashPassword,
  type Logger,
  onBehalfOf,
  openLog,
  openProviders,
  openServer,
  type ProviderSetting,
  readConfig,
  type Store,
  seatPerson,
  startSealing,
  startWebhooks,
  type Tx,
} from '../../src/kernel/index.ts';
import { loadMeasurer } from '../../src/observatory/indicator/index.ts';

export const PASSWORD = 'a long enough password';

/** A server of its own with a buyer and a small supplier that have agreed on two products. */
export type SmallChain = { address: string; close(): Promise<void> };

/**
 * @param providers identity providers that its people may sign in with
 * @param call_rules where webhooks may lead; with them facts are sealed and sent as they are
 * @param others who is in the chain besides
 */
export async function openSmallChain(
  providers: ProviderSetting[] = [],
  call_rules?: CallRules,
  others: Cast = [],
): Promise<SmallChain> {
  const folder = mkdtempSync(join(tmpdir(), 'jingwei-e2e-'));
  // PostgreSQL runs as another user where the tests run as root.
  chmodSync(folder, 0o755);
  const config = readConfig({ JINGWEI_DATA: folder, PORT: '0', JINGWEI_LOG: 'warn' });
  const log = openLog(config.log_level);
  const platform = await openPlatform(config, log);
  await peopleOf(platform.store, [...parties, ...others]);
  await loadMeasurer();
  await buildConsole((line) => process.stderr.write(`  ${line}\n`));
  const server = await openServer(platform.store, {
    modules,
    log,
    https: false,
    providers: openProviders(providers),
    console_folder: consoleFolder,
    health: () => ({ status: 'ok' }),
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  const beside = call_rules ? workBeside(platform, call_rules, log) : [];
  const { port } = server.server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}`,
    async close() {
      await server.close();
      await Promise.all(beside.map((one) => one.stop()));
      await platform.database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function workBeside(
  { store, seal_key, webhook_keys: keys }: Platform,
  rules: CallRules,
  log: Logger,
) {
  store.call_rules = rules;
  return [startSealing(store, seal_key, log), startWebhooks({ store, keys }, log)];
}

type Cast = [login: string, zh: string, en: string, role: ChainRole, code: string][];

const parties: Cast = [
  ['buyer', '甲食品', 'Alpha Foods', 'core', '9141010000000001'],
  ['supplier', '乙肉联厂', 'Beta Meat', 'supplier', '9141010000000002'],
];

/** Who there is, what they sell, and on which terms. */
async function peopleOf(store: Store, cast: Cast): Promise<void> {
  const chain = await createChain(store, {
    slug: 'journeys',
    name_zh: '试验链',
    name_en: 'Trial chain',
  });
  const password_hash = await hashPassword(PASSWORD);
  const ids: Record<string, string> = {};
  for (const [login, name_zh, name_en, role, code] of cast) {
    const uscc = completeUscc(code);
    const names = { name_zh, name_en, uscc, roles: [role], lon: 113.6, lat: 34.7 };
    const party = await onBehalfOf(store, chain, store.newId(), (tx) =>
      addParty(tx, names, { status: 'active', verified: true }),
    );
    ids[login] = party.id;
    await onBehalfOf(store, chain, party.id, (tx) =>
      seatPerson(tx, { login, name: name_zh, password_hash, role: 'admin' }),
    );
  }
  const { buyer = '', supplier = '' } = ids;
  const as = <T>(party: string, work: (tx: Tx) => Promise<T>) =>
    onBehalfOf(store, chain, party, work);
  await as(buyer, (tx) =>
    addPlace(tx, { name_zh: '一号冷库', name_en: 'One', kind: 'cold_store' }),
  );
  const agreement = await as(supplier, (tx) => offer(tx, { buyer, supplier }));
  await as(buyer, (tx) => takeUpAgreement(tx, agreement));
}

async function offer(tx: Tx, ids: { buyer: string; supplier: string }): Promise<string> {
  const valid_from = addDays(tx.today, -30);
  const pork = { code: 'PK-25', name_zh: '冷冻前腿肉 25 kg', name_en: 'Frozen shoulder 25 kg' };
  const belly = { code: 'PW-25', name_zh: '冷冻五花肉 25 kg', name_en: 'Frozen belly 25 kg' };
  const prices = [];
  for (const [product, price] of [
    [pork, '130.00'],
    [belly, '92.00'],
  ] as const) {
    const { id } = await addProduct(tx, { ...product, unit: 'CT' });
    prices.push({ product_id: id, unit: 'CT', price, tax_rate: '0.09', valid_from });
  }
  const { id } = await proposeAgreement(tx, {
    seller_id: ids.supplier,
    buyer_id: ids.buyer,
    valid_from,
    payment_days: 30,
    buyer_kind: 'large',
    seller_size: 'small',
    prices,
  });
  return id;
}
