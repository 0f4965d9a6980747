import { expect } from 'vitest';
import { loadExtents } from '../../../src/flows/goods/index.ts';
import type { Question } from './requests.ts';
import { type By, type Player, plainly } from './trade-story.ts';
import type { World } from './world.ts';

/** Sends one request to the EPCIS binding as a firm, as it is. */
export type Send = (
  who: Player,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  given?: { headers?: Record<string, string>; body?: string },
) => Promise<{ status: number; headers: Record<string, unknown>; body: string }>;

export function sender(world: World<Player>): Send {
  return async (who, method, path, { headers = {}, body } = {}) => {
    const { statusCode, ...said } = await world.server.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${world.keys[who]}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: statusCode, headers: said.headers, body: said.body };
  };
}

const json = { 'content-type': 'application/json' };
const gln = '6901234000009';
const dock = `https://id.gs1.org/414/${gln}`;
const unit = (serial: string) => `https://id.gs1.org/01/06901234000016/21/${serial}`;
const lot = 'https://id.gs1.org/01/06901234000016/10/L0';
const sscc = 'https://id.gs1.org/00/069012340000000016';

const eventAt = (hour: string, more: object) => ({
  type: 'ObjectEvent',
  eventTime: `2026-03-02T${hour}:00:00.000Z`,
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  ...more,
});

export function documentOf(events: readonly object[]): string {
  return JSON.stringify({
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { ex: 'https://ns.example.com/' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-02T01:00:00Z',
    epcisHeader: {
      epcisMasterData: {
        vocabularyList: [
          {
            type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
            vocabularyElementList: [{ id: dock, children: [`${dock}/254/hall-1`] }],
          },
        ],
      },
    },
    epcisBody: { eventList: events },
  });
}

const made = eventAt('01', {
  eventID: 'urn:uuid:made',
  action: 'ADD',
  bizStep: 'commissioning',
  epcList: [unit('1'), unit('2')],
  quantityList: [{ epcClass: lot, quantity: 12.5, uom: 'KGM' }],
  bizLocation: { id: `${dock}/254/hall-1` },
  readPoint: { id: dock },
  'ex:shift': 'night',
});
const packed = eventAt('02', {
  type: 'AggregationEvent',
  action: 'ADD',
  bizStep: 'packing',
  disposition: 'in_progress',
  parentID: sscc,
  childEPCs: [unit('1'), unit('2')],
  bizLocation: { id: dock },
});

/** Questions that find what was captured, in each way that an index is asked. */
export const goodsQueries = [
  '',
  `MATCH_epc=${encodeURIComponent(unit('1'))}`,
  'MATCH_anyEPC=urn:epc:idpat:sgtin:6901234.000001.*',
  `MATCH_anyEPCClass=${encodeURIComponent(lot)}&orderBy=recordTime&orderDirection=ASC`,
  'EQ_bizStep=packing&GE_eventTime=2026-03-02T00:00:00Z&perPage=1',
  `WD_bizLocation=${encodeURIComponent(dock)}&orderBy=eventTime&eventCountLimit=1`,
  `EQ_readPoint=${encodeURIComponent(dock)}&LT_recordTime=2100-01-01T00:00:00Z`,
  'EQ_eventID=urn:uuid:made',
  'EXISTS_errorDeclaration=true&maxEventCount=5',
  'EQ_bizTransaction_po=urn:x:1&EQ_transformationID=urn:x:2&EQ_action=ADD',
];

/** A partner's system sends what happened to goods, in every way that there is, and asks for it. */
export async function tellGoods(
  world: World<Player>,
  tell: By = plainly(world),
  send: Send = sender(world),
): Promise<void> {
  const { owner } = world.test.store.database;
  await owner.query('update party set gln = $2 where id = $1', [world.parties.maker.id, gln]);
  await tell('maker', 'company_prefix.register', { body: { prefix: '6901234' } });
  const wheat = { item: 'https://id.gs1.org/01/06901234000023/10/W1' };
  await tell('maker', 'loss_allowance.set', { body: { ...wheat, percent: '2.5' } });
  await tell('maker', 'loss_allowance.set', { body: { ...wheat, percent: '3' } });
  const allowed = await tell('maker', 'loss_allowance.list', { query: { limit: 1 } });
  expect(allowed.items).toMatchObject([{ item: wheat.item.slice(0, -6), percent: '3.00' }]);
  await tell('maker', 'loss_allowance.set', { body: { ...wheat, percent: null } });
  const go = async (status: number, ...asked: Parameters<Send>) => {
    const said = await send(...asked);
    expect(said.status, `${asked.join(' ')} ${said.body}`).toBe(status);
    return said;
  };
  const capture = (events: readonly object[], headers = {}) =>
    [
      'maker',
      'POST',
      '/epcis/capture',
      { headers: { ...json, ...headers }, body: documentOf(events) },
    ] as const;
  await go(202, ...capture([made, packed]));
  await go(202, ...capture([made, packed]));
  await go(202, ...capture([{ ...made, bizStep: 'other' }]));
  await go(400, ...capture([{ ...packed, action: 'TAKE' }]));
  const proceed = { 'gs1-capture-error-behaviour': 'proceed' };
  await go(202, ...capture([{ ...packed, action: 'TAKE' }], proceed));
  const errorDeclaration = { declarationTime: '2026-03-02T03:00:00Z', reason: 'did_not_occur' };
  await go(202, ...capture([{ ...made, errorDeclaration }]));
  const one = { '@context': JSON.parse(documentOf([]))['@context'], ...packed };
  const body = JSON.stringify({ ...one, eventTime: '2026-03-02T04:00:00Z' });
  await go(201, 'maker', 'POST', '/epcis/events', { headers: json, body });
  const named = JSON.stringify({ name: 'packs', query: { EQ_bizStep: ['packing'] } });
  await go(201, 'maker', 'POST', '/epcis/queries', { headers: json, body: named });
  await ask(send, go);
  await loadExtents();
  const suspected = JSON.stringify({ items: [{ item: lot }, { item: unit('1') }] });
  const trace = JSON.stringify({ ...JSON.parse(suspected), direction: 'forward' });
  await go(200, 'maker', 'GET', `/api/v1/things?item=${encodeURIComponent(sscc)}`);
  for (const [path, given] of [
    ['trace', trace],
    ['trace/extent', suspected],
    ['recalls/dry-run', suspected],
  ] as const) {
    await go(200, 'maker', 'POST', `/api/v1/${path}`, { headers: json, body: given });
  }
  await go(200, 'maker', 'GET', `/api/v1/trace/extent/sheet?item=${encodeURIComponent(lot)}`);
  const sheet = `rule=food_safety&format=csv&item=${encodeURIComponent(`${lot}|${unit('1')}`)}`;
  await go(200, 'maker', 'GET', `/api/v1/recalls/dry-run/sheet?${sheet}`);
  const symbol = `kind=gs1_datamatrix&item=${encodeURIComponent(unit('1'))}`;
  await go(200, 'maker', 'GET', `/api/v1/labels/symbol?${symbol}`);
  await go(200, 'maker', 'GET', `/api/v1/labels/pallet?item=${encodeURIComponent(sscc)}`);
  await go(204, 'maker', 'DELETE', '/epcis/queries/packs');
}

async function ask(
  send: Send,
  go: (status: number, ...asked: Parameters<Send>) => Promise<{ headers: Record<string, unknown> }>,
): Promise<void> {
  for (const query of goodsQueries) {
    let next: string | undefined = `/epcis/events?${query}`;
    while (next) {
      const { headers } = await go(200, 'maker', 'GET', next, {
        headers: { accept: 'application/xml' },
      });
      next = /<([^>]+)>; rel="next"/.exec(String(headers.link ?? ''))?.[1];
    }
  }
  const { headers } = await go(200, 'maker', 'GET', '/epcis/events?perPage=1');
  const token = /nextPageToken=([^&>]+)/.exec(String(headers.link))?.[1];
  await go(204, 'maker', 'DELETE', `/epcis/nextPageToken/${token}`);
  const lists = ['bizSteps', 'bizLocations', 'readPoints', 'dispositions', 'epcs', 'eventTypes'];
  for (const list of ['', 'queries', 'capture', ...lists]) {
    await go(200, 'maker', 'GET', `/epcis/${list}`.replace(/\/$/, ''));
  }
  for (const list of lists) await send('maker', 'GET', `/epcis/${list}?perPage=1`);
  await go(200, 'maker', 'GET', `/epcis/epcs/${encodeURIComponent(unit('1'))}`);
  await go(200, 'maker', 'GET', `/epcis/epcs/${encodeURIComponent(unit('1'))}/events`);
  await go(200, 'maker', 'GET', '/epcis/queries/packs/events');
}

const other = (name: string, ...samples: string[]) =>
  ({ name, required: false, kind: 'other', samples }) as const;
const anId = { name: 'value', required: true, kind: 'id', samples: [] } as const;

/** What of the binding reads, as questions of anybody: events name parties and their own ids. */
export const goodsQuestions: (Question & { permission: string })[] = [
  ['/epcis/events', 'goods.event.read'],
  ['/epcis/events/urn:uuid:{value}', 'goods.event.read'],
  ['/epcis/bizSteps/shipping/events', 'goods.event.read'],
  ['/epcis/eventTypes/ObjectEvent/events', 'goods.event.read'],
  ['/epcis/bizLocations', 'goods.event.read'],
  ['/epcis/readPoints', 'goods.event.read'],
  ['/epcis/epcs', 'goods.event.read'],
  ['/epcis/capture', 'goods.event.read'],
  ['/epcis/capture/{value}', 'goods.event.read'],
  ['/epcis/queries', 'goods.query.read'],
].map(([path = '', permission = '']) => ({
  id: path,
  path,
  permission,
  params: path.includes('{value}') ? [{ ...anId, samples: [] }] : [],
  query: path.endsWith('events')
    ? [
        other('EQ_disposition', 'in_transit', 'sellable_accessible'),
        other('GE_eventTime', '2026-03-01T00:00:00Z'),
        other('orderBy', 'eventTime', 'recordTime'),
        other('orderDirection', 'ASC', 'DESC'),
        other('perPage', '1', '100'),
      ]
    : [],
}));
