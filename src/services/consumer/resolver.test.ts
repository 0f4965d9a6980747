import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limits, openLog, openServer } from '../../kernel/index.ts';
import { consumer } from './index.ts';
import { getPage } from './settings.ts';
import {
  everything,
  GTIN,
  lot,
  type Market,
  openMarket,
  page,
  shop,
  tradeLots,
} from './testing.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
  await tradeLots(market);
});
afterAll(() => market.close());

describe('the resolver', () => {
  const links = [
    shop,
    { type: 'recipeInfo', href: 'https://www.example.com/zh', title_zh: '食谱', language: 'zh' },
    { type: 'recipeInfo', href: 'https://www.example.com/en', title_zh: '食谱', language: 'en' },
  ];
  const b2 = lot('B2');
  beforeAll(() => market.share({ links }));

  test('lists all links of every level, as RFC 9264 and GS1 have it', async () => {
    const linkset = { accept: 'application/linkset+json' };
    for (const [url, headers] of [
      [`${b2}?linkType=linkset`, {}],
      [`${b2}?linkType=all`, {}],
      [b2, linkset],
      [`${b2}?linkType=gs1:pip`, linkset],
    ] as const) {
      const { status, body, headers: said } = await market.open(url, headers);
      expect([status, said['content-type']], url).toEqual([200, 'application/linkset+json']);
      const all = JSON.parse(body).linkset as Record<string, unknown>[];
      const origin = 'https://id.example.com';
      expect(all.map(({ anchor }) => anchor)).toEqual([`${origin}${b2}`, `${origin}/01/${GTIN}`]);
      const voc = (name: string) => `https://ref.gs1.org/voc/${name}`;
      expect(all[0]?.[voc('traceability')]).toEqual([
        {
          ...{ href: `${origin}/about${b2}#journey`, title: '追溯', type: 'text/html' },
          hreflang: ['zh', 'en'],
        },
      ]);
      expect(all[1]?.[voc('recipeInfo')]).toHaveLength(2);
      expect(all[1]?.[voc('defaultLink')]).toEqual([
        { href: `${origin}/about/01/${GTIN}`, title: '猪肉水饺' },
      ]);
    }
    const json = await market.open(b2, { accept: 'application/json' });
    expect(json.headers['content-type']).toContain('application/json');
    expect(JSON.parse(json.body).linkset).toHaveLength(2);
  });

  test('leads to a link by its type and the reader’s language, and passes all on', async () => {
    const to = async (url: string, headers = {}) => {
      const { status, headers: said } = await market.open(url, headers);
      return [status, said.location];
    };
    const english = { 'accept-language': 'en' };
    const recipe = `${b2}?linkType=gs1:recipeInfo`;
    expect(await to(recipe)).toEqual([307, 'https://www.example.com/zh']);
    expect(await to(recipe, english)).toEqual([307, 'https://www.example.com/en']);
    const whole = encodeURIComponent('https://gs1.org/voc/hasRetailers');
    expect(await to(`${b2}?linkType=${whole}&utm=pack&x=%26`)).toEqual([
      ...[307, 'https://www.example.com/shop?a=1&utm=pack&x=%26'],
    ]);
    const here = 'https://id.example.com/about';
    expect(await to(`${b2}?linkType=gs1:pip`)).toEqual([307, `${here}${b2}`]);
    expect(await to(`${b2}?x=1&linkType=gs1:recallStatus`)).toEqual([
      307,
      `${here}${b2}?x=1#recall`,
    ]);
    await market.share({ links: [{ ...shop, href: 'https://www.example.com/商店?名=水饺' }] });
    expect(await to(`${b2}?linkType=gs1:hasRetailers`)).toEqual([
      ...[307, 'https://www.example.com/%E5%95%86%E5%BA%97?%E5%90%8D=%E6%B0%B4%E9%A5%BA'],
    ]);
    await market.share({ links });
    expect((await market.open(`/about${b2}`)).status).toBe(200);
    expect((await market.open(`${b2}?linkType=gs1:defaultLink`)).status).toBe(200);
  });

  test('says of events where to ask for them, if the owner wants that', async () => {
    expect((await market.open(`${b2}?linkType=gs1:epcis`)).status).toBe(404);
    await market.share({ links, parts: [...everything.parts, 'epcis'] });
    const { headers } = await market.open(`${b2}?linkType=gs1:epcis`);
    const item = encodeURIComponent(`https://id.gs1.org${b2}`);
    expect(headers.location).toBe(`https://id.example.com/epcis/epcs/${item}/events`);
    // It leads to a door with a lock.
    const path = String(headers.location).replace('https://id.example.com', '');
    expect((await market.open(path)).status).toBe(401);
    await market.share({ links });
  });

  test('has no link of that type: 404, and where all links are', async () => {
    for (const type of ['gs1:review', 'gs1:nonsense', 'https://evil.example/x', '']) {
      const { status, headers } = await market.open(`${b2}?linkType=${encodeURIComponent(type)}`);
      expect(status, type).toBe(404);
      expect(headers.link).toContain(
        `<https://id.example.com${b2}?linkType=linkset>; rel="linkset"`,
      );
    }
  });

  test('tells programs of other pages all they need', async () => {
    const { headers } = await market.open(b2);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers.link).toContain(
      `<https://id.gs1.org${b2}>; rel="http://www.w3.org/2002/07/owl#sameAs"`,
    );
    expect(headers.vary).toContain('Accept-Language');
    const options = await market.open(b2, { origin: 'https://shop.example' }, 'OPTIONS');
    expect(options.status).toBe(204);
    expect(options.headers.allow).toBe('GET, HEAD, OPTIONS');
    const head = await market.open(b2, {}, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
    expect(head.headers.link).toBe(headers.link);
    const post = await market.open(b2, {}, 'POST');
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    const described = JSON.parse((await market.open('/.well-known/gs1resolver')).body);
    expect(described).toMatchObject({
      ...{ resolverRoot: 'https://id.example.com', supportedPrimaryKeys: ['01'] },
      supportedLinkType: [{ namespace: 'https://ref.gs1.org/voc/', prefix: 'gs1:' }],
    });
  });

  test('refuses what is no code, in a sentence', async () => {
    const wrong = await market.open('/01/06901234000017');
    expect(wrong.status).toBe(400);
    expect(page(wrong.body)).toContain('校验位不符');
    for (const path of [
      '/01/x',
      `/01/${GTIN}/99/x`,
      `/01/${GTIN}/10/`,
      '/01/',
      `/01/${GTIN}/10/%FF`,
    ]) {
      expect((await market.open(path)).status, path).toBe(400);
    }
    const program = await market.open('/01/06901234000017', { accept: 'application/json' });
    expect(JSON.parse(program.body)).toMatchObject({
      status: 400,
      code: 'consumer.code_malformed',
    });
  });

  test('takes nobody’s word for where it stands', async () => {
    const server = await openServer(market.test.store, {
      ...{ modules: [consumer], log: openLog('silent'), https: false, console_folder: null },
      health: () => ({ status: 'ok' }),
    });
    const open = (url: string, host: string) => server.inject({ url, headers: { host } });
    for (const url of [b2, `${b2}?linkType=linkset`, `${b2}?linkType=gs1:pip`]) {
      const { headers, body } = await open(url, 'evil.example');
      expect(`${body} ${headers.link} ${headers.location}`).not.toContain('evil');
      expect(headers.link).toContain(`<${b2}?linkType=linkset>; rel="linkset"`);
    }
    expect((await open(`${b2}?linkType=gs1:pip`, 'evil.example')).headers.location).toBe(
      `/about${b2}`,
    );
    expect((await open('/.well-known/gs1resolver', 'evil.example')).statusCode).toBe(404);
    expect((await open('/.well-known/gs1resolver', 'localhost:80')).statusCode).toBe(200);
    await server.close();
  });

  test('stands where the operator has said that codes lead', async () => {
    const { store } = market.test;
    const { path } = await market.as('maker', (tx) => getPage(tx, market.dumplings.id));
    expect(path).toBe(`/01/${GTIN}`);
    store.resolver = 'https://q.example.com';
    try {
      const { address } = await market.as('maker', (tx) => getPage(tx, market.dumplings.id));
      expect(address).toBe(`https://q.example.com/01/${GTIN}`);
      const { body } = await market.open(`${b2}?linkType=linkset`);
      expect(JSON.parse(body).linkset[0].anchor).toBe(`https://q.example.com${b2}`);
      const headers = { authorization: `Bearer ${market.keys.maker}` };
      const item = encodeURIComponent(`https://id.gs1.org${b2}`);
      const url = `/api/v1/labels/symbol?kind=digital_link_qr&item=${item}`;
      const drawn = await market.open(url, headers);
      store.resolver = null;
      expect((await market.open(url, headers)).body).not.toBe(drawn.body);
    } finally {
      store.resolver = null;
    }
  });

  test('is not led astray by anything that is written into an address', async () => {
    const piece = fc.constantFrom(
      ...[
        '01',
        GTIN,
        '10',
        'B2',
        '21',
        '//evil.example',
        '%2e%2e',
        '"><script>',
        '\u0000',
        '%',
        '?linkType=',
        'gs1:pip',
        '#',
        '%0d%0aset-cookie:x',
        'about',
        '\\',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 7 }), async (pieces) => {
        const { status, body, headers } = await market.open(`/01/${pieces.join('/')}`);
        expect(status).toBeLessThan(500);
        expect(body).not.toContain('"><script>');
        const location = String(headers.location ?? 'https://id.example.com/');
        expect(new URL(location).origin).toMatch(/^https:\/\/(id|www)\.example\.com$/);
      }),
      { numRuns: 150 },
    );
  });
});

test('one address looks up so many codes in a minute, and no more', async () => {
  const look = (remoteAddress: string) =>
    market.server.inject({ url: `/01/${GTIN}/99/x`, remoteAddress });
  for (let at = 0; at < limits.scans_per_minute; at++) await look('203.0.113.9');
  const held = await look('203.0.113.9');
  expect(held.statusCode).toBe(429);
  expect(held.headers['content-type']).toContain('text/html');
  expect(Number(held.headers['retry-after'])).toBeGreaterThan(0);
  expect((await look('203.0.113.10')).statusCode).toBe(400);
});
