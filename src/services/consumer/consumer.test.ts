import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addProduct } from '../../flows/commerce/index.ts';
import { registerPrefix } from '../../flows/goods/index.ts';
import type { Tx } from '../../kernel/index.ts';
import { newRecall, openRecall, sendNotices } from '../recall/index.ts';
import { productsOfRecall } from './recall-products.ts';
import { newWarning, pageSettings } from './schema.ts';
import { getPage, savePage } from './settings.ts';
import {
  everything,
  GTIN,
  lot,
  type Market,
  openMarket,
  page,
  QUIET_GTIN,
  shop,
  tradeLots,
  UNKNOWN_GTIN,
} from './testing.ts';
import { publishWarning, withdrawWarning } from './warnings.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  await tradeLots(market);
});
afterAll(() => market.close());

describe('a consumer scans a lot', () => {
  beforeAll(() => market.share());

  test('and reads what it is, when it was made, and where it has been', async () => {
    const { status, body, headers } = await market.open(lot('A1'));
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['cache-control']).toBe('public, max-age=60');
    expect(headers['set-cookie']).toBeUndefined();
    const said = page(body);
    for (const text of ['猪肉水饺', 'SN食品', 'A1', '2026-03-02', '2027-02-20']) {
      expect(said).toContain(text);
    }
    expect(said).toContain('生产 2026-03-02 · 一号冷库');
    expect(said).toContain('发货 2026-03-02 · 一号冷库');
    expect(said).toContain('到货 2026-03-03 · 经销商 · 上海');
    expect(said).toContain('没有发布针对它的召回');
  });

  test('and nothing else: no partner’s name, no quantity, no id, no script', async () => {
    const { body } = await market.open(lot('A1'));
    expect(page(body)).not.toMatch(/一号经销商|对手公司|经销商仓|\b(60|100)\b|盘点/);
    expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(body).not.toMatch(/<script|style=|https?:\/\//);
  });

  test('in English where English is asked for', async () => {
    const english = await market.open(lot('A1'), { 'accept-language': 'en-GB,en;q=0.9' });
    expect(page(english.body)).toContain('Arrived 2026-03-03 · a distributor · Shanghai');
    expect(english.headers['content-language']).toBe('en');
    const asked = await market.open(`${lot('A1')}?lang=en`);
    expect(page(asked.body)).toContain('Best before 2027-02-20');
    expect(english.body).toContain('href="/about/01/06901234000016/10/A1?lang=zh"');
  });

  test('by a GTIN of 13 digits, with a slash at the end, or with a variant', async () => {
    for (const path of [`/01/${GTIN.slice(1)}/10/A1`, `${lot('A1')}/`, `/01/${GTIN}/22/x/10/A1`]) {
      const { status, body } = await market.open(path);
      expect(status, path).toBe(200);
      expect(page(body), path).toContain('生产 2026-03-02');
    }
  });

  test('and whoever may say how much is said: the owner, part by part', async () => {
    await market.share({ parts: ['lots'], place_detail: 'none' });
    const said = page((await market.open(lot('A1'))).body);
    expect(said).not.toMatch(/2026-03-02|2027-02-20|冷库|走过的路|℃/);
    await market.share({ place_detail: 'region' });
    const region = page((await market.open(lot('A1'))).body);
    expect(region).toContain('生产 2026-03-02 · 河南');
    expect(region).not.toContain('一号冷库');
    await market.share();
  });
});

/** All that a caller can see of an answer, but for clocks and budgets. */
function seen({ status, body, headers }: Awaited<ReturnType<Market['open']>>) {
  const rest = Object.entries(headers).filter(
    ([name]) => !/^(date|x-ratelimit|ratelimit)/.test(name),
  );
  return { status, body, headers: Object.fromEntries(rest) };
}

describe('what is not shared', () => {
  test('is one answer, whatever the reason', async () => {
    await market.share();
    // Somebody writes of a lot that the maker never made, and of one that it did.
    await market.record('rival', 'shipping', { lot: 'FORGED', from: 'rival', to: 'maker' });
    const nothing = await market.open(`/01/${UNKNOWN_GTIN}/10/A1`);
    expect(nothing.status).toBe(404);
    const paths = [
      `/01/${UNKNOWN_GTIN}`,
      `/01/${QUIET_GTIN}`,
      `/01/${QUIET_GTIN}/10/A1`,
      lot('NOSUCH'),
      lot('FORGED'),
      `${lot('A1')}/21/S1`,
      `/01/${GTIN}/21/S1`,
      `/01/${UNKNOWN_GTIN}?linkType=gs1:pip`,
      `/01/${QUIET_GTIN}?linkType=linkset`,
      `/about/01/${QUIET_GTIN}`,
      '/00/006901234000000018',
      '/414/6901234000009',
    ];
    for (const path of paths) {
      expect(seen(await market.open(path)), path).toEqual(seen(nothing));
    }
    const program = { accept: 'application/linkset+json' };
    const said = await market.open(`/01/${UNKNOWN_GTIN}`, program);
    expect(said.headers['content-type']).toContain('application/problem+json');
    expect(seen(await market.open(lot('NOSUCH'), program))).toEqual(seen(said));
  });

  test('costs the database the same statements', async () => {
    const asked: string[][] = [];
    const { app } = market.test.store.database;
    const connect = app.connect.bind(app);
    const heard = new WeakSet<object>();
    const listened = async () => {
      const client = await connect();
      if (heard.has(client)) return client;
      heard.add(client);
      const query = client.query.bind(client);
      client.query = ((...given: Parameters<typeof query>) => {
        const [one] = given as unknown as [string | { text?: string }];
        asked.at(-1)?.push(typeof one === 'string' ? one : (one.text ?? ''));
        return query(...given);
      }) as never;
      return client;
    };
    app.connect = listened as never;
    for (const path of [`/01/${UNKNOWN_GTIN}/10/A1`, `/01/${QUIET_GTIN}/10/A1`, lot('NOSUCH')]) {
      asked.push([]);
      await market.open(path);
    }
    app.connect = connect;
    const [unknown, quiet, absent] = asked.map((one) =>
      one.map((text) => text.replaceAll(/'[^']*'/g, '')),
    );
    expect(unknown?.length).toBeGreaterThan(4);
    expect(quiet).toEqual(unknown);
    expect(absent).toEqual(unknown);
  });

  test('ends with the moment in which it is taken back', async () => {
    await market.share();
    expect((await market.open(lot('A1'))).status).toBe(200);
    await market.share({ is_shared: false });
    expect((await market.open(lot('A1'))).status).toBe(404);
    await market.share();
  });

  test('lots: a page that shows none is the same for every lot, true or not', async () => {
    await market.share({ parts: ['storage'] });
    const product = await market.open(`/01/${GTIN}`);
    for (const path of [lot('A1'), lot('NOSUCH'), `/01/${GTIN}/21/S9`]) {
      const { status, body } = await market.open(path);
      expect(status).toBe(200);
      const same = (text: string) => text.replaceAll(/href="\/about[^"]+"/g, '');
      expect(same(body)).toBe(same(product.body));
    }
    await market.share();
  });

  test('a step that a stranger writes of a true lot is not on its way', async () => {
    await market.record('rival', 'receiving', { from: 'maker', to: 'rival' });
    expect(page((await market.open(lot('A1'))).body)).not.toContain('浙江');
  });
});

describe('a recalled lot', () => {
  const suspicion = { items: [{ item: `https://id.gs1.org${lot('A1')}` }] };
  const recall = { number: 'ZH-1', title: '异物', hazard: '内部：金属屑', grade: 1 } as const;

  test('says so first once the recall has gone out, and not while it is a draft', async () => {
    await market.share();
    const known_at = '2026-03-02T01:00:00.000Z';
    const { id } = await market.as('maker', (tx) =>
      openRecall(tx, newRecall.parse({ ...recall, known_at, suspicion })),
    );
    expect((await market.open(lot('A1'))).body).not.toContain('class="danger"');
    await market.as('maker', (tx) => sendNotices(tx, id, {}));
    const { body } = await market.open(lot('A1'));
    const said = page(body.slice(body.indexOf('<main>')));
    expect(said.trim()).toMatch(/^这批商品正在召回 猪肉水饺 · 批号 A1 请不要食用或使用。/);
    // What the firms wrote to each other is not for the street.
    expect(said).not.toMatch(/ZH-1|异物|金属屑/);
    expect((await market.open(lot('B2'))).body).not.toContain('class="danger"');
    // A code without the lot cannot tell: the reader has to look.
    const product = page((await market.open(`/01/${GTIN}`)).body);
    expect(product).toMatch(/部分批次正在召回 .* A1 /);
    // What may harm somebody is said where lots are otherwise not shown.
    await market.share({ parts: [] });
    expect((await market.open(lot('A1'))).body).toContain('class="danger"');
    expect((await market.open(lot('NOSUCH'))).body).not.toContain('class="danger"');
    await market.share();
  });

  test('says what its owner has to say of it, until that is taken back', async () => {
    const text = { reason_zh: '可能有 <金属> 碎屑', action_zh: '请停止食用，退回购买处' };
    const warning = newWarning.parse({
      ...text,
      action_en: 'Return it',
      lots: ['A1'],
      contact: '400',
    });
    const { id } = await market.as('maker', (tx) =>
      publishWarning(tx, market.dumplings.id, warning),
    );
    const said = (await market.open(lot('A1'))).body;
    expect(said).toContain('请停止食用，退回购买处');
    expect(said).toContain('可能有 &lt;金属&gt; 碎屑');
    expect((await market.open(`${lot('A1')}?lang=en`)).body).toContain('Return it');
    expect((await market.open(lot('B2'))).body).not.toContain('class="danger"');
    // As long as it stands, it can be read.
    await expect(market.share({ is_shared: false })).rejects.toMatchObject({
      code: 'consumer.warning_stands',
    });
    expect((await market.open(lot('A1'))).status).toBe(200);
    await expect(
      market.as('maker', (tx) => publishWarning(tx, market.quiet.id, warning)),
    ).rejects.toMatchObject({ code: 'consumer.not_shared' });
    await market.as('maker', (tx) => withdrawWarning(tx, id));
    expect((await market.open(lot('A1'))).body).not.toContain('请停止食用，退回购买处');
  });

  test('is to be told of from its recall, until all its lots are', async () => {
    const { as, dumplings } = market;
    const known_at = '2026-03-02T01:00:00.000Z';
    const both = {
      items: ['A1', 'B2'].map((name) => ({ item: `https://id.gs1.org${lot(name)}` })),
    };
    const { id } = await as('maker', (tx) =>
      openRecall(tx, newRecall.parse({ ...recall, number: 'ZH-2', known_at, suspicion: both })),
    );
    const found = async () => (await as('maker', (tx) => productsOfRecall(tx, id))).items;
    const { id: product_id } = dumplings;
    const row = { product_id, lot_count: 2, has_unnamed: false, is_shared: true };
    expect(await found()).toMatchObject([{ ...row, untold: ['A1', 'B2'], is_told: false }]);
    const warn = (lots: string[]) =>
      as('maker', (tx) =>
        publishWarning(
          tx,
          product_id,
          newWarning.parse({ reason_zh: '异物', action_zh: '请退回', lots }),
        ),
      );
    const one = await warn(['A1']);
    expect(await found()).toMatchObject([{ ...row, untold: ['B2'], untold_count: 1 }]);
    const other = await warn(['B2', 'C3']);
    expect(await found()).toMatchObject([{ ...row, untold: [], is_told: true }]);
    await as('maker', (tx) => withdrawWarning(tx, one.id));
    expect(await found()).toMatchObject([{ untold: ['A1'], is_told: false }]);
    const whole = await warn([]);
    expect(await found()).toMatchObject([{ untold: [], untold_count: 0, is_told: true }]);
    for (const { id: told } of [other, whole]) await as('maker', (tx) => withdrawWarning(tx, told));
    await market.share({ is_shared: false });
    expect(await found()).toMatchObject([{ is_shared: false, is_told: false }]);
    await market.share();
    // A recall is its owner's alone, and warns of own goods alone.
    await expect(as('dealer', (tx) => productsOfRecall(tx, id))).rejects.toMatchObject({
      code: 'kernel.not_found',
    });
    const theirs = await as('dealer', (tx) =>
      openRecall(tx, newRecall.parse({ ...recall, known_at, suspicion })),
    );
    expect(await as('dealer', (tx) => productsOfRecall(tx, theirs.id))).toEqual({ items: [] });
  });

  test('is not left unseen where it is told of just as sharing ends', async () => {
    const text = newWarning.parse({ reason_zh: '异物', action_zh: '请退回' });
    const { id: product_id } = market.dumplings;
    for (let turn = 0; turn < 8; turn++) {
      await market.share();
      const [told] = await Promise.allSettled([
        market.as('maker', (tx) => publishWarning(tx, product_id, text)),
        market.share({ is_shared: false }),
      ]);
      const { is_shared } = await market.as('maker', (tx) => getPage(tx, product_id));
      expect(is_shared).toBe(told.status === 'fulfilled');
      if (told.status === 'rejected') continue;
      await market.as('maker', (tx) => withdrawWarning(tx, told.value.id));
    }
    await market.share();
  });

  test('is never hidden behind an address of the owner’s', async () => {
    await market.share({ links: [{ ...shop, is_default: true }] });
    expect((await market.open(lot('B2'))).status).toBe(307);
    expect((await market.open(lot('A1'))).status).toBe(200);
    expect((await market.open(`/01/${GTIN}`)).status).toBe(200);
    await market.share();
  });
});

describe('an owner', () => {
  const settings = pageSettings.parse(everything);

  test('shares what bears a code of its own, and each code leads to one product', async () => {
    const { as } = market;
    const other = await as('maker', (tx) =>
      addProduct(tx, { code: 'D3', gtin: GTIN, name_zh: '同码水饺', unit: 'CT' }),
    );
    await expect(as('maker', (tx) => savePage(tx, other.id, settings))).rejects.toMatchObject({
      code: 'consumer.gtin_shared',
    });
    const bare = await as('maker', (tx) =>
      addProduct(tx, { code: 'D4', name_zh: '散装', unit: 'CT' }),
    );
    await expect(as('maker', (tx) => savePage(tx, bare.id, settings))).rejects.toMatchObject({
      code: 'consumer.no_gtin',
    });
    // The rival lists the maker's code as its own: it may not speak for it.
    const copy = await as('rival', (tx) =>
      addProduct(tx, { code: 'X', gtin: QUIET_GTIN, name_zh: '冒牌水饺', unit: 'CT' }),
    );
    await expect(as('rival', (tx) => savePage(tx, copy.id, settings))).rejects.toMatchObject({
      code: 'consumer.gtin_not_own',
    });
    await expect(
      as('rival', (tx) => registerPrefix(tx, { prefix: '6901234' })),
    ).rejects.toMatchObject({
      code: 'goods.prefix_not_own',
    });
  });

  test('sees and changes its own pages alone', async () => {
    const { as, dumplings } = market;
    for (const work of [
      (tx: Tx) => getPage(tx, dumplings.id),
      (tx: Tx) => savePage(tx, dumplings.id, settings),
      (tx: Tx) =>
        publishWarning(tx, dumplings.id, newWarning.parse({ reason_zh: 'x', action_zh: 'y' })),
    ]) {
      await expect(as<unknown>('rival', work)).rejects.toMatchObject({ code: 'kernel.not_found' });
    }
  });

  test('gives links that lead to https addresses and nowhere else', () => {
    const link = (href: string) =>
      pageSettings.safeParse({ ...everything, links: [{ ...shop, href }] });
    for (const bad of [
      ...[
        'http://a.example',
        'javascript:alert(1)',
        'https://u:p@a.example',
        '//a.example',
        'https://x',
      ],
      ...['data:text/html,x', '', 'ftp://a.example'],
    ]) {
      expect(link(bad).success, bad).toBe(false);
    }
    expect(link('https://www.example.com/a b').success).toBe(true);
    const two = [shop, shop].map((one) => ({ ...one, is_default: true }));
    expect(pageSettings.safeParse({ ...everything, links: two }).success).toBe(false);
  });

  test('looks at the page before anybody else can', async () => {
    const { keys, quiet } = market;
    await market.as('maker', (tx) => savePage(tx, quiet.id, { ...settings, is_shared: false }));
    const headers = { authorization: `Bearer ${keys.maker}` };
    const url = `/api/v1/products/${quiet.id}/consumer-page/preview`;
    const looked = await market.open(url, headers);
    expect([looked.status, looked.headers['content-type']]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(page(looked.body)).toContain('目前没有公开');
    expect((await market.open(`/01/${QUIET_GTIN}`)).status).toBe(404);
    expect((await market.open(url, { authorization: `Bearer ${keys.rival}` })).status).toBe(404);
  });
});

describe('a danger that no code can name', () => {
  const known = '2026-03-02T01:00:00.000Z';
  const asked = { title: '异物', hazard: '金属屑', grade: 1 } as const;
  const suspicion = { items: [{ item: `https://id.gs1.org${lot('A1')}` }] };
  beforeAll(async () => {
    const { owner } = market.test.store.database;
    await owner.query('update recall set closed_at = now() where closed_at is null');
  });

  /** A recall that has gone out, and that lists goods under these names besides. */
  async function recalls(number: string, names: string[], known_at = known) {
    const opening = newRecall.parse({ ...asked, number, known_at, suspicion });
    const { id } = await market.as('maker', (tx) => openRecall(tx, opening));
    await market.as('maker', (tx) => sendNotices(tx, id, {}));
    const { owner } = market.test.store.database;
    await owner.query('delete from recall_line where recall_id = $1', [id]);
    const lots = names.map((name) => /\/10\/([^/]+)$/.exec(name)?.[1] ?? null);
    await owner.query(
      `insert into recall_line (chain_id, recall_id, list_id, line_no, owner_id, is_own, item, lot,
          state, unit)
        select $1, $2, $2, u.no, $3, true, 'https://id.gs1.org/01/' || u.item, u.lot, 'at', 'CT'
        from unnest($4::text[], $5::text[]) with ordinality u (item, lot, no)`,
      [market.chain.id, id, market.parties.maker.id, names, lots],
    );
    return async () => {
      await owner.query('update recall set closed_at = now() where id = $1', [id]);
    };
  }
  const danger = async (path: string) => {
    const { status, body } = await market.open(path);
    return status === 200 && body.includes('class="danger"') ? page(body) : null;
  };

  test('is told of where the goods have no lot, or are known by their numbers', async () => {
    await market.share({ links: [{ ...shop, is_default: true }] });
    const overWhole = await recalls('ZH-W', [GTIN]);
    expect(await danger(`/01/${GTIN}`)).toMatch(/这种商品正在召回/);
    expect(await danger(lot('B2'))).toMatch(/部分商品正在召回/);
    await overWhole();
    const overSome = await recalls('ZH-S', [`${GTIN}/21/S7`, `${GTIN}/21/S8`]);
    expect(await danger(`/01/${GTIN}`)).toMatch(/部分商品正在召回/);
    expect(await danger(lot('B2'))).toMatch(/看不出是不是/);
    await overSome();
    expect((await market.open(`/01/${GTIN}`)).status).toBe(307);
    await market.share();
  });

  test('is told of where only others have recorded it', async () => {
    const over = await recalls('ZH-C', [`${GTIN}/10/PACKED`]);
    expect(await danger(lot('PACKED'))).toMatch(/这批商品正在召回/);
    expect((await market.open(lot('NOSUCH'))).status).toBe(404);
    await over();
    expect((await market.open(lot('PACKED'))).status).toBe(404);
  });

  test('is not passed over for what was said of another danger before', async () => {
    const said = { reason_zh: '漏标大豆', action_zh: '过敏者请勿食用', lots: ['A1'] };
    const { id } = await market.as('maker', (tx) =>
      publishWarning(tx, market.dumplings.id, newWarning.parse(said)),
    );
    market.pass(60);
    const now = market.test.clock.now().toISOString();
    const over = await recalls('ZH-G', [`${GTIN}/10/A1`], now);
    const both = await danger(lot('A1'));
    expect(both).toContain('请不要食用或使用');
    expect(both).toContain('过敏者请勿食用');
    expect(await danger(`/01/${GTIN}`)).toMatch(/A1 .*请不要食用或使用/);
    await market.as('maker', (tx) => withdrawWarning(tx, id));
    await over();
  });

  test('of single things is not passed over for a warning from before', async () => {
    const said = { reason_zh: '漏标大豆', action_zh: '过敏者请勿食用' };
    const { id } = await market.as('maker', (tx) =>
      publishWarning(tx, market.dumplings.id, newWarning.parse(said)),
    );
    market.pass(60);
    const now = market.test.clock.now().toISOString();
    const over = await recalls('ZH-T', [`${GTIN}/21/S9`], now);
    expect(await danger(`/01/${GTIN}`)).toMatch(/过敏者请勿食用.*看不出是不是/);
    await market.share({ parts: [] });
    expect(await danger(`/01/${GTIN}/21/S9`)).toMatch(/这件商品正在召回/);
    await market.share();
    await market.as('maker', (tx) => withdrawWarning(tx, id));
    await over();
  });

  test('is told lot by lot, those not told of yet first, and that there are more', async () => {
    const names = Array.from({ length: 402 }, (_, at) => `L${String(at).padStart(3, '0')}`);
    const over = await recalls(
      'ZH-M',
      names.map((name) => `${GTIN}/10/${name}`),
    );
    const listed = async () => (await danger(`/01/${GTIN}`)) ?? '';
    expect(await listed()).toMatch(/L000 .* L199 还有更多批次/);
    const first = newWarning.parse({
      reason_zh: '异物',
      action_zh: '请退回',
      lots: names.slice(0, 200),
    });
    const { id } = await market.as('maker', (tx) => publishWarning(tx, market.dumplings.id, first));
    expect(await listed()).toMatch(/L200 .* L399 还有更多批次/);
    await market.as('maker', (tx) => withdrawWarning(tx, id));
    await over();
  });
});
