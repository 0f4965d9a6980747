import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { decompress } from 'woff2-encoder';
import { accepted, type Parsed, refused } from '../../../kernel/index.ts';

/**
 * Noto Sans SC (SIL Open Font License 1.1), in a hundred files by character, of which a label needs
 * a few. Text becomes outlines: it looks the same in SVG, PDF and PNG, whatever fonts a printer has.
 */
const FACE = '@fontsource-variable/noto-sans-sc';
/** Of the weights 100 to 900, one that a thermal printer of 203 dpi still draws whole. */
const WEIGHT = 500;

const require = createRequire(import.meta.url);

type Slice = { name: string; ranges: readonly (readonly [number, number])[] };
let slices: readonly Slice[] | null = null;
const fonts = new Map<string, Promise<Font>>();

/** `{ "[4]": "U+1f30a-1f311,U+1f315" }`: which characters are in which file. */
function readSlices(): readonly Slice[] {
  const listed: Record<string, string> = require(`${FACE}/unicode.json`);
  return Object.entries(listed).map(([name, text]) => ({
    name: name.replaceAll(/[[\]]/g, ''),
    ranges: text.split(',').map((range): [number, number] => {
      const [from = '', to = from] = range.trim().slice(2).split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    }),
  }));
}

async function openFont(name: string): Promise<Font> {
  const file = require.resolve(`${FACE}/files/noto-sans-sc-${name}-wght-normal.woff2`);
  const font = create(Buffer.from(await decompress(readFileSync(file))));
  if (!('getVariation' in font)) throw new Error(`${file} is no variable font.`);
  return font.getVariation({ wght: WEIGHT });
}

function fontFor(character: number): Promise<Font> | undefined {
  slices ??= readSlices();
  const slice = slices.find(({ ranges }) =>
    ranges.some(([from, to]) => character >= from && character <= to),
  );
  if (slice === undefined) return undefined;
  const font = fonts.get(slice.name) ?? openFont(slice.name);
  fonts.set(slice.name, font);
  return font;
}

/** Text as path data, its baseline beginning at (x, y), and how wide it is; y grows downwards. */
export type Lettering = { outline: string; width: number };

/** Sets a line of text, `size` high. Refused where the font lacks a character. */
export async function letter(
  text: string,
  x: number,
  y: number,
  size: number,
): Promise<Parsed<Lettering>> {
  let at = x;
  let outline = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const font = await fontFor(code);
    if (!font?.hasGlyphForCodePoint(code)) {
      const said = `“${character}”(U+${code.toString(16).toUpperCase().padStart(4, '0')})`;
      return refused(`标签字体里没有${said}。`, `The font of labels lacks ${said}.`);
    }
    const glyph = font.glyphForCodePoint(code);
    const scale = size / font.unitsPerEm;
    outline += glyph.path.scale(scale, -scale).translate(at, y).toSVG();
    at += glyph.advanceWidth * scale;
  }
  return accepted({ outline, width: at - x });
}
