import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventHash } from './event-hash.ts';
import { readEpcis } from './read.ts';
import { hasPublished, published, publishedFiles } from './testing.ts';
import { writeEpcisXml } from './write-xml.ts';

const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const CONTEXT = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { ex: 'https://example.cn/epcis/' },
];

/** A bus of the cold chain brings one pallet, and its recorder's reading with it. */
const arrival = {
  '@context': CONTEXT,
  type: 'ObjectEvent',
  eventTime: '2026-11-26T09:30:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  epcList: ['https://id.gs1.org/00/040123450000003338'],
  action: 'OBSERVE',
  bizStep: 'receiving',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' },
  sensorElementList: [
    {
      sensorMetadata: {
        time: '2026-11-26T09:29:00+08:00',
        deviceID: 'urn:epc:id:giai:4000001.111',
      },
      sensorReport: [{ type: 'Temperature', value: -18.5, uom: 'CEL' }],
    },
  ],
};
const packing = {
  '@context': CONTEXT,
  type: 'AggregationEvent',
  eventTime: '2026-11-26T09:30:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'ADD',
  parentID: 'https://id.gs1.org/00/040123450000003338',
  childEPCs: ['https://id.gs1.org/01/04012345111118/21/1'],
};
const mounting = { ...packing, type: 'AssociationEvent' };
const sensor = arrival.sensorElementList[0];

const faultsOf = (event: unknown) =>
  readEpcis(bytesOf(event)).problems.map(({ rule, path }) => `${rule} ${path}`);
const without = (event: object, name: string) =>
  Object.fromEntries(Object.entries(event).filter(([member]) => member !== name));

describe('an event is taken or sent back with what is wrong', () => {
  it.each([arrival, packing, mounting])('takes a right one', (event) => {
    expect(faultsOf(event)).toEqual([]);
  });

  it.each([
    [{ ...arrival, eventTime: '2026-11-26 09:30' }, 'EPCIS-TIME event.eventTime'],
    [without(arrival, 'eventTime'), 'EPCIS-REQUIRED event.eventTime'],
    [{ ...arrival, eventTimeZoneOffset: '8' }, 'EPCIS-OFFSET event.eventTimeZoneOffset'],
    [{ ...arrival, action: 'MOVE' }, 'EPCIS-ACTION event.action'],
    [{ ...arrival, bizStep: 'recieving' }, 'CBV-TERM event.bizStep'],
    [{ ...arrival, bizStep: 'urn:epcglobal:cbv:bizstep:receiving' }, 'EPCIS-TERM event.bizStep'],
    [{ ...arrival, epcList: 'x' }, 'EPCIS-STRUCTURE event.epcList'],
    [{ ...arrival, epcList: ['a b'] }, 'EPCIS-URI event.epcList[0]'],
    [
      { ...arrival, epcList: ['https://id.gs1.org/00/040123450000003337'] },
      'GS1-KEY event.epcList[0]',
    ],
    [{ ...arrival, epcList: ['urn:uuid:1', 'urn:uuid:1'] }, 'EPCIS-DISTINCT event.epcList'],
    [
      { ...arrival, quantityList: [{ epcClass: 'urn:x:y', quantity: '5' }] },
      'EPCIS-STRUCTURE event.quantityList[0].quantity',
    ],
    [{ ...arrival, colour: 'red' }, 'EPCIS-UNKNOWN event.colour'],
    [{ ...arrival, 'no:colour': 'red' }, 'EPCIS-UNKNOWN event.no:colour'],
    [{ ...arrival, ilmd: { 'ex:batch': '1' } }, 'EPCIS-ILMD event.ilmd'],
    [{ ...arrival, type: 'ObjectEvnt' }, 'EPCIS-TYPE event.type'],
    [{ ...without(arrival, 'epcList'), readPoint: undefined }, 'EPCIS-WHAT event.epcList'],
    [
      { ...arrival, eventTime: '2026-11-26T09:28:59.999+08:00' },
      'EPCIS-SENSOR-TIME event.sensorElementList[0].sensorMetadata.time',
    ],
    [
      {
        ...arrival,
        sensorElementList: [
          { ...sensor, sensorReport: [{ type: 'Temperature', deviceID: 'urn:x:1' }] },
        ],
      },
      'EPCIS-INLINE event.sensorElementList[0].sensorReport[0].deviceID',
    ],
    [without(packing, 'parentID'), 'EPCIS-PARENT event.parentID'],
    [without(packing, 'childEPCs'), 'EPCIS-CHILDREN event.childEPCs'],
    [without({ ...mounting, action: 'OBSERVE' }, 'parentID'), 'EPCIS-PARENT event.parentID'],
    [without(mounting, 'childEPCs'), 'EPCIS-CHILDREN event.childEPCs'],
    [
      { ...without(packing, 'action'), type: 'TransformationEvent' },
      'EPCIS-UNKNOWN event.parentID',
    ],
  ])('finds the fault: %# %j', (event, fault) => {
    const { problems } = readEpcis(bytesOf(event));
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toContain(fault);
    for (const { zh, en } of problems) expect([zh, en]).not.toContain('');
  });

  it('lets an observer leave the parent out, and whoever empties a pallet the children', () => {
    expect(faultsOf(without({ ...packing, action: 'OBSERVE' }, 'parentID'))).toEqual([]);
    expect(faultsOf(without({ ...mounting, action: 'DELETE' }, 'childEPCs'))).toEqual([]);
  });
});

const files = publishedFiles('examples', '.jsonld');

/** Where the schema says less than the standard, and we follow the standard (decision 16). */
const BEYOND_THE_SCHEMA = new Set([
  'EPCIS-SENSOR-TIME',
  'EPCIS-INLINE',
  'EPCIS-PARENT',
  'GS1-KEY',
  'EPCIS-UNKNOWN',
  'EPCIS-TIME',
  'EPCIS-TYPE',
  'EPCIS-CHARACTER',
  'EPCIS-CONTEXT',
]);

type Change = { at: number; to: unknown };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(400),
  to: fc.constantFrom<unknown[]>(
    undefined,
    null,
    '',
    'x',
    'shipping',
    0,
    1.5,
    true,
    [],
    {},
    [''],
    ['urn:x:y'],
    { id: 'urn:x:y' },
    'urn:x:y',
    'OBSERVE',
    'DELETE',
    'ADD',
    '2026-11-26T09:30:00Z',
    '+15:00',
    'ex:a',
  ),
});

/** Changes the `at`-th value of a document, in the order of its text; or takes it out. */
function changed(document: unknown, { at, to }: Change): unknown {
  let left = at;
  return JSON.parse(JSON.stringify(document), function (this: object, key, value) {
    left -= 1;
    return left === -1 && key !== '' && key !== '@context' ? to : value;
  });
}

const standard = ['Object', 'Aggregation', 'Transaction', 'Transformation', 'Association'];

/** Whether an event among it is of none of the standard's types. */
function hasOwnType(document: unknown): boolean {
  const { type, epcisBody } = document as { type?: unknown; epcisBody?: Record<string, unknown> };
  const results = epcisBody?.queryResults as { resultsBody?: { eventList?: unknown } } | undefined;
  const events = epcisBody?.eventList ?? results?.resultsBody?.eventList ?? [{ type }];
  const isOwn = (event: { type?: unknown } | null) =>
    !standard.some((name) => event?.type === `${name}Event`);
  return Array.isArray(events) && events.some(isOwn);
}

describe.skipIf(!hasPublished)('beside the published JSON schema', () => {
  it('refuses whatever the schema refuses, and by its own rules alone what it does not', () => {
    const ajv = new Ajv({ strict: false, allErrors: false });
    addFormats.default(ajv);
    const schema = JSON.parse(published('EPCIS-JSON-Schema.json').toString());
    const isValid = ajv.compile(schema);
    const documents = files.map((name) => JSON.parse(published(name).toString()));
    const changes = fc.tuple(fc.constantFrom(...documents), change, fc.option(change));
    fc.assert(
      fc.property(changes, ([document, first, second]) => {
        let subject = changed(document, first);
        if (second) subject = changed(subject, second);
        const { problems } = readEpcis(bytesOf(subject));
        const own = problems.filter(({ rule }) => !BEYOND_THE_SCHEMA.has(rule));
        const shown = JSON.stringify([first, second, problems, isValid(subject), isValid.errors]);
        // The schema says nothing of events of a type of one's own; their standard fields are ours.
        if (isValid(subject)) expect(hasOwnType(subject) ? [] : own, shown).toEqual([]);
        else expect(problems.length, shown).toBeGreaterThan(0);
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('bytes from anybody', () => {
  const json = fc.json({ maxDepth: 6 }).map(bytesOf);
  const names = fc.constantFrom(
    ...Object.keys(arrival),
    'parentID',
    'ilmd',
    'ex:a',
    'id',
    '@value',
  );
  const event = fc
    .dictionary(names, fc.jsonValue({ maxDepth: 4 }))
    .map((members) => bytesOf({ ...arrival, ...members }));
  const whole = bytesOf(arrival);
  const torn = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 })
    .map((spots) => {
      const bytes = whole.slice();
      for (const [at, value] of spots) bytes[at] = value;
      return bytes;
    });

  const tags = fc.constantFrom(
    ...['EventList', 'ObjectEvent', 'extension', 'epcList', 'epc', 'readPoint', 'id', 'ex:a'],
    ...['sensorElementList', 'sensorElement', 'sensorReport', 'quantityList', 'ilmd', 'eventTime'],
  );
  const element = fc.letrec<{ xml: string }>((tie) => ({
    xml: fc
      .tuple(tags, fc.array(fc.oneof({ maxDepth: 5 }, fc.constant('x'), tie('xml'))))
      .map(([tag, children]) => `<${tag} type="x">${children.join('')}</${tag}>`),
  })).xml;
  const release = fc.constantFrom(1, 2);
  const tornXml = fc
    .tuple(element, release)
    .map(([body, major]) =>
      bytesOf(
        `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:${major}" xmlns:ex="urn:x:y" ` +
          `schemaVersion="${major}.0"><EPCISBody>${body}</EPCISBody></e:EPCISDocument>`,
      ),
    );

  it('never make it throw', () => {
    fc.assert(
      fc.property(fc.oneof(json, event, torn, tornXml, fc.uint8Array()), (bytes) => {
        const { document, problems } = readEpcis(bytes);
        expect(document !== undefined || problems.length > 0).toBe(true);
        if (document) for (const event of document.events) expect(eventHash(event)).toMatch(/^ni/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('cost what their length says: wide scopes, endless paths, a great many members', () => {
    const names = Array.from({ length: 130_000 }, (_, at) => `"https://x.cn/${at}/x":1`);
    const wide = JSON.stringify({ ...arrival, colour: 0 }).replace('"colour":0', names.join());
    const { document } = readEpcis(bytesOf(wide));
    expect(document && writeEpcisXml(document).lost).toEqual([]);
    const endless = { ...arrival, epcList: [`https://x.cn/${'01/'.repeat(1_000_000)}`] };
    expect(faultsOf(endless)).toEqual(['EPCIS-URI event.epcList[0]']);
    const scopes = Array.from({ length: 50 }, (_, depth) => {
      const declared = Array.from({ length: 60 }, (_, at) => `xmlns:p${depth}x${at}="urn:x:${at}"`);
      return `<a:x xmlns:a="urn:a" ${declared.join(' ')}>`;
    });
    const many = '<a:y xmlns:b="urn:b"/>'.repeat(50_000);
    const xml = `<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
      creationDate="2026-11-26T09:30:00Z"><EPCISBody>${scopes.join('')}${many}${'</a:x>'.repeat(50)}
      </EPCISBody></e:EPCISDocument>`;
    expect(faultsOf(xml)).toEqual([]);
  });

  it('bring at most 200 problems', () => {
    const many = { ...arrival, epcList: Array.from({ length: 1_000 }, () => 'a b') };
    expect(readEpcis(bytesOf(many)).problems).toHaveLength(200);
  });
});
