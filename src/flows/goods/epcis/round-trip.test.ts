import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExactJson,
  firstDifference,
  type Problem,
  readExactJson,
  readXmlTree,
  WrittenNumber,
  type XmlElement,
} from '../../../kernel/index.ts';
import { STANDARD_CONTEXT } from './context.ts';
import { eventHash } from './event-hash.ts';
import { plainDecimal } from './plain-decimal.ts';
import { readEpcisJson } from './read-json.ts';
import { readEpcisXml } from './read-xml.ts';
import { standardPrefixes } from './reading.ts';
import { hasPublished, published, publishedFiles } from './testing.ts';
import { bareWord, type Vocabulary } from './vocabulary.ts';
import { writeEpcisJson } from './write-json.ts';
import { writeEpcisXml } from './write-xml.ts';

const jsonFiles = [...publishedFiles('examples', '.jsonld'), ...publishedFiles('hash', '.jsonld')];
// The capture job is an answer of a server, no document of events.
const xmlFiles = publishedFiles('examples-xml', '.xml').filter((name) => !/CaptureJob/.test(name));

const vocabularies: Vocabulary[] = [
  'bizStep',
  'disposition',
  'bizTransaction',
  'sourceDestination',
  'errorReason',
  'component',
  'measurement',
  'alert',
];

function expanded(text: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = text.indexOf(':');
  const namespace = prefixes.get(text.slice(0, colon));
  const uri = namespace === undefined ? text : namespace + text.slice(colon + 1);
  for (const vocabulary of vocabularies) {
    const word = uri.includes(':') ? bareWord(vocabulary, uri) : undefined;
    if (word !== undefined) return word;
  }
  return uri;
}

/** What JSON means: no order of members, a list of one as its item, numbers by value. */
function meaningOf(value: ExactJson | undefined, prefixes = standardPrefixes): unknown {
  if (value instanceof WrittenNumber) return `number ${plainDecimal(value.digits)}`;
  if (typeof value === 'string') return expanded(value, prefixes);
  if (Array.isArray(value)) {
    const items = value.map((one) => meaningOf(one, prefixes));
    return items.length === 1 ? items[0] : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const { '@context': context, ...members } = value;
  // Of the context counts what it declares, not in how many pieces.
  const pieces = (Array.isArray(context) ? context : []).flatMap((one) =>
    typeof one === 'object' ? Object.entries(one ?? {}) : [],
  );
  const own = pieces.filter(([name, uri]) => standardPrefixes.get(name) !== uri);
  const declared = own.filter((one): one is [string, string] => typeof one[1] === 'string');
  if (context !== undefined) prefixes = new Map([...standardPrefixes, ...declared]);
  const meaning: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) {
    meaning[name] = meaningOf(members[name], prefixes);
  }
  if (context !== undefined) meaning['@context'] = Object.fromEntries(own);
  return meaning;
}

/** What XML means: without wrappers, compact names written out, and texts without their margins. */
function meaningOfXml(element: XmlElement, outer = standardPrefixes): XmlElement {
  const prefixes = new Map([...outer, ...Object.entries(element.declarations ?? {})]);
  const children = element.children
    .flatMap((child) => {
      const isWrapper =
        typeof child !== 'string' && ['extension', 'baseExtension'].includes(child.name);
      return isWrapper ? child.children : [child];
    })
    .map((child) =>
      typeof child === 'string' ? expanded(child.trim(), prefixes) : meaningOfXml(child, prefixes),
    )
    .filter((child) => child !== '')
    .sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
  const attributes = (element.attributes ?? [])
    .filter(({ name }) => !name.endsWith('}schemaLocation'))
    .map(({ name, value }) => ({ name, value: expanded(value.trim(), prefixes) }));
  return { name: element.name, attributes, children };
}
const nameOf = (node: XmlElement | string) => (typeof node === 'string' ? '' : node.name);

const treeOf = (xml: string | Uint8Array) => {
  const bytes = typeof xml === 'string' ? new TextEncoder().encode(xml) : xml;
  const { root, problem } = readXmlTree(bytes, undefined, 'name');
  if (problem) throw new Error(problem.en);
  return root;
};
const viaXml = (xml: string) => readEpcisXml(new TextEncoder().encode(xml));

describe.skipIf(!hasPublished)('every published example goes in and comes out', () => {
  it.each(jsonFiles)('%s', (file) => {
    const text = published(file).toString();
    const { document, problems } = readEpcisJson(text);
    if (!document) throw new Error(JSON.stringify(problems));
    expect(problems).toEqual([]);
    const before = meaningOf(readExactJson(text).value);
    expect(meaningOf(readExactJson(writeEpcisJson(document)).value)).toEqual(before);
    const { xml, lost } = writeEpcisXml(document);
    expect(lost).toEqual([]);
    const again = viaXml(xml);
    expect(again.problems).toEqual([]);
    if (!again.document) throw new Error('nothing was read');
    expect(meaningOf(readExactJson(writeEpcisJson(again.document)).value)).toEqual(before);
    expect(again.document.events.map(eventHash)).toEqual(document.events.map(eventHash));
  });

  it.each(xmlFiles)('%s', (file) => {
    const bytes = published(file);
    const { document, problems } = readEpcisXml(bytes);
    if (!document) throw new Error(JSON.stringify(problems));
    expect(problems).toEqual([]);
    const before = meaningOfXml(treeOf(bytes));
    const out = (xml: string) => firstDifference(before, meaningOfXml(treeOf(xml)));
    expect(out(writeEpcisXml(document, 'Never_Translates').xml)).toBeUndefined();
    const again = readEpcisJson(writeEpcisJson(document));
    // The XSD lets a sensor report go without its type, the JSON schema does not.
    const isTypeless = ({ path }: Problem) => /sensorReport\[\d+\]$/.test(path);
    expect(again.problems.filter((one) => !isTypeless(one))).toEqual([]);
    if (!again.document) throw new Error('nothing was read');
    expect(out(writeEpcisXml(again.document).xml)).toBeUndefined();
    expect(again.document.events.map(eventHash)).toEqual(document.events.map(eventHash));
  });
});

/** What people put into extensions: anything that JSON can say, under names with their prefix. */
const local = fc.constantFrom('a', 'b', 'note', '\u6279\u53f7');
const words = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/g, '').trim());
const leaf = fc.oneof(words, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const extension = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(
    local.map((name) => `ex:${name}`),
    tie('value'),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
})).object;

describe('extensions of anybody', () => {
  it('go through JSON and XML without a loss, and leave the hash as it is', () => {
    fc.assert(
      fc.property(extension, extension, ({ ...members }, ilmd) => {
        const event = {
          '@context': [STANDARD_CONTEXT, { ex: 'https://example.cn/epcis/' }],
          type: 'ObjectEvent',
          eventTime: '2026-11-26T09:30:00.000+08:00',
          eventTimeZoneOffset: '+08:00',
          action: 'ADD',
          epcList: [],
          ilmd,
          ...(members as object),
        };
        const { document, problems } = readEpcisJson(JSON.stringify(event));
        expect(problems).toEqual([]);
        if (!document) throw new Error('nothing was read');
        const { xml, lost } = writeEpcisXml({ ...document, kind: 'EPCISDocument' });
        expect(lost).toEqual([]);
        const again = viaXml(xml).document;
        if (!again) throw new Error(xml);
        const before = writeEpcisJson({ ...document, kind: 'EPCISDocument' });
        const after = writeEpcisJson({ ...again, schemaVersion: '' });
        const eventIn = (text: string) => JSON.stringify(eventListOf(meaningOf(valueIn(text))));
        expect(eventIn(after)).toEqual(eventIn(before));
        expect(again.events.map(eventHash)).toEqual(document.events.map(eventHash));
      }),
      { numRuns: 300 },
    );
  });

  it('may be called as every object of the language has it', () => {
    const inner = '{"constructor":"Bob","toString":["1","2"]}';
    const text = `{"@context":["${STANDARD_CONTEXT}",{"ex":"https://example.cn/epcis/"}],
      "type":"ObjectEvent","eventTime":"2026-11-26T09:30:00.000+08:00",
      "eventTimeZoneOffset":"+08:00","action":"ADD","epcList":[],"ex:a":${inner}}`;
    const { document, problems } = readEpcisJson(text);
    expect(problems).toEqual([]);
    if (!document) throw new Error('nothing was read');
    expect(writeEpcisJson(document).replaceAll(/\s/g, '')).toContain(`"ex:a":${inner}`);
  });
});

const valueIn = (text: string) => readExactJson(text).value;
const eventListOf = (meaning: unknown) => (meaning as { epcisBody: unknown }).epcisBody;

describe('documents that no published example shows', () => {
  const event = {
    type: 'ObjectEvent',
    eventTime: '2026-11-26T09:30:00.000+08:00',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    epcList: ['urn:epc:id:sscc:4012345.0000000333'],
    certificationInfo: ['https://example.cn/c/1', 'https://example.cn/c/2'],
  };
  const head = { '@context': STANDARD_CONTEXT, schemaVersion: '2.0' };
  const day = { creationDate: '2026-11-26T09:31:00Z' };

  it.each([
    {
      ...head,
      ...day,
      type: 'EPCISQueryDocument',
      epcisBody: {
        queryResults: {
          queryName: 'SimpleEventQuery',
          subscriptionID: '7',
          resultsBody: {
            eventList: [event],
            vocabularyList: [{ type: 'urn:epcglobal:epcis:vtype:ReadPoint' }],
          },
        },
      },
    },
    {
      ...head,
      ...day,
      '@context': [STANDARD_CONTEXT, 'https://example.cn/context', { ex: 'https://example.cn/' }],
      type: 'EPCISDocument',
      sender: 'urn:epc:id:sgln:4012345.00005.0',
      epcisBody: {
        eventList: [event, { ...event, type: 'ex:WashingEvent', 'ex:degrees': 60 }],
      },
    },
  ])('come out as they went in: $type', (given) => {
    const text = JSON.stringify(given);
    const { document, problems } = readEpcisJson(text);
    expect(problems).toEqual([]);
    if (!document) throw new Error('nothing was read');
    const before = meaningOf(valueIn(text));
    expect(meaningOf(valueIn(writeEpcisJson(document)))).toEqual({
      ...(before as object),
      '@context': expect.anything(),
    });
    const { xml } = writeEpcisXml(document);
    const again = viaXml(xml);
    expect(again.problems).toEqual([]);
    expect(again.document).toEqual(document);
  });
});
