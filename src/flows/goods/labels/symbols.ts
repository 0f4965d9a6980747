import type { RenderOptions } from 'bwip-js/node';
import { accepted, type Parsed, refused } from '../../../kernel/index.ts';
import { writeDigitalLink } from '../epcis/identity/digital-link.ts';
import { readIdentity } from '../epcis/identity/identity.ts';
import { type Attributes, type Element, elementsOf, readable } from './element-string.ts';

export type SymbolKind = 'gs1_128' | 'gs1_datamatrix' | 'digital_link_qr';

/** A symbol to print: what a scanner reads out, and what a person reads beside it. */
export type Barcode = {
  readonly kind: SymbolKind;
  readonly text: string;
  readonly readable: string;
};

/** Data characters that a GS1-128 symbol may have (General Specifications, 5.4). */
const MOST_CHARACTERS = 48;

/**
 * A checked symbol of an item. A QR Code carries the item's Digital Link under `stem` (the brand's
 * own resolver, or GS1's), which has no attributes; the other two carry element strings.
 */
export function symbolOf(
  kind: SymbolKind,
  item: string,
  attributes: Attributes = {},
  stem?: string,
): Parsed<Barcode> {
  const elements = elementsOf(item, attributes);
  if (!elements.ok) return elements;
  if (kind !== 'digital_link_qr') return symbolOfElements(kind, elements.value);
  const identity = readIdentity(item);
  if (!identity?.ok) return refused('这个标识不含 GS1 编码。', 'There is no GS1 key in it.');
  if (Object.keys(attributes).length > 0) {
    const zh = '数字链接二维码只含标识，不含日期、重量和数量。';
    return refused(zh, 'A Digital Link symbol carries the identity and no attributes.');
  }
  const link = writeDigitalLink(identity.value, stem);
  return accepted({ kind, text: link, readable: readable(elements.value) });
}

export function symbolOfElements(
  kind: Exclude<SymbolKind, 'digital_link_qr'>,
  elements: readonly Element[],
): Parsed<Barcode> {
  const text = readable(elements);
  const characters = elements.reduce((sum, { ai, value }) => sum + ai.length + value.length, 0);
  if (kind === 'gs1_128' && characters > MOST_CHARACTERS) {
    const zh = `一个 GS1-128 条码至多 ${MOST_CHARACTERS} 个字符，这里有 ${characters} 个。`;
    const en = `GS1-128 has at most ${MOST_CHARACTERS} characters; these are ${characters}.`;
    return refused(zh, en);
  }
  return accepted({ kind, text, readable: text });
}

/** Every symbology there is takes its time to load: only where something is printed. */
const encoder = async () => (await import('bwip-js/node')).default;

/** As a picture that scales: bars without the text, which stands beside it on a page. */
export async function symbolSvg(symbol: Barcode): Promise<string> {
  const bwip = await encoder();
  return bwip.toSVG(optionsOf(symbol));
}

/** @param pixels a side of the smallest element (X-dimension) in pixels */
export async function symbolPng(symbol: Barcode, pixels = 4): Promise<Uint8Array> {
  const bwip = await encoder();
  return bwip.toBuffer({ ...optionsOf(symbol), scale: pixels });
}

function optionsOf({ kind, text }: Barcode): RenderOptions {
  // Quiet zones of 10 X, 1 X and 4 X (General Specifications, section 5).
  const quiet = { gs1_128: 10, gs1_datamatrix: 1, digital_link_qr: 4 }[kind];
  const bcid = { gs1_128: 'gs1-128', gs1_datamatrix: 'gs1datamatrix', digital_link_qr: 'qrcode' };
  const room = { paddingwidth: quiet, paddingheight: kind === 'gs1_128' ? 0 : quiet };
  const level = kind === 'digital_link_qr' ? { eclevel: 'M' } : {};
  return { bcid: bcid[kind], text, ...room, ...level, backgroundcolor: 'FFFFFF' } as RenderOptions;
}

/** Widths of bars and spaces in turn, in modules, of a GS1-128 symbol. */
export async function barWidths(symbol: Barcode): Promise<number[]> {
  const bwip = await encoder();
  const [found] = bwip.raw({ bcid: 'gs1-128', text: symbol.text } as RenderOptions) as {
    sbs: number[];
  }[];
  return found?.sbs ?? [];
}
