import type { FastifyInstance } from 'fastify';
import { addProduct, commerce } from '../../flows/commerce/index.ts';
import {
  addPlace,
  type EventItem,
  type GoodsEvent,
  goods,
  recordEvents,
  registerPrefix,
} from '../../flows/goods/index.ts';
import { createApiKey, openLog, openServer, type Tx } from '../../kernel/index.ts';
import { openTestChain, openTestStore } from '../../kernel/testing.ts';
import { recall } from '../recall/index.ts';
import { consumer } from './index.ts';
import { pageSettings } from './schema.ts';
import { savePage } from './settings.ts';

export const GTIN = '06901234000016';
/** Of the same maker, and never shared. */
export const QUIET_GTIN = '06901234000023';
/** Of a firm that nobody knows. */
export const UNKNOWN_GTIN = '04012345111118';

const modules = [commerce, goods, recall, consumer];
const firms = { maker: 'core', dealer: 'dealer', shop: 'shop', rival: 'dealer' } as const;
type Firm = keyof typeof firms;

type Scanned = { status: number; body: string; headers: Record<string, unknown> };

/**
 * A maker in Henan of two products, a dealer in Shanghai, a shop, and a rival: with a server that
 * anybody can ask, and a way to record what happens to goods.
 */
export async function openMarket() {
  const test = await openTestStore(modules);
  const chain = await openTestChain(test.store, firms);
  const { as, parties } = chain;
  const { owner } = test.store.database;
  const settle = (name: Firm, gln: string, region: string, zh: string) =>
    owner.query('update party set gln = $2, region_code = $3, name_zh = $4 where id = $1', [
      ...[parties[name].id, gln, region, zh],
    ]);
  await settle('maker', '6901234000009', '410100', 'SN食品');
  await settle('dealer', '6907654000004', '310000', '一号经销商');
  await settle('rival', '6905555000006', '330000', '对手公司');
  await as('maker', (tx) => registerPrefix(tx, { prefix: '6901234' }));
  const list = (name: Firm, code: string, gtin: string, name_zh: string) =>
    as(name, (tx) => addProduct(tx, { code, gtin, name_zh, name_en: 'Dumplings', unit: 'CT' }));
  const dumplings = await list('maker', 'D1', GTIN, '猪肉水饺');
  const quiet = await list('maker', 'D2', QUIET_GTIN, '未公开水饺');
  const open = (name: Firm, name_zh: string) =>
    as(name, (tx) => addPlace(tx, { name_zh, kind: 'cold_store' }));
  const places = {
    maker: await open('maker', '一号冷库'),
    dealer: await open('dealer', '经销商仓'),
  };
  const keys = {} as Record<Firm, string>;
  for (const name of Object.keys(firms) as Firm[]) {
    keys[name] = (await as(name, (tx) => createApiKey(tx, { name: 'test' }))).key;
  }
  const server: FastifyInstance = await openServer(test.store, {
    modules,
    log: openLog('silent'),
    https: false,
    origin: 'https://id.example.com',
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  const market = { ...chain, test, dumplings, quiet, places, keys, server };
  return {
    ...market,
    record: recorderOf(market),
    /** Opens an address as a phone does, or a program. */
    async open(
      url: string,
      headers: Record<string, string> = {},
      method = 'GET',
    ): Promise<Scanned> {
      const reply = await server.inject({ method: method as 'GET', url, headers });
      return { status: reply.statusCode, body: reply.body, headers: reply.headers };
    },
    share: (settings: object = {}) =>
      as('maker', (tx) =>
        savePage(tx, dumplings.id, pageSettings.parse({ ...everything, ...settings })),
      ),
    pass: (minutes: number) =>
      test.clock.set(new Date(test.clock.now().getTime() + minutes * 60_000)),
    async close() {
      await server.close();
      await test.close();
    },
  };
}
export type Market = Awaited<ReturnType<typeof openMarket>>;

export const everything = {
  is_shared: true,
  parts: ['lots', 'dates', 'origin', 'journey', 'storage'],
  place_detail: 'name',
} as const;

type Recording = Pick<Awaited<ReturnType<typeof openTestChain<Firm>>>, 'as' | 'parties'> & {
  dumplings: { id: string };
  places: Partial<Record<Firm, { id: string }>>;
};

/** Records one step of a lot, as whoever does it says it. */
function recorderOf({ as, parties, dumplings, places }: Recording) {
  return (
    by: Firm,
    step: GoodsEvent['step'],
    item: Partial<EventItem> & { to?: Firm; from?: Firm },
  ) =>
    as(by, (tx: Tx) => {
      const { to, from, ...given } = item;
      const ends = { from: from && parties[from].id, to: to && parties[to].id };
      const whole = {
        ...{ product_id: dumplings.id, product_name: '水饺', gtin: GTIN, lot: 'A1', sscc: null },
        ...{ best_before: '2027-02-20', quantity: '10', unit: 'CT' },
        disposition: 'sellable_accessible' as const,
      };
      const event: GoodsEvent = {
        ...{ id: tx.newId(), step, at: tx.now, zone_offset: '+08:00', owner_id: tx.actor.party },
        ...{ place_id: places[by]?.id ?? null, place_gln: null, transactions: [] },
        ...{ source_id: ends.from ?? null, destination_id: ends.to ?? null, reason: null },
        items: [{ ...whole, ...given }],
      };
      return recordEvents(
        tx,
        [event],
        [ends.from, ends.to].flatMap((id) => id ?? []),
      );
    });
}

/**
 * The maker makes lots A1 and B2, counts, and sends of A1 to the dealer, who gets it the next day.
 */
export async function tradeLots(market: Market): Promise<void> {
  await market.record('maker', 'commissioning', { quantity: '100' });
  await market.record('maker', 'commissioning', { lot: 'B2', quantity: '50' });
  await market.record('maker', 'cycle_counting', { quantity: '1' });
  market.pass(60);
  const way = { from: 'maker', to: 'dealer' } as const;
  await market.record('maker', 'shipping', { quantity: '60', ...way });
  market.pass(24 * 60);
  await market.record('dealer', 'receiving', { quantity: '60', ...way });
}

/** Where the code of a lot leads. */
export const lot = (name: string) => `/01/${GTIN}/10/${name}`;

/** What a page says, without its markup. */
export const page = (text: string) => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

export const shop = {
  type: 'hasRetailers',
  href: 'https://www.example.com/shop?a=1',
  title_zh: '网店',
};
