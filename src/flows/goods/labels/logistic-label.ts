import { accepted, type Parsed, refused } from '../../../kernel/index.ts';
import { type Attributes, elementsOf } from './element-string.ts';
import { letter, letterLines } from './lettering.ts';
import { type Barcode, barWidths, symbolOfElements } from './symbols.ts';

/** What a logistic label says beside its codes: free text on top, five lines of 97 mm. */
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
  | { is: 'text'; text: string; outline: string };

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
  const text = await writeLines(lines);
  if (!text.ok) return text;
  const shapes = [...text.value];
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

/** Free text on top; what is too long for a line goes on in the next. */
async function writeLines(texts: readonly string[]): Promise<Parsed<Shape[]>> {
  const shapes: Shape[] = [];
  for (const text of texts) {
    const y = MARGIN + (shapes.length + 1) * LINE;
    const box = { x: MARGIN, y, most: WIDTH - 2 * MARGIN, leading: LINE };
    const lines = await letterLines(text, box, TEXT_MM);
    if (!lines.ok) return lines;
    for (const line of lines.value) {
      shapes.push({ is: 'text', text: line.text, outline: line.outline });
    }
    if (shapes.length > MOST_LINES) {
      const zh = `文字至多 ${MOST_LINES} 行，每行 ${box.most} 毫米(约 26 个汉字)。`;
      return refused(zh, `At most ${MOST_LINES} lines of text, each ${box.most} mm wide.`);
    }
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
  const { readable } = symbol;
  const written = await letter(readable, left, top + BAR_HEIGHT + TEXT_MM + 0.6, TEXT_MM);
  if (!written.ok) return written;
  return accepted([...shapes, { is: 'text', text: readable, outline: written.value.outline }]);
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** As SVG, in millimetres. */
export async function logisticLabelSvg(label: LogisticLabel): Promise<Parsed<string>> {
  const shapes = await shapesOf(label);
  if (!shapes.ok) return shapes;
  const mm = (value: number) => Number(value.toFixed(4));
  const bars = shapes.value.flatMap((shape) =>
    shape.is === 'bar'
      ? `<rect x="${mm(shape.x)}" y="${mm(shape.y)}" width="${mm(shape.width)}" ` +
        `height="${mm(shape.height)}"/>`
      : [],
  );
  const texts = shapes.value.flatMap((shape) =>
    shape.is === 'text'
      ? `<path role="img" aria-label="${escaped(shape.text)}" d="${shape.outline}"/>`
      : [],
  );
  return accepted(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}mm" height="${HEIGHT}mm" ` +
      `viewBox="0 0 ${WIDTH} ${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>` +
      `<g shape-rendering="crispEdges">${bars.join('')}</g>${texts.join('')}</svg>\n`,
  );
}

/** Pixels a module, so that each bar begins and ends at one: 308 to the inch. */
const PIXELS = 6;

/** As PNG, to be printed 105 mm wide. */
export async function logisticLabelPng(label: LogisticLabel): Promise<Parsed<Uint8Array>> {
  const svg = await logisticLabelSvg(label);
  if (!svg.ok) return svg;
  const { Resvg } = await import('@resvg/resvg-js');
  const width = Math.round((WIDTH * PIXELS) / MODULE);
  const options = {
    fitTo: { mode: 'width', value: width },
    font: { loadSystemFonts: false },
  } as const;
  return accepted(new Resvg(svg.value, options).render().asPng());
}

const POINTS = 72 / 25.4;

/**
 * As PDF with vector bars and letters.
 * @param made_at the date that the file carries
 */
export async function logisticLabelPdf(
  label: LogisticLabel,
  made_at: Date,
): Promise<Parsed<Uint8Array>> {
  const shapes = await shapesOf(label);
  if (!shapes.ok) return shapes;
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
  page.scale(POINTS);
  for (const shape of shapes.value) {
    if (shape.is === 'bar') page.rect(shape.x, shape.y, shape.width, shape.height);
    else page.path(shape.outline);
    page.fill('#000');
  }
  page.end();
  await done;
  return accepted(Buffer.concat(pieces));
}
