import type { Bilingual } from '../../kernel/index.ts';
import { couplingForms, type FormName, wrongForms } from './coupling-forms.ts';
import { impossible } from './faults.ts';
import type { Measure } from './measure.ts';
import { type Bounds, type NumberTable, readNumberTable } from './number-table.ts';

/** Coupling C, coordination D = √(C·T), and the steps that they fall into. */
export type Degrees = {
  readonly c: number;
  readonly d: number;
  readonly band: Bilingual;
  readonly grade: Bilingual;
};

export type Coupled = Degrees & {
  readonly unit: string;
  /** T = ΣαᵢUᵢ */
  readonly t: number;
  /** The same levels under each valid form: the choice of form alone often changes the grade. */
  readonly by_form: Readonly<Record<FormName, Degrees>>;
  readonly grade_hangs_on_form: boolean;
};

export type CouplingMeasure = Measure<readonly Coupled[]> & {
  readonly form: FormName;
  readonly systems: readonly string[];
  readonly weights: readonly number[];
  readonly without_value: readonly { readonly unit: string; readonly reason: Bilingual }[];
};

const levels: Bounds = {
  least: 0,
  most: 1,
  zh: '各系统的水平须先归一到 0 至 1。',
  en: 'Levels of systems are normalised to 0 to 1 first.',
};

/**
 * Reads `unit` and a column for each system, in [0, 1]; degrees that somebody published may be any
 * number, since wrong forms give more than 1.
 */
export function readLevels(text: string, file = 'levels.csv', published?: string): NumberTable {
  return readNumberTable(text, file, ['unit'], levels, published);
}

export type CouplingChoice = { form: FormName; weights?: readonly number[]; source: string };

/**
 * Coupling coordination 耦合协调度 of two or more systems. C is symmetric, so weights stand in T alone.
 * @throws convergence.impossible for fewer than two systems, or weights that fit none
 */
export function measureCoupling(table: NumberTable, choice: CouplingChoice): CouplingMeasure {
  const weights = weightsOf(table.columns.length, choice.weights);
  const isNothing = (values: readonly number[]) => values.every((value) => value === 0);
  const reason = {
    zh: '所有系统的水平都是 0，耦合度是 0 除以 0，没有定义。',
    en: 'All systems are at 0: coupling is 0 ÷ 0 and not defined.',
  };
  return {
    measure: `coupling_coordination.${choice.form}`,
    form: choice.form,
    systems: table.columns,
    weights,
    name: {
      zh: '耦合度 C、综合水平 T 与耦合协调度 D',
      en: 'Coupling C, overall level T and coupling coordination D',
    },
    value: table.rows
      .filter(({ values }) => !isNothing(values))
      .map(({ labels, values }) => coupled(labels[0] ?? '', values, weights, choice.form)),
    without_value: table.rows
      .filter(({ values }) => isNothing(values))
      .map(({ labels }) => ({ unit: labels[0] ?? '', reason })),
    unit: 'index',
    denominator: {
      zh: '没有分母：各系统归一后的水平互相比较，结果随归一方法而变。',
      en: 'None: normalised levels are held against each other, and change with the normalisation.',
    },
    source: {
      data: choice.source,
      formula: `${couplingForms[choice.form].formula}; T = ΣαᵢUᵢ, D = √(C·T)`,
    },
    does_not_say: [
      {
        zh: '系统之间是否真有往来：两个互不相干的系统水平相近，C 也高。',
        en: 'Whether systems have to do with each other: unrelated ones may have a high C.',
      },
      {
        zh: '等级界线（C 为 0.3/0.5/0.8，D 每 0.1 一级）是惯例，没有统计含义；下界属于本级。',
        en:
          'The steps (C at 0.3, 0.5, 0.8; D each 0.1, the lower bound within) are custom and ' +
          'have no statistical meaning.',
      },
    ],
  };
}

function weightsOf(count: number, given?: readonly number[]): readonly number[] {
  if (count < 2) {
    const words = { zh: '至少要有两个系统列。', en: 'give columns of two systems or more.' };
    throw impossible('coupling', words);
  }
  const weights = given ?? new Array<number>(count).fill(1);
  const all = weights.reduce((sum, one) => sum + one, 0);
  if (weights.length !== count || !weights.every((one) => one >= 0) || !(all > 0)) {
    const zh = `权重要有 ${count} 个，不为负，且不全为零。`;
    throw impossible('coupling', {
      zh,
      en: `give ${count} weights, none below zero and not all zero.`,
    });
  }
  return weights.map((one) => one / all);
}

function coupled(
  unit: string,
  values: readonly number[],
  weights: readonly number[],
  form: FormName,
): Coupled {
  const t = values.reduce((sum, value, at) => sum + value * (weights[at] as number), 0);
  const degrees = (name: FormName): Degrees => {
    const c = couplingForms[name].degree(values);
    const d = Math.sqrt(c * t);
    return { c, d, band: bandOf(c), grade: gradeOf(d) };
  };
  const by_form = { standard: degrees('standard'), wang: degrees('wang'), fan: degrees('fan') };
  const grades = new Set(Object.values(by_form).map(({ grade }) => grade.zh));
  return { unit, t, ...by_form[form], by_form, grade_hangs_on_form: grades.size > 1 };
}

/** Four steps of C, a custom of the Chinese literature. */
const BANDS: readonly (readonly [number, string, string])[] = [
  [0.8, '高水平耦合', 'high coupling'],
  [0.5, '磨合', 'running in'],
  [0.3, '拮抗', 'antagonism'],
  [0, '低水平耦合', 'low coupling'],
];

/** Ten steps of D, of the same custom. */
const GRADES: readonly (readonly [string, string])[] = [
  ['极度失调', 'extreme disorder'],
  ['严重失调', 'severe disorder'],
  ['中度失调', 'moderate disorder'],
  ['轻度失调', 'slight disorder'],
  ['濒临失调', 'near disorder'],
  ['勉强协调', 'bare coordination'],
  ['初级协调', 'primary coordination'],
  ['中级协调', 'intermediate coordination'],
  ['良好协调', 'good coordination'],
  ['优质协调', 'high-quality coordination'],
];

function bandOf(c: number): Bilingual {
  const [, zh, en] = BANDS.find(([least]) => c >= least) as readonly [number, string, string];
  return { zh, en };
}

function gradeOf(d: number): Bilingual {
  // 0.7 is √0.49 = 0.7 − 1e-16 to the machine: such a hair decides no grade.
  const step = Math.min(9, Math.floor(d * 10 + 1e-9));
  const [zh, en] = GRADES[step] as readonly [string, string];
  return { zh, en };
}

/** The systems without the column that holds degrees somebody published, and these degrees. */
export function withoutPublished(
  table: NumberTable,
  column: string,
): { table: NumberTable; published: { levels: readonly number[]; c: number }[] } {
  const at = table.columns.indexOf(column);
  if (at < 0) {
    const zh = `没有“${column}”列。`;
    throw impossible('coupling', { zh, en: `there is no column "${column}".` });
  }
  const others = <Value>(values: readonly Value[]) => values.filter((_, index) => index !== at);
  const rows = table.rows.map((row) => ({ ...row, values: others(row.values) }));
  return {
    table: { ...table, columns: others(table.columns), rows },
    published: table.rows.map(({ values }) => ({
      levels: others(values),
      c: values[at] as number,
    })),
  };
}

/** A form that gives the coupling degrees that somebody has published. */
export type Recognised = {
  readonly form: string;
  readonly is_valid: boolean;
  readonly reason: Bilingual | null;
};

/**
 * Which forms give the degrees that somebody published, within half of the last digit: to find a
 * wrong form in a paper. None where nothing fits.
 */
export function recogniseForm(
  rows: readonly { levels: readonly number[]; c: number }[],
  digits = 3,
): Recognised[] {
  const room = 0.5 * 10 ** -digits * (1 + 1e-9);
  const fits = (degree: (levels: readonly number[]) => number) =>
    rows.length > 0 && rows.every(({ levels: one, c }) => Math.abs(degree(one) - c) <= room);
  return [
    ...Object.entries(couplingForms)
      .filter(([, { degree }]) => fits(degree))
      .map(([form]) => ({ form, is_valid: true, reason: null })),
    ...Object.entries(wrongForms)
      .filter(([, { degree }]) => fits(degree))
      .map(([form, { zh, en }]) => ({ form, is_valid: false, reason: { zh, en } })),
  ];
}
