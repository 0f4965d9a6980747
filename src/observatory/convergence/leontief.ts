import { impossible } from './faults.ts';
import { inverse, type Square, square } from './square.ts';

/**
 * Direct input coefficients 直接消耗系数, aᵢⱼ = Zᵢⱼ ÷ xⱼ (W. Leontief 1936; Eurostat Manual of Supply,
 * Use and Input–Output Tables, 2008, ch. 15). A sector without output takes nothing.
 * @param flows intermediate flows Z, n × n, and `output` x, n, in one currency and at one price
 */
export function inputCoefficients(flows: Square, output: Float64Array): Square {
  const coefficients = square(flows.n);
  flows.cells.forEach((value, at) => {
    const total = output[at % flows.n] as number;
    coefficients.cells[at] = total === 0 ? 0 : value / total;
  });
  return coefficients;
}

/** Rounding leaves cells of a sound inverse as far below zero as this. */
const ROUNDING = 1e-9;

/**
 * L = (I − A)⁻¹: output of i that one unit of final use of j calls for, along all rounds.
 * @throws convergence.impossible where the sectors use up more than they make: no final use can be
 *   met then, the inverse is negative or does not exist (D. Hawkins and H. Simon 1949)
 */
export function leontiefInverse(coefficients: Square): Square {
  const { n, cells } = coefficients;
  const system = square(n);
  cells.forEach((value, at) => {
    system.cells[at] = (at % (n + 1) === 0 ? 1 : 0) - value;
  });
  const made = inverse(system);
  if (!made?.cells.every((value) => value >= -ROUNDING)) {
    const zh =
      '各部门的消耗超过产出（不满足霍金斯–西蒙条件），请核对总产出与中间流量的单位和口径。';
    const en =
      'the sectors use up more than they make (Hawkins–Simon). Check that outputs and flows are ' +
      'in the same unit and of the same table.';
    throw impossible('Leontief inverse', { zh, en });
  }
  return made;
}
