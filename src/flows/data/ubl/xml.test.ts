import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalInMeaning, firstDifference } from '../../../kernel/index.ts';
import { readXml, XML_LIMITS } from './read-xml.ts';
import { text, type XmlElement } from './tree.ts';
import { writeXml } from './write-xml.ts';

const ORDER = 'urn:oasis:names:specification:ubl:schema:xsd:Order-2';
const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2';

function bytesOf(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function utf16(value: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(value.length * 2));
  for (let i = 0; i < value.length; i += 1)
    view.setUint16(i * 2, value.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

function read(value: string | Uint8Array): XmlElement {
  const outcome = readXml(typeof value === 'string' ? bytesOf(value) : value);
  if (outcome.root === undefined) throw new Error(JSON.stringify(outcome.problem));
  return outcome.root;
}

function ruleOf(value: string | Uint8Array): string | undefined {
  return readXml(typeof value === 'string' ? bytesOf(value) : value).problem?.rule;
}

const SMALL = `<Order xmlns="${ORDER}" xmlns:cbc="${CBC}"><cbc:ID>水饺 1</cbc:ID></Order>`;

describe('reading XML', () => {
  it('gives names whatever the prefixes', () => {
    const other = `<o:Order xmlns:o="${ORDER}"><x:ID xmlns:x="${CBC}">水饺 1</x:ID></o:Order>`;
    expect(read(SMALL).name).toBe('ubl:Order');
    expect(equalInMeaning(read(SMALL), read(other))).toBe(true);
    expect(equalInMeaning(read(SMALL), read(SMALL.replace('1<', '2<')))).toBe(false);
  });

  it('reads every encoding it names, with and without byte order mark', () => {
    const declared = `<?xml version="1.0" encoding="UTF-16"?>${SMALL}`;
    const gb = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="GB18030"?><a>`),
      Buffer.from([0xcb, 0xae, 0xbd, 0xc8]),
      Buffer.from('</a>'),
    ]);
    for (const bytes of [
      bytesOf(`\uFEFF${SMALL}`),
      utf16(`\uFEFF${SMALL}`, true),
      utf16(`\uFEFF${declared}`, false),
      utf16(declared, true),
      utf16(SMALL, false),
    ]) {
      expect(equalInMeaning(read(bytes), read(SMALL))).toBe(true);
    }
    expect(text(read(gb))).toBe('水饺');
  });

  it('refuses encodings that are wrong, unknown or contradict the bytes', () => {
    expect(ruleOf(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0xfe]))).toBe('XML-ENCODING');
    expect(ruleOf('<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>')).toBe('XML-ENCODING');
    expect(ruleOf('<?xml version="1.0" encoding="UTF-16"?><a/>')).toBe('XML-ENCODING');
    expect(ruleOf(utf16('<?xml version="1.0" encoding="UTF-8"?><a/>', true))).toBe('XML-ENCODING');
    expect(ruleOf(new Uint8Array([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]))).toBe('XML-ENCODING');
  });

  it('refuses bombs, entities and documents past the bounds', () => {
    const laughs = `<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;">]><a>&m;</a>`;
    expect(ruleOf(laughs)).toBe('XML-DOCTYPE');
    const outside = `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>`;
    expect(ruleOf(outside)).toBe('XML-DOCTYPE');
    expect(ruleOf('<a>&nbsp;</a>')).toBe('XML-SYNTAX');
    expect(ruleOf('<a>'.repeat(XML_LIMITS.depth + 1))).toBe('XML-DEPTH');
    expect(ruleOf(`<a>${'<b/>'.repeat(XML_LIMITS.elements)}</a>`)).toBe('XML-SIZE');
    const many = Array.from({ length: 65 }, (_, i) => ` a${i}=""`).join('');
    expect(ruleOf(`<a${many}/>`)).toBe('XML-SIZE');
    expect(ruleOf(new Uint8Array(XML_LIMITS.bytes + 1))).toBe('XML-SIZE');
    for (const broken of ['', ' ', 'hello', '<a', '<a></b>', '<a/><b/>', '<x:a/>', '\u0000']) {
      expect(ruleOf(broken)).toBe('XML-SYNTAX');
    }
  });

  it('keeps mixed content and CDATA of an extension as they are', () => {
    const mixed = '<a><b>one <i>two</i> <i>three</i></b><c><![CDATA[<&>]]> </c><d> </d></a>';
    const tree = read(mixed);
    expect(tree.children).toHaveLength(3);
    expect(firstDifference(tree, read(writeXml(tree)))).toBeUndefined();
    expect(writeXml(tree)).toContain('one <i>two</i> <i>three</i>');
  });
});

const content = fc.string({ unit: 'grapheme', maxLength: 20 }).map((value) =>
  // Control characters cannot be said in XML 1.0 at all.
  value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, ''),
);
const name = fc.constantFrom('cbc:ID', 'cac:Party', 'ext:UBLExtensions', '{urn:other}thing', '{}z');
const attributes = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('currencyID', 'unitCode', 'schemeID'), value: content }),
  { selector: (attribute) => attribute.name, maxLength: 3 },
);
const tree: fc.Arbitrary<XmlElement> = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc.record({
    name,
    attributes,
    children: fc.oneof(
      content.map((value) => (value === '' ? [] : [value])),
      fc.array(tie('element'), { maxLength: 4 }),
    ),
  }),
})).element;

describe('writing XML', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(tree, (element) => {
        const again = read(writeXml(element));
        expect(firstDifference(element, again)).toBeUndefined();
        expect(JSON.parse(JSON.stringify(again))).toEqual(again);
        expect(writeXml(read(writeXml(again)))).toBe(writeXml(again));
      }),
    );
  });

  it('survives any mutation of the bytes', () => {
    const whole = bytesOf(SMALL);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        const outcome = readXml(bytes);
        expect(outcome.root !== undefined || outcome.problem.zh.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
