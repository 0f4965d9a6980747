import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/operating/asvs.md'), 'utf8');

const states = ['holds', 'holds in part', 'does not hold', 'operator’s', 'not applicable'];
/** How many requirements the standard's released 5.0.0 has at each level. */
const standard = { 1: 70, 2: 183 } as const;

type Line = { id: string; level: number; asks: string; state: string; why: string; shown: string };

/** The cells of a table's line, without the blanks that make columns. */
const cellsOf = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Every line of the tables that names a requirement, right or wrong. */
function linesOf(text: string): Line[] {
  const rows = text.split('\n').filter((line) => /^\| `v/.test(line));
  return rows.map((row) => {
    const [id = '', level = '', asks = '', state = '', why = '', shown = ''] = cellsOf(row);
    return { id: id.replaceAll('`', ''), level: Number(level), asks, state, why, shown };
  });
}

/** A line that cannot be what it says, and why. */
function faultsOf(lines: readonly Line[]): string[] {
  const seen = new Set<string>();
  return lines.flatMap(({ id, level, asks, state, why, shown }) => {
    const wrong = [
      !/^v5\.0\.0-\d{1,2}\.\d{1,2}\.\d{1,2}$/.test(id) && 'is no identifier',
      seen.has(id) && 'stands twice',
      ![1, 2].includes(level) && `has level ${level}`,
      asks === '' && 'asks for nothing',
      !states.includes(state) && `is "${state}"`,
      state !== 'holds' && why === '—' && 'gives no reason',
      !shown && 'has no last column',
    ];
    seen.add(id);
    return wrong.filter((one) => one !== false).map((one) => `${id} ${one}`);
  });
}

/** Whether a file holds a test of this name: between quotes, as code writes it. */
function holds(text: string, file: string, name: string): boolean {
  if (!file.endsWith('.test.ts')) return text.includes(name);
  return ["'", '"', '`'].some((quote) => text.includes(quote + name + quote));
}

/** What the last column names that is not there. */
function missing({ id, shown }: Line): string[] {
  if (shown === 'no test' || shown === '—') return [];
  return shown.split('<br>').flatMap((cited) => {
    const [, file = '', name = ''] = /^`([\w./-]+)` › (.+)$/.exec(cited) ?? [];
    if (file === '') return [`${id}: "${cited}" names no file and test`];
    const path = join(root, file);
    if (!existsSync(path)) return [`${id}: there is no ${file}`];
    const found = holds(readFileSync(path, 'utf8'), file, name);
    return found ? [] : [`${id}: ${file} has no test "${name}"`];
  });
}

function count(lines: readonly Line[], of: Partial<Line>): number {
  const wanted = Object.entries(of);
  return lines.filter((line) => wanted.every(([key, value]) => line[key as keyof Line] === value))
    .length;
}

const lines = linesOf(page);

describe('the table of ASVS', () => {
  it('has one well-formed line for each requirement', () => {
    expect(faultsOf(lines)).toEqual([]);
    expect({ 1: count(lines, { level: 1 }), 2: count(lines, { level: 2 }) }).toEqual(standard);
  });

  it('names tests that are there', () => {
    expect(lines.flatMap(missing)).toEqual([]);
  });

  it('is summed up as it is', () => {
    const sums = [...states, 'together'].map((state) => {
      const of = state === 'together' ? {} : { state };
      const levels = [count(lines, { ...of, level: 1 }), count(lines, { ...of, level: 2 })];
      return `| ${[state, ...levels, count(lines, of)].join(' | ')} |`;
    });
    const summary = page
      .split('\n')
      .filter((line) => /^\|[a-z’ ]+(\|\s*\d+\s*){3}\|$/.test(line))
      .map((line) => `| ${cellsOf(line).join(' | ')} |`);
    expect(summary).toEqual(sums);
    const part = lines.filter(({ state }) => state.startsWith('holds'));
    const bare = count(part, { shown: 'no test' });
    expect(page).toContain(`${part.length - bare} lines name a test and ${bare} have none`);
  });

  it('says before all of it what does not hold', () => {
    const [, said = ''] = /## What does not hold\n(.*?)\n## /s.exec(page) ?? [];
    const [list = ''] = said.split('\nAnd of what holds in part');
    const named = [...list.matchAll(/`(v5[\d.-]+)`/g)].map((match) => match[1]);
    const failing = lines.filter(({ state }) => state === 'does not hold').map(({ id }) => id);
    expect(named.toSorted()).toEqual(failing.toSorted());
  });
});

describe('a table that is wrong', () => {
  const line = (more: Partial<Line>): Line => ({
    id: 'v5.0.0-1.1.1',
    level: 1,
    asks: 'a',
    state: 'holds',
    why: '—',
    shown: '—',
    ...more,
  });

  it.each<[string, Line[]]>([
    ['stands twice', [line({}), line({})]],
    ['is no identifier', [line({ id: 'v5.0.0-1.1' })]],
    ['is "mostly"', [line({ state: 'mostly' })]],
    ['gives no reason', [line({ state: 'does not hold' })]],
  ])('is found: a requirement %s', (what, given) => {
    expect(faultsOf(given).join()).toContain(what);
  });

  it.each([
    '`test/none.test.ts` › any',
    '`test/conformance/asvs.test.ts` › a name that no test has',
    'by hand',
  ])('is found: shown by %s', (shown) => {
    // Written apart, or this file would be found to hold it.
    expect(missing(line({ shown: `${shown}!` }))).toHaveLength(1);
  });
});
