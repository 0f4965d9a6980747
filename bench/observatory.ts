import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  inputCoefficients,
  leontiefInverse,
  type Square,
} from '../src/observatory/convergence/index.ts';
import {
  type Ground,
  measureIndex,
  type Recipe,
  readFramework,
  readRecipe,
  readUnits,
} from '../src/observatory/indicator/index.ts';
import { report } from './figure.ts';

const runs = 100_000;
const root = join(import.meta.dirname, '..');
const folder = join(root, '../shared/data/observatory');

/** The ASEM index under its own recipe, re-run a hundred thousand times. */
export async function benchIndicator(): Promise<void> {
  if (!existsSync(join(folder, 'asem_iData.csv'))) {
    process.stderr.write(`SKIPPED: there is no ASEM example in ${folder}\n`);
    return;
  }
  const framework = readFramework(readFileSync(join(folder, 'asem_iMeta.csv'), 'utf8'));
  const units = readUnits(readFileSync(join(folder, 'asem_iData.csv'), 'utf8'), framework);
  const recipe = readRecipe(readFileSync(join(root, 'docs/recipes/asem.json'), 'utf8'), framework);
  const ground = { framework, units };
  rerun(ground, recipe, 10_000);
  const floor = secondsOf(() => sumOften(units.values, units.cases.length));
  const shared = secondsOf(() => rerun(ground, recipe, runs));
  report({ name: 'indicator.reruns_100k', value: shared, unit: 's', floor });
  // A number that is drawn for an early step is new in every run, so nothing can be shared.
  const alone = secondsOf(() => rerun(ground, withDraws(recipe), runs / 10));
  report({ name: 'indicator.rerun_unshared', value: (alone / runs) * 10 * 1e6, unit: 'µs' });
}

/** The Leontief inverse of as many sectors as China's finest table has; every cell is used. */
export async function benchLeontief(): Promise<void> {
  const n = 153;
  const flows = { n, cells: Float64Array.from({ length: n * n }, (_, at) => 1 + ((at * 31) % 97)) };
  const output = new Float64Array(n).fill(n * 97 * 1.5);
  const coefficients = inputCoefficients(flows, output);
  const often = 20;
  const repeat = (work: () => unknown) => () => {
    for (let run = 0; run < often; run++) work();
  };
  repeat(() => leontiefInverse(coefficients))();
  repeat(() => product(coefficients))();
  const value = (secondsOf(repeat(() => leontiefInverse(coefficients))) / often) * 1_000;
  const floor = (secondsOf(repeat(() => product(coefficients))) / often) * 1_000;
  report({ name: 'convergence.leontief_153', value, unit: 'ms', floor });
}

/** The least that an inversion must do: n³ multiplications, as one matrix by itself takes. */
function product({ n, cells }: Square): Float64Array {
  const made = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = cells[i * n + k] as number;
      for (let j = 0; j < n; j++) {
        made[i * n + j] = (made[i * n + j] as number) + factor * (cells[k * n + j] as number);
      }
    }
  }
  return made;
}

function rerun(ground: Ground, recipe: Recipe, count: number): void {
  measureIndex(ground, { ...recipe, uncertainty: { ...recipe.uncertainty, runs: count } });
}

/** The recipe with the bound of skewness drawn, and with that the treatment and all behind it. */
function withDraws(recipe: Recipe): Recipe {
  const factors: Recipe['uncertainty']['factors'] = [
    { step: 'impute', options: [{ method: 'group_median', group: 'EurAsia_group' }] },
    { step: 'treat', range: { field: 'skew', from: 1.5, to: 2.5 } },
    { step: 'normalise', options: [{ method: 'z_score' }, { method: 'percentile' }] },
    { step: 'weigh', noise: 0.25 },
  ];
  return { ...recipe, uncertainty: { ...recipe.uncertainty, factors } };
}

/** The least that a re-run must do: one weighted sum over all cells. */
function sumOften(values: Float64Array, cases: number): number {
  const sums = new Float64Array(cases);
  for (let run = 0; run < runs; run++) {
    for (let start = 0; start < values.length; start += cases) {
      const weight = 1 + ((run + start) % 7);
      for (let at = 0; at < cases; at++) {
        sums[at] = (sums[at] as number) + weight * (values[start + at] as number);
      }
    }
  }
  return sums[0] as number;
}

function secondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}
