import { accepted, type Parsed, refused } from '../../../kernel/index.ts';
import { type Attributes, elementsOf } from './element-string.ts';
import { type Barcode, barWidths, symbolOfElements } from './symbols.ts';

/** What a logistic label says beside its codes: free lines on top, of at most 34 characters. */
export type LogisticLabel = {
  /** The SSCC, in any writing. */
  readonly item: string;
  readonly attributes?: Attributes;
  readonly lines: readonly string[];
};

/** A6, in millimetres. */
const WIDTH = 105;
const HEIGHT = 148;
/** The least X-dimension and bar height of a logistic unit (symbol specification table 5). */
const MODULE = 0.495;
const BAR_HEIGHT = 31.75;
const QUIET_MODULES = 10;
const MARGIN = 4;
const MOST_LINES = 5;
const LINE = 5;
const TEXT_MM = 3.6;

type Shape =
  | { is: 'bar'; x: number; y: number; width: number; height: number }
  | { is: 'text'; x: number; y: number; size: number; text: string };

/**
 * The label of a logistic unit on A6: free text, then the codes, the SSCC at the bottom (GS1
 * Logistic Label Guideline). Bars have the least size that the specifications allow, so that an
 * SSCC fits; what does not fit on A6 is refused, never made smaller.
 */
async function shapesOf(label: LogisticLabel): Promise<Parsed<Shape[]>> {
  const { item, attributes, lines } = label;
  const elements = elementsOf(item, attributes);
  if (!elements.ok) return elements;
  const [sscc, ...content] = elements.value;
  if (sscc?.ai !== '00') {
    return refused('物流标签须有 SSCC(00)。', 'A logistic label needs an SSCC (00).');
  }
  if (lines.length > MOST_LINES || lines.some((line) => [...line].length > 34)) {
    const zh = `文字至多 ${MOST_LINES} 行，每行至多 34 个字。`;
    return refused(zh, `At most ${MOST_LINES} lines of 34 characters.`);
  }
  const shapes: Shape[] = lines.map((text, at): Shape => {
    return { is: 'text', x: MARGIN, y: MARGIN + (at + 1) * LINE, size: TEXT_MM, text };
  });
  const symbols = [...(content.length > 0 ? [content] : []), [sscc]];
  let bottom = HEIGHT - MARGIN;
  for (const part of symbols.reverse()) {
    const symbol = symbolOfElements('gs1_128', part);
    if (!symbol.ok) return symbol;
    const top = bottom - BAR_HEIGHT - LINE;
    const drawn = await drawBars(symbol.value, top);
    if (!drawn.ok) return drawn;
    shapes.push(...drawn.value);
    bottom = top - LINE;
  }
  return accepted(shapes);
}

async function drawBars(symbol: Barcode, top: number): Promise<Parsed<Shape[]>> {
  const widths = await barWidths(symbol);
  const modules = widths.reduce((sum, width) => sum + width, 0);
  const all = (modules + 2 * QUIET_MODULES) * MODULE;
  if (all > WIDTH) {
    const zh = `${symbol.readable} 宽 ${all.toFixed(0)} 毫米，超出 A6 标签。`;
    return refused(zh, `${symbol.readable} is ${all.toFixed(0)} mm wide and does not fit on A6.`);
  }
  let x = (WIDTH - modules * MODULE) / 2;
  const left = x;
  const shapes: Shape[] = [];
  widths.forEach((modulesWide, at) => {
    const width = modulesWide * MODULE;
    if (at % 2 === 0) shapes.push({ is: 'bar', x, y: top, width, height: BAR_HEIGHT });
    x += width;
  });
  const y = top + BAR_HEIGHT + TEXT_MM + 0.6;
  shapes.push({ is: 'text', x: left, y, size: TEXT_MM, text: symbol.readable });
  return accepted(shapes);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** As SVG, in millimetres; Chinese text is set in a font of whoever shows or prints it. */
export async function logisticLabelSvg(label: LogisticLabel): Promise<Parsed<string>> {
  const shapes = await shapesOf(label);
  if (!shapes.ok) return shapes;
  const mm = (value: number) => Number(value.toFixed(4));
  const drawn = shapes.value.map((shape) =>
    shape.is === 'bar'
      ? `<rect x="${mm(shape.x)}" y="${mm(shape.y)}" width="${mm(shape.width)}" ` +
        `height="${mm(shape.height)}"/>`
      : `<text x="${mm(shape.x)}" y="${mm(shape.y)}" font-size="${shape.size}">` +
        `${escaped(shape.text)}</text>`,
  );
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${HEIGHT}mm" ` +
    `viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`;
  return accepted(`${head}${drawn.join('')}</svg>\n`);
}

const POINTS = 72 / 25.4;
// What the fonts that every PDF reader has can write.
const LATIN = /^[\x20-\x7e\xa0-\xff]*$/;

/**
 * As PDF with vector bars. Its text is Latin alone: a Chinese font would have to lie in the file,
 * so that a line with other characters is refused here, and is for the SVG.
 *
 * @param made_at the date that the file carries
 */
export async function logisticLabelPdf(
  label: LogisticLabel,
  made_at: Date,
): Promise<Parsed<Uint8Array>> {
  const shapes = await shapesOf(label);
  if (!shapes.ok) return shapes;
  if (label.lines.some((line) => !LATIN.test(line))) {
    const zh = 'PDF 标签只能印西文；含中文的标签请用 SVG。';
    return refused(zh, 'A PDF label has Latin text alone: take the SVG for other scripts.');
  }
  const { default: PDFDocument } = await import('pdfkit');
  const page = new PDFDocument({
    size: [WIDTH * POINTS, HEIGHT * POINTS],
    margin: 0,
    info: { CreationDate: made_at },
  });
  const pieces: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    page.on('data', (piece: Uint8Array) => pieces.push(piece));
    page.on('end', resolve);
    page.on('error', reject);
  });
  for (const shape of shapes.value) {
    const [x, y] = [shape.x * POINTS, shape.y * POINTS];
    if (shape.is === 'bar')
      page.rect(x, y, shape.width * POINTS, shape.height * POINTS).fill('#000');
    else {
      const size = shape.size * POINTS;
      page
        .font('Helvetica')
        .fontSize(size)
        .text(shape.text, x, y - size * 0.8, { lineBreak: false });
    }
  }
  page.end();
  await done;
  return accepted(Buffer.concat(pieces));
}
