import type { Bilingual, FaultDetail } from '../../kernel/index.ts';
import { LARGEST } from './csv-table.ts';
import { impossible } from './faults.ts';
import type { Framework } from './framework.ts';
import { type Ground, namesOf, type Outcome, type State, untouched } from './state.ts';

/**
 * Divides each indicator that has a denominator by it, so that large and small units compare. Where
 * the denominator is missing, so is the quotient.
 *
 * @throws indicator.step_impossible where a denominator is zero or below, or next to zero
 */
export function denominate(ground: Ground, state: State): Outcome {
  const { framework, units } = ground;
  const cases = units.cases.length;
  const values = state.values.slice();
  const zeros: FaultDetail[] = [];
  const losses: string[] = [];
  framework.indicators.forEach(({ code, denominator }, indicator) => {
    const divisors = denominator === null ? undefined : units.denominators.get(denominator);
    if (!divisors) return;
    const start = indicator * cases;
    for (let at = 0; at < cases; at++) {
      const value = values[start + at] as number;
      const divisor = divisors[at] as number;
      const quotient = value / divisor;
      values[start + at] = quotient;
      const isZero = divisor <= 0 || Math.abs(quotient) > LARGEST;
      if (!isZero && Number.isNaN(value) === Number.isNaN(quotient)) continue;
      const { row, unit } = units.cases[at] as (typeof units.cases)[number];
      if (isZero) zeros.push(zeroAt(row, denominator as string));
      else losses.push(`${unit}/${code}`);
    }
  });
  if (zeros.length > 0) {
    const words = {
      zh: '分母不大于零，或几乎为零。',
      en: 'a denominator is zero or below, or next to zero.',
    };
    throw impossible('denominate', words, zeros.slice(0, 100));
  }
  return {
    state: { ...state, values },
    explain(indicator, at) {
      const name = framework.indicators[indicator]?.denominator;
      const divisors = name ? units.denominators.get(name) : undefined;
      if (!name || !divisors) return untouched('没有分母，不变。', 'It has no denominator.');
      const denominator = divisors[at] as number;
      if (Number.isNaN(denominator)) {
        const words = { zh: `缺少“${name}”，无法相除。`, en: `"${name}" is missing.` };
        return { words, formula: 'missing', numbers: {} };
      }
      return {
        words: { zh: `除以“${name}”。`, en: `Divided by "${name}".` },
        formula: 'x ÷ denominator',
        numbers: { denominator },
      };
    },
    remarks: () =>
      losses.length === 0
        ? []
        : [
            {
              zh: `缺少分母，以下数据不能使用：${namesOf(losses)}。`,
              en: `Without a denominator these values are lost: ${namesOf(losses)}.`,
            },
          ],
  };
}

/** Denominators that the framework names and no step divides by: raw sizes are compared. */
export function undivided({ indicators }: Framework): Bilingual[] {
  const named = indicators.filter(({ denominator }) => denominator !== null);
  if (named.length === 0) return [];
  const codes = namesOf(named.map(({ code }) => code));
  return [
    {
      zh: `以下指标有分母，而方案没有 denominate 这一步，没有相除：${codes}。`,
      en: `The recipe has no step "denominate", so these were not divided: ${codes}.`,
    },
  ];
}

function zeroAt(row: number, denominator: string): FaultDetail {
  return {
    path: `${row}/${denominator}`,
    zh: '请更正这个分母，或在指标体系中不用它。',
    en: 'Correct this denominator, or take it out of the framework.',
  };
}
