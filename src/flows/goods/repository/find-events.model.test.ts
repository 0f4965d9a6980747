import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Tx, withTx } from '../../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../../kernel/testing.ts';
import { documentOf } from '../binding/testing.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { eventHash } from '../epcis/event-hash.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { inMilliseconds } from '../epcis/instant.ts';
import { plainDecimal } from '../epcis/plain-decimal.ts';
import type { EventQuery } from '../epcis/query/condition.ts';
import { matches } from '../epcis/query/match.ts';
import { compareMeasures } from '../epcis/query/measures.ts';
import { queryOfUrl } from '../epcis/query/parse.ts';
import { judgeEpcis } from '../epcis/read.ts';
import { goods } from '../index.ts';
import { captureDocument } from './captures.ts';
import { type Cursor, type EventPage, findEvents } from './find-events.ts';

let test: TestStore;
beforeAll(async () => {
  test = await openTestStore([goods]);
});
afterAll(() => test.close());

const names = ['maker', 'dealer', 'rival'] as const;
type Name = (typeof names)[number];
const ex = { ex: 'https://ns.example.com/' };

const units = [
  'https://id.gs1.org/01/06901234000016/21/A1',
  'urn:epc:id:sgtin:6901234.000001.A10',
  'https://shop.example.cn/01/06901234000023/21/A1?from=label',
  'urn:epc:id:sgtin:69012345.00001.B%2F1',
];
const cases = ['urn:epc:id:sscc:6901234.0000000001', 'https://id.gs1.org/00/069012340000000023'];
const lots = [
  'https://id.gs1.org/01/06901234000016/10/L1',
  'urn:epc:class:lgtin:6901234.000001.L10',
  'https://id.gs1.org/01/06901234000016',
];
const dock = 'https://id.gs1.org/414/6901234000009';
const places = [
  dock,
  'urn:epc:id:sgln:6901234.00000.hall',
  `${dock}/254/shelf`,
  'https://maker.example.cn/yard',
];
/** The hall lies in the site, the shelf in the hall: as the maker has told it. */
const within: Record<string, string[]> = {
  [dock]: [`${dock}/254/hall`],
  [`${dock}/254/hall`]: [`${dock}/254/shelf`],
};
const papers = ['https://maker.example.cn/po/1', 'urn:epcglobal:cbv:bt:6901234000009:2'];
const making = ['https://maker.example.cn/batch/1', 'urn:epc:id:gdti:6901234.00001.M1'];
const times = [
  '2026-03-02T01:00:00Z',
  '2026-03-02T09:00:00.000+08:00',
  '2026-03-02T01:00:00.00049Z',
  '2026-03-02T01:00:00.0005Z',
  '2026-03-02T01:00:00.0015+00:00',
  '2026-03-02T01:00:00.001999999Z',
  '2026-03-01T23:59:59.99951-01:00',
  '2026-03-02T02:00:00.5Z',
];

const some = <T>(values: readonly T[], maxLength = 2) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const amount = fc.record({
  epcClass: fc.constantFrom(...lots),
  quantity: fc.constantFrom(1, 2.5, 20),
  uom: maybe(fc.constantFrom('KGM', 'GRM')),
});
const amounts = fc.array(amount, { minLength: 1, maxLength: 2 });
const typedPaper = fc.record({
  type: maybe(fc.constantFrom('po', 'desadv')),
  bizTransaction: fc.constantFrom(...papers),
});
const action = fc.constantFrom('ADD', 'OBSERVE', 'DELETE');

/** What may stand in an event of any type. */
const said = fc.record(
  {
    eventID: fc.constantFrom('urn:uuid:e1', 'urn:uuid:e2', 'https://maker.example.cn/e/3'),
    bizStep: fc.constantFrom('packing', 'shipping', 'https://maker.example.cn/steps/glazing'),
    disposition: fc.constantFrom('in_transit', 'https://ref.gs1.org/cbv/Disp-damaged'),
    readPoint: fc.record({ id: fc.constantFrom(...places) }),
    bizLocation: fc.record({ id: fc.constantFrom(...places) }),
    bizTransactionList: fc.array(typedPaper, { minLength: 1, maxLength: 2 }),
    destinationList: fc.constant('dealer'),
    persistentDisposition: fc.constant({ set: ['completeness_verified'] }),
    errorDeclaration: fc.constantFrom(
      { declarationTime: '2026-03-02T05:00:00Z', reason: 'did_not_occur' },
      { declarationTime: '2026-03-02T06:00:00Z', correctiveEventIDs: ['urn:uuid:e2'] },
    ),
    sensorElementList: fc
      .constantFrom(-18, 4.5, 20)
      .map((value) => [{ sensorReport: [{ type: 'Temperature', value, uom: 'CEL' }] }]),
    'ex:rank': fc.constantFrom('10', '9', '9a', '5a', 'b', '1e1'),
  },
  { requiredKeys: [] },
);
const what = fc.oneof(
  fc.record({ type: fc.constant('ObjectEvent'), action, epcList: some(units) }),
  fc.record({ type: fc.constant('ObjectEvent'), action, quantityList: amounts }),
  fc.record({
    type: fc.constant('AggregationEvent'),
    action,
    parentID: fc.constantFrom(...cases),
    childEPCs: some([...units, ...cases]),
    childQuantityList: amounts,
  }),
  fc.record({
    type: fc.constant('TransformationEvent'),
    transformationID: fc.constantFrom(...making),
    inputEPCList: some(units),
    outputQuantityList: amounts,
  }),
);
const happened = fc
  .tuple(what, said, fc.constantFrom(...times))
  .map(([one, more, eventTime]) => ({ ...one, ...more, eventTime, eventTimeZoneOffset: '+08:00' }));
const sent = fc.record({
  by: fc.constantFrom(...names),
  events: fc.array(happened, { minLength: 1, maxLength: 6 }),
  /** Clocks are set back, too. */
  clock_ms: fc.constantFrom(0, 1, 60_000, -60_000),
});

const either = (values: readonly string[]) => some(values).map((chosen) => chosen.join('|'));
const wide = [
  'urn:epc:idpat:sgtin:6901234.000001.*',
  'urn:epc:idpat:sgtin:6901234.*.*',
  'urn:epc:idpat:sgtin:*.*.*',
  'urn:epc:idpat:sscc:*.*',
];
const asked: Record<string, fc.Arbitrary<string>> = {
  eventType: either(['ObjectEvent', 'AggregationEvent', 'TransformationEvent']),
  EQ_action: either(['ADD', 'OBSERVE']),
  EQ_bizStep: either(['packing', 'urn:epcglobal:cbv:bizstep:shipping']),
  EQ_disposition: either(['in_transit', 'damaged']),
  EQ_persistentDisposition_set: fc.constant('completeness_verified'),
  EQ_readPoint: either(places),
  WD_readPoint: either(places),
  EQ_bizLocation: either(places),
  WD_bizLocation: either(places),
  EQ_eventID: either(['urn:uuid:e1', 'urn:uuid:e2']),
  EQ_transformationID: either(making),
  EQ_bizTransaction_po: either(papers),
  EQ_destination_owning_party: fc.constant('urn:epc:id:pgln:6945678.00000'),
  MATCH_epc: either([...units, ...cases, ...wide]),
  MATCH_parentID: either([...cases, ...wide]),
  MATCH_inputEPC: either([...units, ...wide]),
  MATCH_anyEPC: either([...units, ...cases, ...wide]),
  MATCH_epcClass: either(lots),
  MATCH_outputEPCClass: either(lots),
  MATCH_anyEPCClass: either(lots),
  GE_eventTime: fc.constantFrom(...times),
  LT_eventTime: fc.constantFrom(...times),
  GE_recordTime: fc.constantFrom(...times, '2026-03-02T01:01:00Z'),
  LT_recordTime: fc.constantFrom(...times, '2026-03-02T01:01:00Z'),
  EXISTS_errorDeclaration: fc.constant('true'),
  EQ_errorReason: fc.constant('did_not_occur'),
  EQ_correctiveEventID: fc.constant('urn:uuid:e2'),
  GE_errorDeclarationTime: fc.constant('2026-03-02T05:30:00Z'),
  GT_quantity_KGM: fc.constantFrom('0.5', '2'),
  EQ_quantity: fc.constantFrom('1', '2.50'),
  LE_value_KEL: fc.constantFrom('277.65', '260'),
  'EXISTS_ex:rank': fc.constant(''),
  'GE_ex:rank': fc.constantFrom('9.5', '10'),
  orderBy: fc.constantFrom('eventTime', 'recordTime', 'ex:rank'),
  orderDirection: fc.constantFrom('ASC', 'DESC'),
};
const parameter = fc
  .constantFrom(...Object.keys(asked))
  .chain((name) => fc.tuple(fc.constant(name), asked[name] as fc.Arbitrary<string>));
const question = fc.record({
  by: fc.constantFrom(...names),
  parameters: fc.uniqueArray(parameter, { maxLength: 4, selector: ([name]) => name }),
  count: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 3 }),
  most: fc.integer({ min: 1, max: 5 }),
});

/** An event as the test remembers it, beside the repository. */
type Known = { id: string; by: Name; event: EpcisEvent; recorded: string; seenBy: Set<Name> };

/** Is the place one of some, or below one of them, by what the maker has told? */
function isWithin(place: string, wanted: readonly string[]): boolean {
  if (wanted.includes(place)) return true;
  const above = Object.keys(within).find((one) => within[one]?.includes(place));
  return above !== undefined && isWithin(above, wanted);
}

const rankOf = (event: EpcisEvent) =>
  event.extensions?.find(({ name }) => name === '{https://ns.example.com/}rank')?.text;

/** Numbers by their size, then other texts by their letters, then events without a value. */
function byRank(one: EpcisEvent, other: EpcisEvent, sign: number): number {
  const [left, right] = [rankOf(one), rankOf(other)];
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined);
  }
  const [isNumber, isOther] = [left, right].map((text) => plainDecimal(text) !== undefined);
  if (isNumber !== isOther) return sign * (isNumber ? -1 : 1);
  if (isNumber) return sign * (compareMeasures({ value: left }, { value: right }) ?? 0);
  return sign * (left < right ? -1 : Number(left > right));
}

/** The events in the order asked for; what is equal in it, by the time and the number it has. */
function inOrder(found: readonly Known[], { orderBy, orderDirection }: EventQuery): Known[] {
  const sign = orderDirection === 'ASC' ? 1 : -1;
  const timeOf = ({ event, recorded }: Known) =>
    orderBy === 'recordTime' ? recorded : (inMilliseconds(event.eventTime) ?? '');
  return found.toSorted((one, other) => {
    const ranked = orderBy?.startsWith('{') ? byRank(one.event, other.event, sign) : 0;
    if (ranked !== 0) return ranked;
    const [left, right] = [timeOf(one), timeOf(other)];
    if (left !== right) return left < right ? -sign : sign;
    return one.id < other.id ? -sign : sign;
  });
}

/** What a firm is told: all that it may see and that was not declared wrong, or asked by name. */
function expected(known: readonly Known[], query: EventQuery, by: Name, shared: boolean): string[] {
  const nameOf = ({ by: capturer, event }: Known) =>
    `${capturer} ${canonicalIdentity(event.eventID ?? '')}`;
  const wrong = new Set(known.filter(({ event }) => event.errorDeclaration).map(nameOf));
  const isByName = query.conditions.some(({ name }) => name === 'EQ_eventID');
  const found = known.filter((one) => {
    const isSeen = one.seenBy.has(by) || (shared && by === 'rival' && one.by === 'maker');
    const counts = isByName || one.event.errorDeclaration || !wrong.has(nameOf(one));
    const hasTold = known.some((other) => other.by === 'maker');
    const knowsPlaces = hasTold && (by === 'maker' || (shared && by === 'rival'));
    const around = { recordTime: one.recorded, ...(knowsPlaces ? { isWithin } : {}) };
    return isSeen && counts && matches(one.event, query, around);
  });
  return inOrder(found, query)
    .slice(0, query.eventCountLimit)
    .map(({ id }) => id);
}

async function allPages(tx: Tx, query: EventQuery, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let after: Cursor | null = null;
  for (let pages = 0; pages < 200; pages++) {
    const page: EventPage = await findEvents(tx, query, { limit, after });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    ids.push(...page.events.map(({ id }) => id));
    if (page.next === null) return ids;
    // As a client keeps it: a token is JSON.
    after = JSON.parse(JSON.stringify(page.next)) as Cursor;
  }
  throw new Error('the pages have no end');
}

/** A chain of three firms, with what each has captured, here and in the repository. */
async function recordAll(days: readonly (typeof sent extends fc.Arbitrary<infer T> ? T : never)[]) {
  const { chain, parties, as } = await openTestChain(test.store, {
    maker: 'supplier',
    dealer: 'core',
    rival: 'core',
  } as const);
  const pgln = `urn:uuid:${parties.dealer.id}`;
  const known: Known[] = [];
  for (const { by, events, clock_ms } of days) {
    test.clock.set(new Date(test.clock.now().getTime() + clock_ms));
    const texts = events.map(({ destinationList, ...event }) => ({
      ...event,
      ...(destinationList ? { destinationList: sides(pgln) } : {}),
    }));
    const bytes = Buffer.from(documentOf(texts, by === 'maker' ? { epcisHeader } : {}));
    const judgement = judgeEpcis(bytes);
    expect([judgement.problems, [...judgement.of_events.values()]]).toEqual([[], []]);
    const { capture } = await as(by, (tx) =>
      captureDocument(tx, judgement, 'proceed', async () => []),
    );
    const { rows } = await test.store.database.owner.query(
      `select id, event_uri, declares_error from event where capture_id = $1`,
      [capture.id],
    );
    const ids = new Map(rows.map((row) => [`${row.event_uri} ${row.declares_error}`, row.id]));
    expect(capture.captured).toBe(rows.length);
    for (const one of judgement.document?.events ?? []) {
      const event = { ...one, eventID: one.eventID ?? eventHash(one) };
      const declares = event.errorDeclaration !== undefined;
      const uri = canonicalIdentity(event.eventID);
      const isKnown = known.some(
        (other) =>
          other.by === by &&
          canonicalIdentity(other.event.eventID ?? '') === uri &&
          (other.event.errorDeclaration !== undefined) === declares,
      );
      if (isKnown) continue;
      const id = ids.get(`${uri} ${declares}`) as string;
      expect(id, JSON.stringify(event)).toBeDefined();
      const seenBy = new Set<Name>(event.destinationList ? [by, 'dealer'] : [by]);
      known.push({ id, by, event, recorded: test.clock.now().toISOString(), seenBy });
    }
  }
  return { chain, parties, known };
}
const sides = (destination: string) => [
  { type: 'owning_party', destination: 'https://id.gs1.org/417/6945678000008' },
  { type: 'possessing_party', destination },
];
const epcisHeader = {
  epcisMasterData: {
    vocabularyList: [
      {
        type: 'urn:epcglobal:epcis:vtype:BusinessLocation',
        vocabularyElementList: Object.entries(within).map(([id, children]) => ({ id, children })),
      },
    ],
  },
};

describe('all pages of a query', () => {
  it('hold the events that fit and may be seen, each once and in order', async () => {
    const days = fc.array(sent, { minLength: 1, maxLength: 5 });
    const questions = fc.array(question, { minLength: 8, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(days, questions, fc.boolean(), async (sentDays, all, shared) => {
        const { chain, parties, known } = await recordAll(sentDays);
        for (const { by, parameters, count, most } of all) {
          const isOrdered = parameters.some(([name]) => name === 'orderBy');
          const limited = isOrdered && count ? [['eventCountLimit', `${count}`] as const] : [];
          const { query, problems } = queryOfUrl([...parameters, ...limited], ex);
          if (!query) throw new Error(JSON.stringify(problems));
          const reads = shared && by === 'rival' ? { shipments: [parties.maker.id] } : {};
          const actor = { party: parties[by].id, user: null, key: null, roles: [], reads };
          const context = { chain: chain.id, zone: chain.zone };
          const found = await withTx(
            test.store,
            { ...context, actor: { ...actor, permissions: ['*.*.*'] } },
            (tx) => allPages(tx, query, most),
          );
          expect(found).toEqual(expected(known, query, by, shared));
        }
      }),
      { numRuns: 40 },
    );
  }, 240_000);
});

describe('a page', () => {
  it('holds no more than a server can, however large its events are', async () => {
    const { as } = await openTestChain(test.store, { maker: 'supplier' } as const);
    const note = '重'.repeat(2_000_000);
    for (const at of [1, 2, 3, 4, 5]) {
      const event = {
        type: 'ObjectEvent',
        eventTime: `2026-03-02T0${at}:00:00Z`,
        eventTimeZoneOffset: '+08:00',
        action: 'OBSERVE',
        epcList: [units[0]],
        'ex:note': note,
        'ex:rank': `${9 - at}`,
      };
      const judgement = judgeEpcis(Buffer.from(documentOf([event])));
      await as('maker', (tx) => captureDocument(tx, judgement, 'rollback', async () => []));
    }
    const sizes = async (text: string) => {
      const { query } = queryOfUrl([...new URLSearchParams(text)], ex);
      if (!query) throw new Error(text);
      const pages: number[] = [];
      let after: Cursor | null = null;
      do {
        const from: Cursor | null = after;
        const page: EventPage = await as('maker', (tx) =>
          findEvents(tx, query, { limit: 1_000, after: from }),
        );
        pages.push(page.events.length);
        after = page.next;
      } while (after);
      return pages;
    };
    expect(await sizes('')).toEqual([3, 2]);
    expect(await sizes('EQ_action=OBSERVE&orderBy=recordTime&eventCountLimit=4')).toEqual([3, 1]);
    expect(await sizes('orderBy=ex:rank')).toEqual([3, 2]);
  });
});
