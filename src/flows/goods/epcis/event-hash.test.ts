import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpcisEvent } from './event.ts';
import { eventHash, prehash } from './event-hash.ts';
import { inMilliseconds, isAfter } from './instant.ts';
import { plainDecimal } from './plain-decimal.ts';
import { readEpcis } from './read.ts';
import { hasPublished, published, publishedFiles } from './testing.ts';
import { writeEpcisXml } from './write-xml.ts';

const linesOf = (name: string) => published(name).toString().trim().split('\n');

function eventsOf(bytes: Uint8Array): EpcisEvent[] {
  const { document, problems } = readEpcis(bytes);
  expect(problems).toEqual([]);
  return document?.events ?? [];
}

describe.skipIf(!hasPublished)('the hashes that the reference gives', () => {
  it.each(publishedFiles('hash', '.jsonld'))('%s, from JSON and from XML', (name) => {
    const events = eventsOf(published(name));
    const hashes = linesOf(name.replace('.jsonld', '.hashes'));
    expect(events.map(prehash)).toEqual(linesOf(name.replace('.jsonld', '.prehashes')));
    expect(events.map(eventHash)).toEqual(hashes);
    const { document } = readEpcis(published(name));
    if (!document) throw new Error('nothing was read');
    const { xml } = writeEpcisXml(document);
    expect(eventsOf(new TextEncoder().encode(xml)).map(eventHash)).toEqual(hashes);
  });
});

/** A pallet of dumplings leaves the factory; the same said twice, by two people. */
const said: EpcisEvent = {
  type: 'ObjectEvent',
  eventID: 'urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518',
  eventTime: '2026-11-26T09:30:00+08:00',
  eventTimeZoneOffset: '+08:00',
  recordTime: '2026-11-26T09:31:00+08:00',
  epcList: ['urn:epc:id:sscc:4012345.0000000333', 'urn:epc:id:sscc:4012345.0000000111'],
  action: 'OBSERVE',
  bizStep: 'shipping',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' },
  quantityList: [
    { epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: '20.50', uom: 'KGM' },
  ],
  bizTransactionList: [
    { type: 'po', id: 'urn:epcglobal:cbv:bt:4012345000054:88' },
    { type: 'desadv', id: 'https://example.cn/d/1' },
  ],
  ilmd: [{ name: '{https://example.cn/}batch', text: ' A1 ' }],
};
const saidOtherwise: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-11-26T01:30:00.0004Z',
  eventTimeZoneOffset: '+08:00',
  epcList: [
    'https://shop.example.cn/00/040123450000001112',
    'https://id.gs1.org/00/040123450000003338?x=1',
  ],
  action: 'OBSERVE',
  bizStep: 'urn:epcglobal:cbv:bizstep:shipping',
  readPoint: { id: 'https://id.gs1.org/414/4012345000054' },
  quantityList: [
    { epcClass: 'https://id.gs1.org/01/04012345123456/10/998877', quantity: '2.05e1', uom: 'KGM' },
  ],
  bizTransactionList: [
    { type: 'https://ref.gs1.org/cbv/BTT-desadv', id: 'https://example.cn/d/1' },
    { type: 'urn:epcglobal:cbv:btt:po', id: 'urn:epcglobal:cbv:bt:4012345000054:88' },
  ],
  ilmd: [{ name: '{https://example.cn/}batch', text: 'A1' }],
};

describe('the event hash', () => {
  it('is one for two writings of the same, and another once anything is said differently', () => {
    expect(prehash(said)).toBe(prehash(saidOtherwise));
    const changes: Partial<EpcisEvent>[] = [
      { eventTime: '2026-11-26T09:30:00.0005+08:00' },
      { action: 'ADD' },
      { epcList: said.epcList?.slice(1) ?? [] },
      { quantityList: [{ epcClass: 'https://id.gs1.org/01/04012345123456/10/998877' }] },
      { ilmd: [] },
      { extensions: [{ name: '{https://example.cn/}batch', text: 'A1' }] },
      { disposition: 'in_transit' },
    ];
    const hashes = changes.map((change) => eventHash({ ...said, ...change }));
    expect(new Set([eventHash(said), ...hashes]).size).toBe(changes.length + 1);
  });

  it('sorts by the bytes of UTF-8, beyond the first plane as well', () => {
    const name = (local: string) => ({ name: `{https://example.cn/}${local}`, text: 'x' });
    const event = { ...said, ilmd: [], extensions: [name('\u{20000}'), name('\uff21')] };
    expect(
      prehash(event).endsWith('{https://example.cn/}\uff21=x{https://example.cn/}\u{20000}=x'),
    ).toBe(true);
  });
});

describe('what the hash is made of', () => {
  it.each([
    ['26.0', '26'],
    ['-1.50E-1', '-0.15'],
    ['0.10000000000000000001', '0.10000000000000000001'],
    ['1e3', '1000'],
    ['-0.00', '0'],
    ['+.5', '0.5'],
  ])('%s is %s', (written, plain) => {
    expect(plainDecimal(written)).toBe(plain);
  });

  it('never writes out a number that would fill the memory', () => {
    for (const text of ['1e400000000', '1e9999', `1${'0'.repeat(401)}`, 'NaN', '', '.', '1e']) {
      expect(plainDecimal(text)).toBeUndefined();
    }
  });

  it('agrees with floats wherever they are exact', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -6, max: 6 }), (digits, power) => {
        const plain = plainDecimal(`${digits}e${power}`) ?? '';
        expect(Number(plain)).toBe(Number(`${digits}e${power}`) + 0);
        expect(plainDecimal(plain)).toBe(plain);
      }),
    );
  });

  it('rounds a half up at the fourth decimal, over midnight and the year as well', () => {
    expect(inMilliseconds('2026-12-31T23:59:59.9995+00:00')).toBe('2027-01-01T00:00:00.000Z');
    expect(inMilliseconds('2026-11-26T01:30:00.99949999-12:00')).toBe('2026-11-26T13:30:00.999Z');
    expect(inMilliseconds('2026-02-29T00:00:00Z')).toBeUndefined();
    expect(inMilliseconds('2026-11-26T09:30:00')).toBeUndefined();
    expect(isAfter('2026-11-26T09:30:00.0001+08:00', '2026-11-26T01:30:00Z')).toBe(true);
    expect(isAfter('2026-11-26T09:30:00.000+08:00', '2026-11-26T01:30:00Z')).toBe(false);
  });
});
