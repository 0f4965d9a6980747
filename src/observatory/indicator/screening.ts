import type { StepOf } from './recipe.ts';
import { type Ground, type Outcome, type State, sentence, untouched } from './state.ts';

/** Share of the indicators that each case has a value of. */
export function availability({ framework, units }: Ground, values: Float64Array): Float64Array {
  const cases = units.cases.length;
  const counts = new Float64Array(cases);
  for (let cell = 0; cell < values.length; cell++) {
    const at = cell % cases;
    if (!Number.isNaN(values[cell])) counts[at] = (counts[at] as number) + 1;
  }
  return counts.map((count) => count / framework.indicators.length);
}

/**
 * Takes out the cases of which less than the asked share is known. `present` counts what an earlier
 * step has filled in, and after imputation keeps everybody; the remark says who would have gone.
 */
export function screen(ground: Ground, state: State, step: StepOf<'screen'>): Outcome {
  const { cases } = ground.units;
  const counted = step.counts === 'observed' ? ground.units.values : state.values;
  const shares = availability(ground, counted);
  const kept = state.kept.map((one, at) => ((shares[at] as number) < step.least ? 0 : one));
  const isSame = kept.every((one, at) => one === state.kept[at]);
  const values = isSame
    ? state.values
    : state.values.map((value, cell) => (kept[cell % cases.length] === 0 ? Number.NaN : value));
  const nameAt = (at: number) => cases[at]?.unit ?? '';
  return {
    state: { values, kept },
    explain(_, at) {
      const numbers = { availability: shares[at] as number, least: step.least };
      return kept[at] === 1
        ? untouched('数据够全，保留。', 'Enough of it is known: kept.', numbers)
        : untouched('数据不够全，剔除。', 'Too little of it is known: left out.', numbers);
    },
    remarks() {
      const observed = availability(ground, ground.units.values);
      const out = [...kept.keys()].filter((at) => kept[at] === 0 && state.kept[at] === 1);
      const spared = [...kept.keys()].filter(
        (at) => kept[at] === 1 && (observed[at] as number) < step.least,
      );
      const percent = `${step.least * 100} %`;
      return [
        ...sentence(
          out.map(nameAt),
          `数据不足 ${percent}，已剔除：`,
          `Left out, less than ${percent} known:`,
        ),
        ...sentence(
          spared.map(nameAt),
          `原始数据不足 ${percent}，因补缺在前而保留：`,
          `Kept although less than ${percent} was observed, because gaps were filled before:`,
        ),
      ];
    },
  };
}
