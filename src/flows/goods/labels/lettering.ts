import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { decompress } from 'woff2-encoder';
import { accepted, type Parsed, refused } from '../../../kernel/index.ts';

/**
 * Noto Sans SC (SIL Open Font License 1.1), in a hundred files by character, of which a label takes
 * a few. Text becomes outlines: it looks alike in SVG, PDF and PNG, whatever fonts a printer has.
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
  const known = fonts.get(slice.name);
  if (known) return known;
  const font = openFont(slice.name);
  fonts.set(slice.name, font);
  // A file that could not be read once may be read the next time.
  font.catch(() => fonts.delete(slice.name));
  return font;
}

/** Text as path data, its baseline beginning at (x, y), and how wide it is; y grows downwards. */
export type Lettering = { text: string; outline: string; width: number };

/** A character that is `width` wide, and how it is drawn at a place. */
type Letter = { character: string; width: number; drawn(x: number, y: number): string };

async function lettersOf(text: string, size: number): Promise<Parsed<Letter[]>> {
  const letters: Letter[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const font = await fontFor(code);
    if (!font?.hasGlyphForCodePoint(code)) {
      const said = `“${character}”(U+${code.toString(16).toUpperCase().padStart(4, '0')})`;
      return refused(`标签字体里没有${said}。`, `The font of labels lacks ${said}.`);
    }
    const glyph = font.glyphForCodePoint(code);
    const scale = size / font.unitsPerEm;
    letters.push({
      character,
      width: glyph.advanceWidth * scale,
      drawn: (x, y) => glyph.path.scale(scale, -scale).translate(x, y).toSVG(),
    });
  }
  return accepted(letters);
}

function setLine(letters: readonly Letter[], x: number, y: number): Lettering {
  let at = x;
  let outline = '';
  for (const { width, drawn } of letters) {
    outline += drawn(at, y);
    at += width;
  }
  return { text: letters.map(({ character }) => character).join(''), outline, width: at - x };
}

/** Sets a line of text, `size` high. Refused where the font lacks a character. */
export async function letter(
  text: string,
  x: number,
  y: number,
  size: number,
): Promise<Parsed<Lettering>> {
  const letters = await lettersOf(text, size);
  return letters.ok ? accepted(setLine(letters.value, x, y)) : letters;
}

/**
 * Sets text in lines of at most `most`, `leading` apart: broken at a space where there is one in
 * the line's last third, and anywhere else in Chinese, as a narrow column is set.
 */
export async function letterLines(
  text: string,
  box: { x: number; y: number; most: number; leading: number },
  size: number,
): Promise<Parsed<Lettering[]>> {
  const letters = await lettersOf(text, size);
  if (!letters.ok) return letters;
  const lines: Lettering[] = [];
  for (let rest = letters.value; rest.length > 0; ) {
    const count = fitting(rest, box.most);
    lines.push(setLine(rest.slice(0, count), box.x, box.y + lines.length * box.leading));
    rest = rest.slice(count);
    while (rest[0]?.character === ' ') rest = rest.slice(1);
  }
  return accepted(lines);
}

/** Marks that do not stand at the head of a line (GB/T 15834-2011, 5.1). */
const NEVER_FIRST = /[，。、；：？！）》〉”’】…,.;:?!)%]/;

/** How many letters go into a line. */
function fitting(letters: readonly Letter[], most: number): number {
  let width = 0;
  let all = 0;
  for (const one of letters) {
    width += one.width;
    if (width > most) break;
    all += 1;
  }
  if (all === letters.length) return all;
  const space = letters.slice(0, all + 1).findLastIndex(({ character }) => character === ' ');
  if (space > (all * 2) / 3) return space;
  while (all > 1 && NEVER_FIRST.test(letters[all]?.character ?? '')) all -= 1;
  return Math.max(1, all);
}
