import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExactJson } from '../../../../kernel/index.ts';
import { readEpcis } from '../read.ts';
import { hasPublished, published } from '../testing.ts';
import { queryAsJson } from './as-json.ts';
import type { EventQuery } from './condition.ts';
import { matches, type Surroundings } from './match.ts';
import { compareMeasures } from './measures.ts';
import { queryOfJson, queryOfUrl } from './parse.ts';

const prefixes = { ex: 'https://example.cn/epcis/' };
const ask = (text: string) =>
  queryOfUrl([...new URLSearchParams(text)] as [string, string][], prefixes);

function queryFor(text: string): EventQuery {
  const { query, problems } = ask(text);
  if (!query) throw new Error(JSON.stringify(problems));
  return query;
}

/** A pallet of frozen dumplings is received, with the reading of its recorder. */
const received = readEpcis(
  new TextEncoder().encode(
    JSON.stringify({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', prefixes],
      type: 'ObjectEvent',
      eventID: 'urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518',
      eventTime: '2026-11-26T09:30:00.000+08:00',
      eventTimeZoneOffset: '+08:00',
      epcList: ['urn:epc:id:sscc:4012345.0000000333', 'urn:epc:id:sgtin:4012345.011111.9876'],
      quantityList: [
        { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 20.5, uom: 'KGM' },
        { epcClass: 'urn:epc:idpat:sgtin:4012345.098765.*', quantity: 3 },
      ],
      action: 'ADD',
      bizStep: 'receiving',
      disposition: 'in_progress',
      persistentDisposition: { set: ['completeness_verified'] },
      readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0', 'ex:dock': '7' },
      bizTransactionList: [{ type: 'po', bizTransaction: 'https://example.cn/po/1' }],
      sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00225' }],
      ilmd: { 'ex:batch': { 'ex:number': 12.5 } },
      sensorElementList: [
        {
          sensorMetadata: {
            time: '2026-11-26T09:00:00+08:00',
            deviceID: 'urn:epc:id:giai:4000001.111',
          },
          sensorReport: [
            { type: 'Temperature', value: -18.15, sDev: 0.25, uom: 'CEL', 'ex:probe': 'core' },
            { type: 'Speed', maxValue: 25, uom: 'MTS' },
          ],
        },
      ],
      'ex:top': 1,
      'ex:shift': { 'ex:began': '2026-11-26T08:00:00+08:00' },
    }),
  ),
).document?.events[0];

const around: Surroundings = {
  recordTime: '2026-11-26T09:31:00+08:00',
  isWithin: (place, places) =>
    place.endsWith('/4012345000054') && places.includes('https://id.gs1.org/414/4012345000115'),
};
const isFound = (text: string) => received && matches(received, queryFor(text), around);

describe('asking for the event', () => {
  it.each([
    '',
    'eventType=ObjectEvent|AggregationEvent',
    'GE_eventTime=2026-11-26T01:30:00Z&LT_eventTime=2026-11-26T01:30:00.0001Z',
    'GE_recordTime=2026-11-26T09:31:00%2B08:00',
    'EQ_action=ADD&EQ_bizStep=shipping|receiving',
    'EQ_bizStep=https://ref.gs1.org/cbv/BizStep-receiving&EQ_disposition=in_progress',
    'EQ_persistentDisposition_set=completeness_verified',
    'EQ_readPoint=https://id.gs1.org/414/4012345000054',
    'WD_readPoint=urn:epc:id:sgln:4012345.00011.0',
    'EQ_bizTransaction_po=https://example.cn/po/1',
    'EQ_source_owning_party=https://id.gs1.org/417/4012345002256',
    'MATCH_epc=https://shop.example.cn/00/040123450000003338',
    'MATCH_epc=urn:epc:idpat:sgtin:4012345.011111.*',
    'MATCH_epc=urn:epc:idpat:sgtin:4012345.*.*',
    'MATCH_anyEPC=urn:epc:idpat:sscc:*.*',
    'MATCH_epcClass=https://id.gs1.org/01/04012345123456/10/998877',
    'MATCH_anyEPCClass=urn:epc:idpat:sgtin:4012345.098765.*',
    'EQ_quantity=20.5&LT_quantity=4',
    'EQ_quantity=3&GT_quantity_KGM=20&LT_quantity_TNE=0.0205001&GE_quantity_GRM=20500',
    'EXISTS_sensorElementList=&EQ_type=Temperature&EQ_deviceID=https://id.gs1.org/8004/4000001111',
    'EQ_value_KEL=255&LE_value_CEL=-18.15&LT_value_FAH=0&GE_maxValue_KMH=90',
    'LT_time=2026-11-26T01:00:01Z',
    'EQ_readPoint_ex:dock=7',
    'EQ_INNER_ILMD_ex:number=12.50&GT_INNER_ILMD_ex:number=12&EXISTS_ILMD_ex:batch=',
    'EXISTS_errorDeclaration=false',
    'EQ_ex:top=1&LE_sDev_KEL=0.25&LT_sDev_FAH=0.46',
    'LT_INNER_ex:began=2026-11-26T00:00:01Z&EQ_SENSORREPORT_ex:probe=core|skin',
  ])('finds it by %s', (text) => {
    expect(isFound(text)).toBe(true);
  });

  it.each([
    'eventType=AggregationEvent',
    'LT_eventTime=2026-11-26T01:30:00Z',
    'EQ_action=OBSERVE|DELETE',
    'EQ_bizStep=receiving&EQ_disposition=in_transit',
    'EQ_persistentDisposition_unset=completeness_verified',
    'EQ_readPoint=urn:epc:id:sgln:4012345.00011.0',
    'EQ_bizTransaction_inv=https://example.cn/po/1',
    'MATCH_epc=urn:epc:idpat:sgtin:4012345.011112.*',
    'MATCH_epc=urn:epc:idpat:sgtin:4012346.*.*',
    'MATCH_parentID=urn:epc:idpat:sscc:*.*',
    'MATCH_epcClass=https://id.gs1.org/01/04012345123456',
    // Scatter by a quarter of a degree is not scatter by as many kelvin as the zero is away.
    'GT_sDev_KEL=1',
    'EQ_INNER_ex:top=1',
    'EQ_quantity=20.51',
    'GT_quantity_MTR=0',
    'EQ_value_KEL=255.0000000000000000000000001',
    'EXISTS_errorDeclaration=',
    'EQ_ex:shift=x',
    'EQ_ILMD_ex:number=12.5',
    'HASATTR_ex:shift=x',
    'EQ_ATTR_shift_x=y',
  ])('does not find it by %s', (text) => {
    expect(isFound(text)).toBe(false);
  });

  it.each([
    ['EQ_biz=1', 'no query parameter "EQ_biz"'],
    ['EQ_action=MOVE', 'ADD, OBSERVE or DELETE'],
    ['EQ_bizStep=recieving', 'no term'],
    ['GE_eventTime=yesterday', 'one time'],
    ['MATCH_epc=abc', 'no URI'],
    ['MATCH_epc=urn:epc:id:sscc:4012345.1', 'not a valid'],
    ['MATCH_epc=urn:epc:idpat:constructor:*.*', 'not supported'],
    ['GT_quantity_KGM=1|2', 'One value'],
    ['GT_value_CEL=warm', 'a number'],
    ['EQ_meanValue_CEL=1', 'no query parameter'],
    ['EQ_no:field=1', 'prefix "no"'],
    ['eventCountLimit=5', 'orderBy'],
    ['eventCountLimit=5&maxEventCount=5&orderBy=eventTime', 'exclude each other'],
    ['orderBy=bizStep', 'ordered by'],
    ['EQ_action=ADD&EQ_action=ADD', 'twice'],
  ])('refuses %s, and says why', (text, said) => {
    const { query, problems } = ask(text);
    expect(query).toBeUndefined();
    expect(problems.map(({ en }) => en).join()).toContain(said);
    expect(problems[0]).toMatchObject({ rule: 'QueryParameterException' });
  });
});

describe('measurements', () => {
  it('compare exactly across units, in both directions', () => {
    const digits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(digits, fc.constantFrom('0', '0.000000000000000001'), (value, more) => {
        const celsius = { value: `${value}`, unit: 'CEL' };
        const kelvin = { value: `${value + 273n}.15`, unit: 'KEL' };
        if (value + 273n >= 0n) {
          expect(compareMeasures(celsius, kelvin)).toBe(0);
          const warmer = { value: `${value + 273n}.15${more.slice(2)}`, unit: 'KEL' };
          expect(compareMeasures(celsius, warmer)).toBe(more === '0' ? 0 : -1);
        }
        const metres = { value: `${value}e-3`, unit: 'KMT' };
        expect(compareMeasures(metres, { value: `${value}`, unit: 'MTR' })).toBe(0);
      }),
    );
    for (const [one, other] of [
      ['14.5 PS', '1 BAR'],
      ['1013.25 A97', '14.7 PS'],
      ['760 KPA', '7.6001 BAR'],
    ] as const) {
      const measureOf = (text: string) => {
        const [value = '', unit] = text.split(' ');
        return { value, unit };
      };
      expect(compareMeasures(measureOf(one), measureOf(other)), one).toBe(-1);
    }
    const hour = { value: '1', unit: 'KWH' };
    expect(compareMeasures(hour, { value: '3600000', unit: 'JOU' })).toBe(0);
    expect(compareMeasures(hour, { value: '3.6', unit: '3B' })).toBe(0);
    expect(compareMeasures({ value: '1', unit: 'QQ' }, { value: '1.0', unit: 'QQ' })).toBe(0);
    expect(
      compareMeasures({ value: '1', unit: 'QQ' }, { value: '1', unit: 'KGM' }),
    ).toBeUndefined();
    expect(compareMeasures({ value: '1' }, { value: '1', unit: 'KGM' })).toBeUndefined();
  });
});

/** A name that a pattern of the schema takes. */
function nameOf(pattern: string): string {
  return pattern
    .slice(1, -1)
    .replace('[a-z][a-zA-Z0-9]*:\\w+', 'ex:field')
    .replace('[a-z][a-zA-Z0-9_]+', 'po')
    .replace('[A-Z0-9]{2,4}', 'CEL')
    .replace('\\w+_\\w+', 'field_attr');
}

describe.skipIf(!hasPublished)('beside the published query schema', () => {
  // The file escapes the names of extensions twice, so that as it stands no name would do.
  const text = hasPublished ? published('query-schema.json').toString() : '{}';
  const once = text.replaceAll('\\\\\\\\:', ':').replaceAll('\\\\\\\\w', '\\\\w');
  const schema = JSON.parse(once);
  const query = schema.definitions?.['EPCIS-Query'] ?? { properties: {}, patternProperties: {} };
  const names = [
    ...Object.keys(query.properties).filter((name) => name !== '@context'),
    ...Object.keys(query.patternProperties).map(nameOf),
  ];
  const values: unknown[] = [
    null,
    1,
    1.5,
    'x',
    '2026-11-26T09:30:00Z',
    'eventTime',
    'DESC',
    true,
    [],
    ['x'],
    ['urn:x:y'],
    [1.5],
    ['ADD'],
    ['receiving'],
    ['in_transit'],
    ['Temperature'],
    ['incorrect_data'],
    ['ObjectEvent'],
    {},
  ];
  // What any text or number would do for in the schema, and the standard says more of.
  const narrower = ['orderBy', 'eventCountLimit', 'maxEventCount'];

  it('knows every name, and judges each value as the schema does', () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const isValid = ajv.compile(schema);
    expect(names).toHaveLength(60 + 108);
    const answers = names.flatMap((name) => values.map((value) => ({ name, value })));
    for (const { name, value } of answers.filter((one) => !narrower.includes(one.name))) {
      const asked = { '@context': prefixes, [name]: value };
      const { problems } = queryOfJson(readExactJson(JSON.stringify(asked)).value ?? null);
      const said = JSON.stringify([name, value, problems]);
      expect(problems.length === 0, said).toBe(isValid(asked));
    }
    for (const name of names) {
      const isTaken = values.some((value) => {
        const asked = { '@context': prefixes, orderBy: 'eventTime', [name]: value };
        return queryOfJson(readExactJson(JSON.stringify(asked)).value ?? null).query !== undefined;
      });
      expect(isTaken, name).toBe(true);
      expect(queryOfUrl([[`${name}x-`, 'x']], prefixes).query, name).toBeUndefined();
    }
  });

  it('is written in JSON as a URL has it, whatever form the name has there', () => {
    const plain = names.filter((name) => !name.includes(':'));
    const texts = values.flatMap((value) => (typeof value === 'object' ? value : [`${value}`]));
    let taken = 0;
    for (const name of plain) {
      for (const text of [...texts, 'urn:x:y|urn:x:z', '1.5|-2', 'a|b']) {
        const parameters = [['orderBy', 'eventTime'] as const, [name, `${text}`] as const];
        const asked = name === 'orderBy' ? parameters.slice(1) : parameters;
        const { query: found } = queryOfUrl(asked);
        if (!found) continue;
        taken += 1;
        const written = readExactJson(JSON.stringify(queryAsJson(asked))).value ?? null;
        const said = queryOfJson(written);
        expect(said.problems, `${name} ${text}`).toEqual([]);
        expect(JSON.stringify(said.query), `${name} ${text}`).toBe(JSON.stringify(found));
      }
    }
    expect(taken).toBeGreaterThan(plain.length);
  });

  it('never throws on a query, whatever is in it', () => {
    const anyName = fc.oneof(fc.constantFrom(...names, '__proto__', ''), fc.string());
    fc.assert(
      fc.property(fc.dictionary(anyName, fc.jsonValue({ maxDepth: 3 })), (asked) => {
        const text = JSON.stringify({ '@context': prefixes, ...asked });
        const { value } = readExactJson(text);
        if (value === undefined) return;
        const { query: found } = queryOfJson(value);
        if (found && received) matches(received, found);
      }),
      { numRuns: 2_000 },
    );
  });
});
