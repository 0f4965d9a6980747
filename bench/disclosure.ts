import {
  type Contribution,
  type Dimension,
  suppress,
  systemOf,
  type Vintage,
} from '../src/observatory/publishing/index.ts';
import { report } from './figure.ts';

const UNITS = 200_000;
/** Groups of codes and codes of a group: 31 × 21 × 14 × 11 codes with their totals. */
const SHAPE = [
  [5, 5],
  [4, 4],
  [1, 12],
  [2, 4],
] as const;
const RULES = { frequency: { n: 3, margin: 0.1 }, p_percent: 10 };

/**
 * A four-way table of 100,254 cells over 200,000 units, of which some belong to holdings: which
 * cells are kept, and which others with them. The floor is the aggregation alone, without any
 * protection.
 */
export function benchDisclosure(): Promise<void> {
  const dimensions = SHAPE.map(([groups, size], at) => treeOf(`v${at}`, groups, size));
  const variables = dimensions.map(({ variable }) => variable);
  const contributions = Array.from({ length: UNITS }, (_, unit) => contributionOf(unit));
  const vintage: Vintage = { name: 'v', layouts: [{ name: 't', dimensions }], contributions };
  const floor = secondsOf(() => systemOf([vintage], variables));
  let kept = 0;
  const value = secondsOf(() => {
    const system = systemOf([vintage], variables);
    const decided = { cells: 0, isSuppressed: new Uint8Array(0) };
    const { isSuppressed, unwitnessed } = suppress(system, RULES, decided);
    if (unwitnessed.length > 0) throw new Error('a first release can always be protected');
    kept = isSuppressed.reduce((sum, one) => sum + one, 0);
  });
  report({ name: 'publishing.suppression_100k_cells', value, unit: 's', floor });
  report({ name: 'publishing.cells_kept', value: kept, unit: 'cells' });
  return Promise.resolve();
}

function treeOf(variable: string, groups: number, size: number): Dimension {
  const codes = Array.from({ length: groups }, (_, group) => [
    { code: `${group}`, parent: 'T', is_shown: true },
    ...Array.from({ length: size }, (_, at) => ({
      code: `${group}.${at}`,
      parent: `${group}`,
      is_shown: true,
    })),
  ]);
  return { variable, codes: [{ code: 'T', parent: null, is_shown: true }, ...codes.flat()] };
}

/** Few large units and many small ones, unevenly over the codes. */
function contributionOf(unit: number): Contribution {
  const part = (salt: number) => spread(unit * 8 + salt) / 2 ** 32;
  const keys = SHAPE.map(([groups, size], at) => {
    const code = Math.floor(part(at) ** 1.6 * groups * size);
    return `${Math.floor(code / size)}.${code % size}`;
  });
  const holding = part(5) < 0.05 ? `h${Math.floor(part(6) * 4_000)}` : null;
  return { unit: `u${unit}`, holding, keys, value: Math.round(Math.exp(4 + 4 * part(7))) };
}

/** Spreads numbers over 32 bits (a finaliser). */
function spread(number: number): number {
  let mixed = number >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function secondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}
