import { limits, type Tx } from '../../kernel/index.ts';
import { findReidentifications, type Reidentification } from './disclosure/index.ts';
import { attackHere } from './making.ts';
import type { Publication, ReleaseSource } from './release/release.ts';
import type { ReleaseCheck } from './schema.ts';
import { readSource } from './series.ts';

type Combination = ReleaseCheck['combinations'][number];

/** So many must fit whatever is said of one, where the rules name no number. */
const FEWEST = 3;

/**
 * What a statistician looks at before a release goes out: what is kept and by which rules, the
 * attack made again, and what says who is meant: combinations of classes that few units fit, and
 * words of the title and the reason.
 * @throws publishing.release_unknown where it is not own, data_unreadable, reveals, too_long, busy
 */
export async function checkRelease(tx: Tx, id: string): Promise<ReleaseCheck> {
  const { source, out, reason } = await readSource(tx, id);
  return checkOf(source, out, reason);
}

/** The same of a release that need not be stored. @throws reveals, too_long, busy */
export async function checkOf(
  source: ReleaseSource,
  out: Publication,
  reason: string | null,
): Promise<ReleaseCheck> {
  const { attacked, kept_by_rule } = await attackHere(source);
  const k = source.rules.frequency?.n ?? FEWEST;
  const found = findReidentifications({ rows: rowsOf(source, reason), k });
  const combinations = combinationsOf(found, statesOf(source, out));
  return {
    cells: countBy(out, ({ state }) => [state]),
    rules: countBy(out, ({ rules }) => rules),
    ...{ attacked, kept_by_rule, fewest: k },
    combinations: combinations.slice(0, limits.release_findings),
    combinations_left_out: Math.max(0, combinations.length - limits.release_findings),
    words: found.filter(({ kind }) => kind !== 'unique_combination').map(({ words }) => words),
  };
}

type Cell = Publication['tables'][number]['cells'][number];

function countBy({ tables }: Publication, namesOf: (cell: Cell) => readonly string[]) {
  const counts: Record<string, number> = {};
  for (const name of tables.flatMap(({ cells }) => cells.flatMap(namesOf))) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Each unit with its classes, and what is written beside the figures. */
function rowsOf({ variables, vintage, definition }: ReleaseSource, reason: string | null) {
  const written = [definition.title, ...(reason === null ? [] : [reason])];
  const units = vintage.contributions.map(({ unit, keys }) => ({
    label: unit,
    attributes: Object.fromEntries(variables.map((name, at) => [name, keys[at] ?? ''])),
    statements: [],
  }));
  const [first] = units;
  // What is written is of all of them: it says who is meant where it can be said of one alone.
  return first ? [{ ...first, statements: written }, ...units.slice(1)] : [];
}

const nameOf = (attributes: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The states of cells by what they are of, totals left out. A cell that is out anywhere is out. */
function statesOf({ vintage }: ReleaseSource, { tables }: Publication): Map<string, Cell['state']> {
  const found = new Map<string, Cell['state']>();
  for (const { name, dimensions, cells } of tables) {
    const layout = vintage.layouts.find((one) => one.name === name);
    const roots = dimensions.map(
      (_, at) => layout?.dimensions[at]?.codes.find(({ parent }) => parent === null)?.code,
    );
    for (const { codes, state } of cells) {
      const own = codes.flatMap((code, at) =>
        code === roots[at] ? [] : [[dimensions[at] ?? '', code] as const],
      );
      const key = nameOf(Object.fromEntries(own));
      if (found.get(key) !== 'published') found.set(key, state);
    }
  }
  return found;
}

function combinationsOf(
  found: readonly Reidentification[],
  states: ReadonlyMap<string, Cell['state']>,
): Combination[] {
  const byName = new Map<string, Combination>();
  for (const { attributes, fitting } of found) {
    if (!attributes || fitting === null) continue;
    const classes = Object.entries(attributes).map(([variable, code]) => ({ variable, code }));
    const name = nameOf(attributes);
    byName.set(name, { classes, fitting, cell: states.get(name) ?? null });
  }
  return [...byName.values()].toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What is out comes first. */
const rankOf = ({ cell }: Combination) => (cell === 'published' ? 0 : cell === null ? 1 : 2);
