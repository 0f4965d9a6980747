import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, openRepository, type Repository } from './binding/testing.ts';
import { eventSource } from './repository/event-source.ts';
import { describeThing } from './things.ts';
import { trace } from './trace/index.ts';
import { answerTrace, traceQuestion, withUnread } from './tracing.ts';

let repository: Repository;
const gln = { maker: '6901234000009', dealer: '6945678000003' } as const;
const place = (name: keyof typeof gln) => `https://id.gs1.org/414/${gln[name]}`;
const flour = (name: string) => `https://id.gs1.org/01/06901234000023/10/${name}`;
const bread = (name: string) => `https://id.gs1.org/01/06901234000016/10/${name}`;
const loaf = (serial: string) => `https://id.gs1.org/01/06901234000016/21/${serial}`;
const pallet = 'https://id.gs1.org/00/069012340000000016';

const at = (hour: string, more: object) => ({
  type: 'ObjectEvent',
  eventTime: `2026-03-02T${hour}:00:00.000Z`,
  eventTimeZoneOffset: '+08:00',
  ...more,
});
const kg = (epcClass: string, quantity: number) => ({ epcClass, quantity, uom: 'KGM' });

/** Flour F1 is bad, and in bread B1; loaf 1 was packed at 04, loaf 3 onto the pallet at 09. */
const day = [
  at('01', {
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [kg(flour('F1'), 100)],
    bizLocation: { id: place('maker') },
  }),
  at('03', {
    type: 'TransformationEvent',
    transformationID: 'urn:uuid:bake-1',
    inputQuantityList: [kg(flour('F1'), 60), kg(flour('F2'), 40)],
    outputQuantityList: [kg(bread('B1'), 90)],
    outputEPCList: [loaf('1')],
    bizLocation: { id: place('maker') },
  }),
  at('04', {
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: pallet,
    childEPCs: [loaf('1')],
    bizLocation: { id: place('maker') },
  }),
  at('05', {
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    epcList: [pallet],
    readPoint: { id: place('maker') },
    destinationList: [
      { type: 'possessing_party', destination: `https://id.gs1.org/417/${gln.dealer}` },
    ],
  }),
];
const atDealer = [
  at('07', {
    action: 'OBSERVE',
    bizStep: 'receiving',
    epcList: [pallet],
    bizLocation: { id: place('dealer') },
  }),
  at('08', {
    type: 'AggregationEvent',
    action: 'DELETE',
    parentID: pallet,
    childEPCs: [loaf('1')],
    bizLocation: { id: place('dealer') },
  }),
  at('09', {
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: pallet,
    childEPCs: [loaf('3')],
    bizLocation: { id: place('dealer') },
  }),
];

beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
  const { owner } = repository.test.store.database;
  for (const name of ['maker', 'dealer'] as const) {
    const { id } = repository.parties[name];
    await owner.query('update party set gln = $2 where id = $1', [id, gln[name]]);
  }
  for (const [name, events] of [
    ['maker', day],
    ['dealer', atDealer],
  ] as const) {
    const headers = { 'content-type': 'application/json' };
    const body = documentOf(events);
    const { status } = await repository.send(name, 'POST', '/capture', { headers, body });
    expect(status).toBe(202);
  }
});
afterAll(() => repository.close());

const ask = (name: 'maker' | 'dealer' | 'rival', question: object) =>
  repository.as(name, (tx) => answerTrace(tx, traceQuestion.parse(question)));
const from = (item: string, more = {}) => ({ direction: 'forward', items: [{ item }], ...more });

describe('a trace over what is stored', () => {
  it('goes through transformation and packing, and not to what came behind it', async () => {
    const { nodes, shares, balances } = await ask('maker', {
      ...from(flour('F1')),
      quantity: { value: '100', unit: 'KGM' },
    });
    expect(nodes.map(({ item, is }) => `${is} ${item}`)).toEqual([
      `affected ${flour('F1')}`,
      `affected ${bread('B1')}`,
      `affected ${loaf('1')}`,
      `holds ${pallet}`,
    ]);
    expect(shares?.shares.find(({ item }) => item === flour('F1'))?.proportional).toBe('40');
    expect(balances).toMatchObject([{ transformation: 'urn:uuid:bake-1' }]);
  });

  it('knows how much of a product its firm lets be lost, and nobody else’s opinion', async () => {
    const rye = 'https://id.gs1.org/01/06901234000030/10/R1';
    const milled = at('06', {
      type: 'TransformationEvent',
      transformationID: 'urn:uuid:mill-1',
      inputQuantityList: [kg(rye, 100)],
      outputQuantityList: [kg(bread('R'), 94)],
      bizLocation: { id: place('maker') },
    });
    const headers = { 'content-type': 'application/json' };
    const body = documentOf([milled]);
    expect((await repository.send('maker', 'POST', '/capture', { headers, body })).status).toBe(
      202,
    );
    const balance = async () => (await ask('maker', from(rye))).balances[0];
    expect(await balance()).toMatchObject({
      ...{ of: ['https://id.gs1.org/01/06901234000030'], verdict: 'loss_above_allowance' },
      ...{ loss: { quantity: '6', percent: '6' }, allowed: { quantity: '5' } },
    });
    let asked = 0;
    const allow = (name: 'maker' | 'dealer', percent: string | null, item = rye) =>
      repository.server.inject({
        ...{ method: 'PUT', url: '/api/v1/loss-allowances', payload: { item, percent } },
        headers: {
          ...{ authorization: `Bearer ${repository.keys[name]}` },
          'idempotency-key': `allow-${++asked}`,
        },
      });
    expect((await allow('dealer', '50')).statusCode).toBe(200);
    expect((await balance())?.verdict).toBe('loss_above_allowance');
    expect((await allow('maker', '8')).statusCode).toBe(200);
    expect(await balance()).toMatchObject({ verdict: 'within', allowed: { quantity: '8' } });
    expect((await allow('maker', '100.01')).statusCode).toBe(422);
    expect((await allow('maker', '5', '例'.repeat(2_000))).statusCode).toBe(422);
    expect((await allow('maker', null)).statusCode).toBe(200);
    expect((await balance())?.allowed).toMatchObject({ quantity: '5' });
  });

  it('weighs nothing into what was baked before the flour went bad', async () => {
    const { nodes, shares } = await ask('maker', {
      ...{ direction: 'forward', items: [{ item: flour('F1'), at: '2026-03-02T03:30:00Z' }] },
      quantity: { value: '100', unit: 'KGM' },
    });
    expect(nodes.map(({ item }) => item)).toEqual([flour('F1')]);
    expect(shares?.shares).toMatchObject([{ item: flour('F1'), proportional: '40' }]);
  });

  it('is refused where it would have to hold more than may be read at once', async () => {
    const starts = [{ item: flour('F1') }];
    const ways = { spread: 'content', associations: true, transactions: false } as const;
    const options = { direction: 'forward', known_at: null, ...ways } as const;
    const within = (bytes: number) =>
      repository.as('maker', (tx) => trace(eventSource(tx, null, bytes), starts, options));
    expect((await within(10_000)).trace.nodes).toHaveLength(4);
    await expect(within(1_000)).rejects.toMatchObject({ code: 'goods.trace_too_wide' });
  });

  it('is in whichever writing the thing was asked for', async () => {
    const { nodes } = await ask('maker', from('urn:epc:id:sgtin:6901234.000001.1'));
    expect(nodes.map(({ item }) => item)).toEqual([loaf('1'), pallet]);
  });

  it('says whom to ask where a party sees no further, and nothing of what is hidden', async () => {
    const maker = await ask('maker', from(loaf('1')));
    expect(maker.dead_ends.map(({ ask: whom }) => whom)).toContainEqual({
      type: 'possessing_party',
      id: `https://id.gs1.org/417/${gln.dealer}`,
    });
    expect(maker.events.every(({ biz_step }) => biz_step !== 'receiving')).toBe(true);
    const dealer = await ask('dealer', { direction: 'backward', items: [{ item: pallet }] });
    expect(dealer.events.some(({ biz_step }) => biz_step === 'shipping')).toBe(true);
    expect(JSON.stringify(dealer)).not.toContain(flour('F1'));
    const rival = await ask('rival', from(flour('F1')));
    expect([rival.events, rival.edges]).toEqual([[], []]);
  });

  it('begins with whatever was at a place in a window of time', async () => {
    const window = { from: '2026-03-02T07:30:00Z', to: '2026-03-02T10:00:00Z' };
    const visit = { places: [place('dealer')], ...window };
    const { nodes } = await ask('dealer', { direction: 'forward', visit });
    expect(nodes.map(({ item }) => item)).toContain(loaf('3'));
    const early = { places: [place('dealer')], from: '2026-03-02T00:00:00Z', to: window.from };
    await expect(ask('rival', { direction: 'forward', visit: early })).rejects.toMatchObject({
      code: 'goods.trace_without_start',
    });
  });

  it('goes on from moments that a date can say, and refuses others', () => {
    const going = (reached: object) =>
      traceQuestion.safeParse({ direction: 'forward', go_on: [{ item: loaf('1'), reached }] });
    expect(going({ own: 1_772_420_400_000.5, held: [{ from: null, to: 0 }] }).success).toBe(true);
    expect(going({ own: 1e300, held: [] }).success).toBe(false);
    expect(going({ own: null, held: [{ from: -1e300, to: 0 }] }).success).toBe(false);
  });

  it('is cut where it could not be read what was at the place', async () => {
    const starts = [{ item: loaf('3') }];
    const ways = { spread: 'content', associations: true, transactions: false } as const;
    const options = { direction: 'forward', known_at: null, ...ways } as const;
    const { trace: found } = await repository.as('dealer', (tx) =>
      trace(eventSource(tx), starts, options),
    );
    expect(withUnread(found, [])).toBe(found);
    expect(withUnread(found, [pallet]).cut).toEqual({
      ...{ go_on: [], unread: [pallet], edges_left_out: false },
    });
  });

  it('leaves out what was declared wrong, as soon as it is', async () => {
    const errorDeclaration = { declarationTime: '2026-03-02T11:00:00Z', reason: 'did_not_occur' };
    const events = [{ ...atDealer[2], errorDeclaration }];
    const { nodes } = await ask('dealer', from(loaf('3')));
    expect(nodes).toHaveLength(2);
    const headers = { 'content-type': 'application/json' };
    await repository.send('dealer', 'POST', '/capture', { headers, body: documentOf(events) });
    expect((await ask('dealer', from(loaf('3')))).nodes).toHaveLength(1);
  });
});

describe('one thing', () => {
  const where = (name: 'maker' | 'dealer' | 'rival', item: string, moment: string, known = {}) =>
    repository.as(name, (tx) =>
      describeThing(tx, { item, at: `2026-03-02T${moment}:00Z`, ...known }),
    );

  it('is where its pallet is, as of any moment', async () => {
    expect(await where('dealer', pallet, '06:00')).toMatchObject({ state: 'in_transit' });
    expect(await where('dealer', pallet, '07:30')).toMatchObject({
      state: 'at',
      place: { value: place('dealer') },
    });
    expect(await where('maker', loaf('1'), '04:30')).toMatchObject({
      state: 'at',
      inside: [{ item: pallet, depth: 1 }],
      serial: '1',
    });
    expect(await where('maker', pallet, '04:30')).toMatchObject({
      contents: [{ item: loaf('1') }],
      content_count: 1,
    });
  });

  it('names all events that its place rests on: who shares them learns of the look', async () => {
    const { towards, events, also_read } = await where('maker', loaf('1'), '06:00');
    expect(towards).not.toBeNull();
    expect(events.map(({ id }) => id)).not.toContain(towards?.event);
    expect(also_read.map(({ id }) => id)).toContain(towards?.event);
  });

  it('was unknown before anybody had told', async () => {
    const known = { known_at: '2020-01-01T00:00:00.000Z' };
    await expect(where('maker', pallet, '07:30', known)).rejects.toMatchObject({
      code: 'goods.value_unknown',
    });
    await expect(where('rival', pallet, '07:30')).rejects.toMatchObject({
      code: 'goods.value_unknown',
    });
  });

  it('of a lot is said how much is where', async () => {
    const { parts, is_class } = await where('maker', flour('F1'), '05:00');
    expect(is_class).toBe(true);
    expect(parts).toMatchObject([{ state: 'at', quantity: '40', unit: 'KGM' }, { state: 'ended' }]);
  });
});
