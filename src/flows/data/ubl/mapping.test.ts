import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../kernel/index.ts';
import { DOCUMENTS } from '../testing.ts';
import { readTradeDocument } from './in/document.ts';
import { writeTradeDocument } from './out/document.ts';
import { readXml } from './read-xml.ts';
import { isPeppol, validate } from './validate.ts';
import { writeXml } from './write-xml.ts';

const EXAMPLES = '../shared/data/ubl/examples';
const examples = existsSync(EXAMPLES) ? readdirSync(EXAMPLES) : [];
if (examples.length === 0) console.warn(`skipped: no published documents in ${EXAMPLES}`);

function sent(xml: string) {
  const { root } = readXml(new TextEncoder().encode(xml));
  if (root === undefined) throw new Error(xml);
  return root;
}

describe('writing a trade document', () => {
  it.each(DOCUMENTS)('$kind satisfies the rules of Peppol', (document) => {
    const root = sent(writeXml(writeTradeDocument(document, 'peppol')));
    expect(isPeppol(root)).toBe(document.kind !== 'receipt');
    expect(validate(root).errors).toEqual([]);
  });

  it.each(DOCUMENTS)('$kind is plain UBL too, and reads back', (document) => {
    const root = sent(writeXml(writeTradeDocument(document, 'ubl')));
    expect(validate(root).errors).toEqual([]);
    const again = readTradeDocument(root);
    expect(again?.errors).toBeUndefined();
    expect(again?.document).toMatchObject({ kind: document.kind, number: document.number });
    const rewritten = again?.document && writeTradeDocument(again.document, 'ubl');
    const final = readTradeDocument(rewritten ?? root)?.document;
    expect(final).toEqual(again?.document);
  });

  it('keeps what trade needs', () => {
    for (const document of DOCUMENTS) {
      const again = readTradeDocument(writeTradeDocument(document, 'peppol'))?.document;
      if (again === undefined || !('lines' in again) || !('lines' in document)) continue;
      const keys = ['line_id', 'quantity', 'unit', 'price', 'base_quantity', 'order_line_id'];
      const essence = (lines: readonly object[]) =>
        lines.map((line) =>
          Object.entries(line)
            .filter(([key]) => keys.includes(key))
            .sort(),
        );
      expect(essence(again.lines)).toEqual(essence(document.lines));
      expect(again.lines.map((line) => line.item.name)).toEqual(
        document.lines.map((line) => line.item.name),
      );
    }
  });
});

describe.skipIf(examples.length === 0)('reading published documents', () => {
  it.each(examples)('%s says what trade needs', (file) => {
    const root = sent(readFileSync(join(EXAMPLES, file), 'utf8'));
    const reading = readTradeDocument(root);
    if (file.includes('Remittance')) {
      expect(reading).toBeUndefined();
      return;
    }
    expect(reading?.errors).toBeUndefined();
    const document = reading?.document;
    expect(document?.number).not.toBe('');
    if (document !== undefined && 'lines' in document) {
      for (const line of document.lines) expect(line.line_id).not.toBe('');
    }
    const plain = document && writeTradeDocument(document, 'ubl');
    expect(plain && validate(plain).errors).toEqual([]);
    expect(plain && firstDifference(plain, sent(writeXml(plain)))).toBeUndefined();
  });
});
