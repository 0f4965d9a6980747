import { z } from 'zod';
import { type BytesReply, type Parsed, route, type Tx } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { logisticLabelPdf, logisticLabelPng, logisticLabelSvg } from './labels/logistic-label.ts';
import { symbolOf, symbolPng, symbolSvg } from './labels/symbols.ts';

const item = z.string().trim().min(1).max(2_000);

const symbolQuery = z.object({
  kind: z.enum(['gs1_128', 'gs1_datamatrix', 'digital_link_qr']),
  item,
  format: z.enum(['svg', 'png']).default('svg'),
});
const palletQuery = z.object({
  item,
  /** Lines of free text on top; a bar stands between two. */
  lines: z.string().max(300).default(''),
  /** The trade items in it, how many, and their lot. */
  gtin: z.string().max(14).optional(),
  count: z.coerce.number().int().min(1).max(99_999_999).optional(),
  lot: z.string().max(20).optional(),
  format: z.enum(['svg', 'png', 'pdf']).default('pdf'),
});

/** @throws goods.label_refused with the reason */
function taken<Value>(found: Parsed<Value>): Value {
  if (!found.ok) throw fault('goods.label_refused', found.reason);
  return found.value;
}

const MEDIA = { svg: 'image/svg+xml', png: 'image/png', pdf: 'application/pdf' } as const;
const bytesOf = (written: string | Uint8Array) =>
  typeof written === 'string' ? new TextEncoder().encode(written) : written;

async function printSymbol(
  tx: Tx,
  { kind, item: named, format }: z.output<typeof symbolQuery>,
): Promise<BytesReply> {
  // A code on a pack leads to this platform's own pages, where the operator has said their address.
  const symbol = taken(symbolOf(kind, named, {}, tx.resolver ?? undefined));
  const written = format === 'svg' ? await symbolSvg(symbol) : await symbolPng(symbol);
  return { bytes: bytesOf(written), media_type: MEDIA[format], file_name: `${kind}.${format}` };
}

async function printPallet(
  tx: Tx,
  { item: named, lines, format, gtin, count, lot }: z.output<typeof palletQuery>,
): Promise<BytesReply> {
  const label = {
    item: named,
    lines: lines.split('|').filter((line) => line.trim() !== ''),
    attributes: {
      ...(gtin && count ? { content: { gtin, count } } : {}),
      ...(lot ? { content_lot: lot } : {}),
    },
  };
  const draw = {
    svg: () => logisticLabelSvg(label),
    png: () => logisticLabelPng(label),
    pdf: () => logisticLabelPdf(label, new Date(tx.now)),
  } as const;
  const bytes = bytesOf(taken<string | Uint8Array>(await draw[format]()));
  return { bytes, media_type: MEDIA[format], file_name: `pallet.${format}` };
}

const printing = {
  method: 'GET',
  permission: 'goods.label.read',
  reply: z.never(),
  faults: ['goods.label_refused'],
} as const;

/** What is stuck on goods: written from an identity alone, and kept nowhere. */
export const labelRoutes = [
  route({
    ...printing,
    id: 'label.symbol',
    path: '/api/v1/labels/symbol',
    summary: { zh: '条码：GS1-128、DataMatrix、二维码', en: 'A symbol: GS1-128, DataMatrix or QR' },
    query: symbolQuery,
    gives: [MEDIA.svg, MEDIA.png],
    run: (tx, { query }) => printSymbol(tx, query),
  }),
  route({
    ...printing,
    id: 'label.pallet',
    path: '/api/v1/labels/pallet',
    summary: { zh: '箱托标签（A6）', en: 'The label of a logistic unit, A6' },
    query: palletQuery,
    gives: [MEDIA.svg, MEDIA.png, MEDIA.pdf],
    run: (tx, { query }) => printPallet(tx, query),
  }),
];
