import type { Problem } from '../problem.ts';

/**
 * JSON (RFC 8259) with every number as its digits: 26.0 and 0.10000000000000000001 come out as they
 * went in, where `JSON.parse` makes floats of them. `JSON.stringify` writes such numbers unchanged.
 */
export class WrittenNumber {
  readonly digits: string;

  /** @param digits a number in the grammar of JSON. */
  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): unknown {
    return rawJson(this.digits);
  }
}

// ECMAScript 2026, not yet in the compiler's library.
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

export type ExactObject = { [name: string]: ExactJson };
export type ExactJson = string | boolean | null | WrittenNumber | ExactJson[] | ExactObject;

export const JSON_LIMITS = { depth: 64 } as const;

export type JsonOutcome =
  | { value: ExactJson; problem?: undefined }
  | { value?: undefined; problem: Problem };

class Stopped extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
    this.en = en;
  }
}

/** The text and how far it has been read. */
type Reading = { text: string; at: number };

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// Everything but quotes, backslashes and control characters.
const PLAIN = /[ !#-[\]-\uffff]*/y;
const BLANKS = /[ \t\r\n]*/y;
const QUOTE = 0x22;
const [COMMA, COLON] = [0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function skipBlanks(reading: Reading): number {
  const code = reading.text.charCodeAt(reading.at);
  if (code > 0x20) return code;
  BLANKS.lastIndex = reading.at;
  BLANKS.exec(reading.text);
  reading.at = BLANKS.lastIndex;
  return reading.text.charCodeAt(reading.at);
}

function fail(): never {
  throw new Stopped('此处不是有效的 JSON。', 'What stands here is not JSON.');
}

function readString(reading: Reading): string {
  const { text } = reading;
  const start = reading.at + 1;
  PLAIN.lastIndex = start;
  PLAIN.exec(text);
  let end = PLAIN.lastIndex;
  if (text.charCodeAt(end) === QUOTE) {
    reading.at = end + 1;
    return text.slice(start, end);
  }
  while (text.charAt(end) === '\\') {
    PLAIN.lastIndex = end + 2;
    PLAIN.exec(text);
    // At the end of the text, lastIndex is set back to zero: nothing follows an escape there.
    end = Math.max(PLAIN.lastIndex, end + 2);
  }
  if (text.charCodeAt(end) !== QUOTE) fail();
  reading.at = end + 1;
  try {
    return JSON.parse(text.slice(start - 1, end + 1)) as string;
  } catch {
    reading.at = start;
    return fail();
  }
}

function readList(reading: Reading, depth: number): ExactJson[] {
  const list: ExactJson[] = [];
  reading.at += 1;
  if (skipBlanks(reading) === CLOSE_LIST) {
    reading.at += 1;
    return list;
  }
  for (;;) {
    list.push(readValue(reading, depth + 1));
    const next = skipBlanks(reading);
    if (next !== COMMA && next !== CLOSE_LIST) fail();
    reading.at += 1;
    if (next === CLOSE_LIST) return list;
  }
}

function readObject(reading: Reading, depth: number): ExactObject {
  const object: ExactObject = {};
  reading.at += 1;
  if (skipBlanks(reading) === CLOSE_OBJECT) {
    reading.at += 1;
    return object;
  }
  for (;;) {
    if (skipBlanks(reading) !== QUOTE) fail();
    const name = readString(reading);
    if (Object.hasOwn(object, name) || name === '__proto__') {
      const shown = name.slice(0, 80);
      throw new Stopped(`“${shown}”不能出现两次或用作名称。`, `"${shown}" is repeated or no name.`);
    }
    if (skipBlanks(reading) !== COLON) fail();
    reading.at += 1;
    object[name] = readValue(reading, depth + 1);
    const next = skipBlanks(reading);
    if (next !== COMMA && next !== CLOSE_OBJECT) fail();
    reading.at += 1;
    if (next === CLOSE_OBJECT) return object;
  }
}

function readValue(reading: Reading, depth: number): ExactJson {
  const code = skipBlanks(reading);
  if (code === QUOTE) return readString(reading);
  if (code === OPEN_OBJECT || code === OPEN_LIST) {
    if (depth >= JSON_LIMITS.depth) {
      const most = JSON_LIMITS.depth;
      throw new Stopped(`嵌套超过 ${most} 层。`, `Nested deeper than ${most}.`);
    }
    return code === OPEN_OBJECT ? readObject(reading, depth) : readList(reading, depth);
  }
  NUMBER.lastIndex = reading.at;
  const number = NUMBER.exec(reading.text)?.[0];
  if (number !== undefined) {
    reading.at += number.length;
    return new WrittenNumber(number);
  }
  for (const [word, value] of WORDS) {
    if (!reading.text.startsWith(word, reading.at)) continue;
    reading.at += word.length;
    return value;
  }
  return fail();
}

/**
 * Reads a text that nobody has looked at: bounded in depth, linear in time, a name at most once in
 * an object. Never throws for what is in the text; the problem says line and column.
 */
export function readExactJson(text: string): JsonOutcome {
  const reading: Reading = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0 };
  try {
    const value = readValue(reading, 0);
    skipBlanks(reading);
    if (reading.at < text.length) fail();
    return { value };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    const before = text.slice(0, reading.at).split('\n');
    const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
    const zh = `第${line}行第${column}列：${error.zh}`;
    const en = `Line ${line}, column ${column}: ${error.en}`;
    return { problem: { rule: 'JSON-SYNTAX', path: '', zh, en } };
  }
}
