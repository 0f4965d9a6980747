import type { Bilingual } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** Degree of coupling C of two or more levels in [0, 1], not all zero; C is in [0, 1]. */
export type CouplingForm = {
  readonly formula: string;
  readonly degree: (levels: readonly number[]) => number;
};

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const product = (values: readonly number[]) => values.reduce((all, one) => all * one, 1);
// Equal levels come out as 1 + 1e-16.
const within = (value: number) => Math.min(1, Math.max(0, value));

/** The forms that hold what a degree promises: 1 where all are equal, and never above. */
export const couplingForms = {
  standard: {
    formula: 'C = [ΠUᵢ ÷ (ΣUᵢ ÷ n)ⁿ]^(1/n), the geometric over the arithmetic mean',
    degree: (levels) => {
      const n = levels.length;
      return within(product(levels) ** (1 / n) / (sum(levels) / n));
    },
  },
  wang: {
    formula:
      'C = √{[1 − Σ|Uᵢ − Uⱼ| ÷ (n(n − 1)/2)] · [Π(Uᵢ ÷ max U)]^(1/(n − 1))} ' +
      '(王淑佳等 2021, 自然资源学报 36(3))',
    degree: (levels) => {
      const n = levels.length;
      const most = Math.max(...levels);
      const ratios = product(levels.map((level) => level / most)) ** (1 / (n - 1));
      return within(Math.sqrt(within(1 - pairGaps(levels) / ((n * (n - 1)) / 2)) * ratios));
    },
  },
  fan: {
    formula: 'C = 1 − 2√{[nΣUᵢ² − (ΣUᵢ)²] ÷ n²}, one less twice the standard deviation (Fan 2024)',
    degree: (levels) => {
      const n = levels.length;
      const mean = sum(levels) / n;
      return within(1 - 2 * Math.sqrt(sum(levels.map((level) => (level - mean) ** 2)) / n));
    },
  },
} as const satisfies Record<string, CouplingForm>;

export type FormName = keyof typeof couplingForms;

function pairGaps(levels: readonly number[]): number {
  let gaps = 0;
  levels.forEach((one, at) => {
    for (const other of levels.slice(0, at)) gaps += Math.abs(one - other);
  });
  return gaps;
}

/** A form that is printed and wrong: how it computes, so that it can be recognised, and why not. */
export type WrongForm = Bilingual & { readonly degree: (levels: readonly number[]) => number };

const standard = couplingForms.standard.degree;

/**
 * Of 379 papers with this model about half compute C wrongly (刘春林 2017); 王淑佳等 2021 name four
 * kinds: 书写错误, 丢失系数, 错用权重, 模型不成立. The numbers are for U = (0.3, 0.8), C = 0.8907.
 */
export const wrongForms: Readonly<Record<string, WrongForm>> = {
  'coefficient-lost': {
    degree: (levels) => standard(levels) / levels.length,
    zh: '丢失系数 n，如 √(U₁U₂)/(U₁+U₂)：得 0.4454，两系统完全相等时也只有 1/2，永远到不了 1。',
    en:
      'The coefficient n is lost, as in √(U₁U₂)/(U₁+U₂): it gives 0.4454, and no more than 1/n ' +
      'where all systems are equal.',
  },
  'root-lost': {
    degree: (levels) => standard(levels) ** levels.length,
    zh: '丢失 1/n 次方（书写错误），如 4U₁U₂/(U₁+U₂)²：得 0.7934，系统越多压得越低，不同 n 之间不可比。',
    en:
      'The root 1/n is lost, as in 4U₁U₂/(U₁+U₂)²: it gives 0.7934, is pressed down the more, ' +
      'the more systems there are, and compares with nothing.',
  },
  squared: {
    degree: (levels) => standard(levels) ** (2 * levels.length),
    zh: '丢失根号之后又取平方（k=2 的旧式）：得 0.6295，指数 k 任意选定，等级随之改变。',
    en:
      'The root is lost and the rest squared (the old k = 2): it gives 0.6295, with an exponent ' +
      'that is chosen at will and changes the grade.',
  },
  pairwise: {
    degree: (levels) => levels.length * pairwise(levels),
    zh: '三系统时用两两之和 n·[ΠU/Π(Uᵢ+Uⱼ)]^(1/n)：U=(0.3,0.6,0.9) 得 1.3925，大于 1，模型不成立。',
    en:
      'With sums of pairs, n·[ΠU/Π(Uᵢ+Uⱼ)]^(1/n), U = (0.3, 0.6, 0.9) gives 1.3925: above 1, ' +
      'which no degree can be.',
  },
  'pairwise-two': {
    degree: (levels) => 2 * pairwise(levels),
    zh: '两两之和配系数 2：三系统时虽不超过 1，却不是几何平均与算术平均之比，U=(0.3,0.6,0.9) 得 0.9283，应为 0.9086。',
    en:
      'Sums of pairs with the coefficient 2 stay below 1 for three systems and are no ratio ' +
      'of means: U = (0.3, 0.6, 0.9) gives 0.9283 in place of 0.9086.',
  },
};

function pairwise(levels: readonly number[]): number {
  let pairs = 1;
  levels.forEach((one, at) => {
    for (const other of levels.slice(0, at)) pairs *= one + other;
  });
  return pairs === 0 ? 0 : (product(levels) / pairs) ** (1 / levels.length);
}

/** Refused without a formula: what goes in is wrong, not how it is put together. */
const WRONG_USES: Readonly<Record<string, Bilingual>> = {
  weighted: {
    zh: '错用权重：权重属于综合发展水平 T=ΣαᵢUᵢ，放进 C 后各系统相等时 C 不再为 1。请用 --weights 给 T 加权。',
    en:
      'Weights belong in T = ΣαᵢUᵢ. Within C they take away that it is 1 where all systems are ' +
      'equal. Give them by --weights.',
  },
  raw: {
    zh: '模型不成立：未归一到 0 至 1 的原始值各有量纲，C 会随单位改变。请先归一化。',
    en:
      'Raw values, not brought to 0 to 1, have units, and C changes with the unit. ' +
      'Normalise them first.',
  },
};

/**
 * The form of that name.
 * @throws convergence.form_refused for a wrong one, with the reason; convergence.form_unknown
 */
export function formOf(name: string): FormName {
  if (Object.hasOwn(couplingForms, name)) return name as FormName;
  const wrong = Object.hasOwn(wrongForms, name)
    ? wrongForms[name]
    : Object.hasOwn(WRONG_USES, name)
      ? WRONG_USES[name]
      : undefined;
  if (wrong) throw fault('convergence.form_refused', { form: name, zh: wrong.zh, en: wrong.en });
  const known = Object.keys(couplingForms).join(', ');
  throw fault('convergence.form_unknown', { form: name, known });
}
