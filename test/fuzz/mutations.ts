import type { Dice } from '../simulation/dice.ts';

const deep = (open: string, close: string, depth: number) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

/** JSON that no schema of ours expects, as it stands on the wire. */
const oddJson: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '-0',
  '1e400',
  '1e308',
  '0.1',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u202e\\u200b\\ufeff"',
  '"🥟🥟"',
  '"e\\u0301\\u0301\\u0301"',
  '"\'; drop table fact; --"',
  '"%s%n$(x){{y}}"',
  '"../../../etc/passwd"',
  '"2026-02-30"',
  '"2026-13-01"',
  '"0000-00-00"',
  '"+275760-09-13T00:00:00Z"',
  '"-271821-04-20T00:00:00Z"',
  '"2026-03-02T24:00:00Z"',
  '"99999999999999999999"',
  '"-99999999999999999999999"',
  '"1e5"',
  '"NaN"',
  '"Infinity"',
  '"0x10"',
  '"00000000-0000-0000-0000-000000000000"',
  '"ffffffff-ffff-ffff-ffff-ffffffffffff"',
  '[]',
  '{}',
  '[[]]',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{}}}',
  `"${'x'.repeat(70_000)}"`,
  `[${'1,'.repeat(2_000)}1]`,
  deep('[', ']', 900),
  deep('{"a":', '}', 900),
];

type Path = (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const parts = Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...path, name]));
  return [path, ...parts];
}

const mark = 'odd-value-goes-here';

/** The value as JSON text, with one thing in it that should not be there. */
export function mutatedJson(value: unknown, dice: Dice): string {
  const text = JSON.stringify(value);
  const how = dice.between(1, 10);
  if (how === 1) return text.slice(0, dice.between(0, text.length));
  if (how === 2) return dice.pick(oddJson);
  if (how === 3) return text.replace('{', `{"${dice.pick(['id', 'lines', 'chain_id'])}":1,`);
  const path = dice.pick(pathsIn(value));
  if (path.length === 0) return dice.pick(oddJson);
  const copy = structuredClone(value) as Record<string, unknown>;
  const holder = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((part, name) => part[name] as Record<string, unknown>, copy);
  const last = path.at(-1) as string;
  if (how === 4) delete holder[last];
  else if (how === 5) holder[`${last}_`] = holder[last];
  else holder[last] = mark;
  const shown = JSON.stringify(copy);
  // The same name twice: whichever is meant, it is no reason to fall over.
  if (how === 6) return shown.replace(`"${last}":`, `"${last}":1,"${last}":`).replace(mark, 'x');
  return shown.replace(`"${mark}"`, () => dice.pick(oddJson));
}

/** Bytes with some of them changed, cut out, said twice, or cut off. */
export function mutatedBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  let given = Uint8Array.from(bytes);
  for (let times = dice.between(1, 6); times > 0 && given.length > 1; times--) {
    const at = dice.between(0, given.length - 1);
    const to = Math.min(given.length, at + dice.between(1, 40));
    const how = dice.between(1, 5);
    if (how === 1) given[at] = dice.between(0, 255);
    else if (how === 2) given = Uint8Array.from([...given.slice(0, at), ...given.slice(to)]);
    else if (how === 3) {
      given = Uint8Array.from([...given.slice(0, to), ...given.slice(at, to), ...given.slice(to)]);
    } else if (how === 4) given = given.slice(0, at);
    else {
      const odd = Buffer.from(dice.pick(['\0', '<!DOCTYPE a>', '&x;', '"', ',', '\ud800']));
      given = Uint8Array.from([...given.slice(0, at), ...odd, ...given.slice(at)]);
    }
  }
  return given;
}

/** Text for a path, a query or a header: each is short, and all are odd. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '%',
  '%00',
  '%ff%fe',
  '\u0000',
  '..',
  '-1',
  '0',
  '1e9',
  '99999999999999999999',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
  "'",
  '2026-02-30',
  '水饺',
  'a'.repeat(299),
  'a'.repeat(2_000),
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
];

/** Cursors that no list of ours gave: some are cursors of another shape, some are no cursors. */
export const oddCursors: readonly string[] = [
  [],
  {},
  null,
  ['x'],
  [1],
  ['2026-02-30', '00000000-0000-0000-0000-000000000000'],
  ['9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ['00000000-0000-0000-0000-000000000000'],
  [`\u0000${'a'.repeat(20)}`],
  ['\ud800'],
  ['1e400', 5],
  [[[['deep']]]],
  ['2026-03-02T00:00:00.000Z', '00000000-0000-0000-0000-000000000000'],
  Array.from({ length: 60 }, () => 1),
].map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
