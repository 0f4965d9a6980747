import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { elementsOf, readable } from './element-string.ts';
import { logisticLabelPdf, logisticLabelPng, logisticLabelSvg } from './logistic-label.ts';
import { type SymbolKind, symbolOf, symbolPng, symbolSvg } from './symbols.ts';

const bread = 'https://id.gs1.org/01/06901234567892/10/B1/21/7';
const sscc = 'https://id.gs1.org/00/106901234567890128';
const label = {
  item: sscc,
  attributes: { content: { gtin: '6901234567892', count: 40 } },
  lines: ['From: Bakery', 'To: Shop A'],
};

const hri = (...given: Parameters<typeof elementsOf>) => {
  const found = elementsOf(...given);
  return found.ok ? readable(found.value) : found.reason.en;
};

beforeAll(() => {
  const path = import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({
    overrides: { wasmBinary: readFileSync(new URL(path)).buffer as ArrayBuffer },
  });
});

describe('what is printed is checked first', () => {
  it('has identifiers in parentheses, in the order in which they are encoded', () => {
    const given = { produced_on: '2026-03-01', best_before: '2026-03-09', net_kg: '1.250' };
    expect(hri(bread, given)).toBe('(01)06901234567892(10)B1(21)7(11)260301(15)260309(3102)000125');
    expect(hri('urn:epc:id:sscc:6901234.1567890123')).toBe('(00)169012345678901235');
  });

  it.each([
    ['urn:uuid:1', {}, 'There is no GS1 key in this identifier.'],
    ['https://id.gs1.org/01/06901234567893', {}, 'check digit'],
    [bread, { best_before: '2026-02-30' }, 'no such day'],
    [bread, { net_kg: '1234567' }, 'at most 6 digits'],
    [bread, { content: { gtin: '6901234567892', count: 1 } }, 'logistic unit'],
    [sscc, { best_before: '2026-03-09' }, 'trade item'],
    [sscc, { content_lot: 'B1' }, 'needs contained items'],
    [sscc, { content: { gtin: '6901234567893', count: 1 } }, 'check digit'],
    [sscc, { content: { gtin: '6901234567892', count: 0 } }, 'from 1 to'],
    ['https://id.gs1.org/01/06901234567892/10/A(1)', {}, 'Parentheses'],
  ])('%s with %o is refused', (item, given, reason) => {
    expect(hri(item, given)).toContain(reason);
  });
});

describe('a scanner reads what was asked for', () => {
  const scan = async (kind: SymbolKind, ...rest: [string, object?, string?]) => {
    const symbol = symbolOf(kind, ...rest);
    if (!symbol.ok) throw new Error(symbol.reason.en);
    const [found] = await readBarcodes(await symbolPng(symbol.value), { textMode: 'HRI' });
    return `${found?.format} ${found?.text}`;
  };

  it('in GS1-128, with what has no fixed length in the middle', async () => {
    const text = '(01)06901234567892(10)B1(21)7(15)260309';
    expect(await scan('gs1_128', bread, { best_before: '2026-03-09' })).toBe(`Code128 ${text}`);
  });

  it('in GS1 DataMatrix', async () => {
    expect(await scan('gs1_datamatrix', bread)).toBe('DataMatrix (01)06901234567892(10)B1(21)7');
  });

  it('in a QR Code with a Digital Link of the brand', async () => {
    expect(await scan('digital_link_qr', bread, {}, 'https://bakery.example')).toBe(
      'QRCode https://bakery.example/01/06901234567892/10/B1/21/7',
    );
  });

  it('and no more goes into a GS1-128 symbol than the specifications allow', () => {
    const long = `https://id.gs1.org/01/06901234567892/10/${'L'.repeat(20)}/21/${'S'.repeat(20)}`;
    expect(symbolOf('gs1_128', long).ok).toBe(false);
    expect(symbolOf('gs1_datamatrix', long).ok).toBe(true);
  });

  it('is the same symbol as SVG', async () => {
    const symbol = symbolOf('gs1_datamatrix', bread);
    expect(symbol.ok && (await symbolSvg(symbol.value))).toMatch(/^<svg /);
  });
});

describe('the label of a pallet', () => {
  it('has bars of the least size that a logistic unit may have, quiet zones and text', async () => {
    const svg = await logisticLabelSvg({ ...label, lines: ['面包 <40箱>'] });
    if (!svg.ok) throw new Error(svg.reason.en);
    const texts = [...svg.value.matchAll(/aria-label="([^"]*)" d="M/g)].map(([, text]) => text);
    expect(texts).toEqual([
      '面包 &lt;40箱&gt;',
      '(00)106901234567890128',
      '(02)06901234567892(37)40',
    ]);
    const bars = [
      ...svg.value.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="31.75"/g),
    ];
    expect(Math.min(...bars.map(([, , width]) => Number(width)))).toBe(0.495);
    const left = Math.min(...bars.map(([, x]) => Number(x)));
    const right = Math.max(...bars.map(([, x, width]) => Number(x) + Number(width)));
    expect(left).toBeGreaterThanOrEqual(4.95);
    expect(right).toBeLessThanOrEqual(105 - 4.95 + 1e-3);
  });

  it('is read by a scanner, both codes of it', async () => {
    const svg = await logisticLabelSvg(label);
    if (!svg.ok) throw new Error(svg.reason.en);
    const found = await readBarcodes(drawn(svg.value), { textMode: 'HRI' });
    expect(found.map(({ text }) => text).sort()).toEqual([
      '(00)106901234567890128',
      '(02)06901234567892(37)40',
    ]);
  });

  it('goes on in the next line where a line is full', async () => {
    const text =
      '收货：郑州市示范区第一配送中心冷冻食品收货月台三号门，午后到货 Please ring twice at gate 3';
    const svg = await logisticLabelSvg({ ...label, lines: [text, 'B'] });
    if (!svg.ok) throw new Error(svg.reason.en);
    const texts = [...svg.value.matchAll(/aria-label="([^"]*)" d="M/g)].map(([, line]) => line);
    expect(texts.slice(0, 4)).toEqual([
      '收货：郑州市示范区第一配送中心冷冻食品收货月台三号',
      '门，午后到货 Please ring twice at gate 3',
      'B',
      '(00)106901234567890128',
    ]);
  });

  it('is read from its picture too, with a name in Chinese', async () => {
    const png = await logisticLabelPng({ ...label, lines: ['速冻水饺 40箱', '发往：郑州一号店'] });
    if (!png.ok) throw new Error(png.reason.en);
    const found = await readBarcodes(png.value, { textMode: 'HRI' });
    expect(found.map(({ text }) => text).sort()).toEqual([
      '(00)106901234567890128',
      '(02)06901234567892(37)40',
    ]);
  });

  it('is a PDF of one A6 page, the same each time', async () => {
    const made = new Date('2026-03-02T08:00:00.000Z');
    const [one, other] = [await logisticLabelPdf(label, made), await logisticLabelPdf(label, made)];
    if (!one.ok || !other.ok) throw new Error('refused');
    const text = Buffer.from(one.value).toString('latin1');
    expect(text).toMatch(/^%PDF-1/);
    expect(text).toMatch(/\/MediaBox \[0 0 297\.6\d* 419\.5\d*\]/);
    expect(Buffer.from(other.value).equals(Buffer.from(one.value))).toBe(true);
  });

  it('refuses what it cannot print rather than making it small', async () => {
    const lot = { ...label.attributes, content_lot: 'L'.repeat(20) };
    const wide = await logisticLabelSvg({ ...label, attributes: lot });
    expect(wide.ok ? '' : wide.reason.en).toContain('does not fit on A6');
    const reason = async (...lines: string[]) => {
      const found = await logisticLabelPdf({ ...label, lines }, new Date(0));
      return found.ok ? '' : found.reason.en;
    };
    expect(await reason('a', '面'.repeat(4 * 26))).toBe('');
    expect(await reason('a', '面'.repeat(4 * 26 + 1))).toContain('5 lines');
    expect(await reason('a', 'b', 'c', 'd', 'e', 'f')).toContain('5 lines');
    expect(await reason('面包\u{20bb7}')).toContain('(U+20BB7)');
    expect((await logisticLabelSvg({ ...label, item: bread })).ok).toBe(false);
  });
});

type Picture = Parameters<typeof readBarcodes>[0];

/** The bars of a label as a picture, four pixels a module. */
function drawn(svg: string): Picture {
  const scale = 4 / 0.495;
  const [width, height] = [Math.round(105 * scale), Math.round(148 * scale)];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const bar = /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"\/>/g;
  for (const [, ...shown] of svg.matchAll(bar)) {
    const [x = 0, y = 0, wide = 0, high = 0] = shown.map((text) => Number(text) * scale);
    for (let row = Math.round(y); row < Math.round(y + high); row++) {
      const [from, to] = [Math.round(x), Math.round(x + wide)].map((at) => (row * width + at) * 4);
      for (let at = from as number; at < (to as number); at += 4) data.fill(0, at, at + 3);
    }
  }
  return { data, width, height, colorSpace: 'srgb' } as Picture;
}
