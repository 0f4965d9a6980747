import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIncoming } from './incoming.ts';
import { DOCUMENTS, ORDER } from './testing.ts';
import { writeTradeDocument } from './ubl/out/document.ts';
import { all, everyElement, first, type XmlElement } from './ubl/tree.ts';
import { writeXml } from './ubl/write-xml.ts';

function encode(root: XmlElement): Uint8Array {
  return new TextEncoder().encode(writeXml(root));
}

const anyDocument = fc.constantFrom(...DOCUMENTS);
/** Values that sit at the edges of what the rules compare and compute with. */
const edge = fc.constantFrom(
  '',
  ' ',
  '-0',
  '0',
  '+.5',
  '5.',
  '9'.repeat(30),
  `0.${'0'.repeat(29)}1`,
  '1e5',
  'NaN',
  '2026-02-29',
  '24:00:00',
  'true',
  '𠮷'.repeat(600),
  '__proto__',
);

describe('what comes in', () => {
  it('is told by its bytes, not by its name', async () => {
    const xml = encode(writeTradeDocument(ORDER, 'peppol'));
    expect(await readIncoming(xml)).toMatchObject({ kind: 'order', format: 'peppol', errors: [] });
    expect(await readIncoming(Buffer.from('  \n<a/>'))).toMatchObject({ kind: 'unreadable' });
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a/>', 'utf16le')]);
    const { errors } = await readIncoming(wide);
    expect(errors[0]?.rule).toBe('UBL-TYPE');
    expect((await readIncoming(Buffer.from('a,b'))).errors[0]?.rule).toBe('SHEET-HEADINGS');
  });

  it('a document of UBL that is no trade is kept', async () => {
    const namespace = 'urn:oasis:names:specification:ubl:schema:xsd:RemittanceAdvice-2';
    const incoming = await readIncoming(Buffer.from(`<RemittanceAdvice xmlns="${namespace}"/>`));
    expect(incoming).toMatchObject({ kind: 'kept', format: 'ubl', errors: [] });
  });

  it('says which field is missing when UBL is content and trade is not', async () => {
    const root = writeTradeDocument(ORDER, 'ubl');
    const drop = (node: XmlElement, name: string) => {
      node.children = node.children.filter((c) => typeof c === 'string' || c.name !== name);
    };
    drop(root, 'cbc:DocumentCurrencyCode');
    for (const element of everyElement(root)) {
      element.attributes = element.attributes?.filter(({ name }) => name !== 'currencyID') ?? [];
    }
    const { kind, errors } = await readIncoming(encode(root));
    expect(kind).toBe('unreadable');
    expect(errors.length).toBeGreaterThan(0);
  });

  it('keeps an extension that nobody here knows', async () => {
    const root = writeTradeDocument(ORDER, 'peppol');
    const content = { name: '{urn:test:ext}Cold', children: ['-18'] };
    root.children.unshift({
      name: 'ext:UBLExtensions',
      children: [
        {
          name: 'ext:UBLExtension',
          children: [{ name: 'ext:ExtensionContent', children: [content] }],
        },
      ],
    });
    const { tree, errors } = await readIncoming(encode(root));
    expect(errors).toEqual([]);
    const path = 'ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent';
    const kept = tree === null ? undefined : first(tree, path);
    expect(all(kept, '{urn:test:ext}Cold')[0]?.children).toEqual(['-18']);
  });

  it('never throws, whatever values stand in the elements', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyDocument,
        fc.array(fc.tuple(fc.nat(400), edge), { minLength: 1, maxLength: 6 }),
        async (document, changes) => {
          const root = writeTradeDocument(document, 'peppol');
          const leaves = [...everyElement(root)].filter(({ name }) => name.startsWith('cbc:'));
          for (const [at, value] of changes) {
            const leaf = leaves[at % leaves.length];
            if (leaf !== undefined) leaf.children = [value];
          }
          const { errors } = await readIncoming(encode(root));
          for (const { zh, en, path } of errors) expect(zh && en && path).toBeTruthy();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never throws, whatever bytes are changed or elements taken out', async () => {
    const change = fc.tuple(fc.nat(20_000), fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(
        anyDocument,
        fc.array(change, { maxLength: 4 }),
        fc.nat(200),
        async (document, changes, taken) => {
          const root = writeTradeDocument(document, 'ubl');
          const parents = [...everyElement(root)].filter(({ name }) => !name.startsWith('cbc:'));
          parents[taken % parents.length]?.children.pop();
          const bytes = encode(root);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          expect((await readIncoming(bytes)).kind).toBeDefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});
