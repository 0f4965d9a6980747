import type { MeasuredIndex } from '../../generated/api.ts';

/** A recipe as it is posted; the server checks it, the page only changes a step of it. */
export type RecipeGiven = Record<string, unknown>;
type Step = { do: string; method?: string; weights?: Record<string, number> };

export type Files = { units: string; framework: string; recipe: RecipeGiven };
/** Weights of the parts right under the index, by code; only their proportions count. */
export type Weights = Readonly<Record<string, number>>;

const stepsOf = ({ steps }: RecipeGiven): readonly Step[] =>
  Array.isArray(steps) ? (steps as Step[]) : [];

const withStep = (recipe: RecipeGiven, changed: Step): RecipeGiven => ({
  ...recipe,
  steps: stepsOf(recipe).map((step) => (step.do === changed.do ? changed : step)),
});

/** Weights can be tried where they are given; those that a method works out cannot. */
export const takesWeights = (recipe: RecipeGiven): boolean =>
  stepsOf(recipe).some((step) => step.do === 'weigh' && step.method === 'given');

export function withWeights(recipe: RecipeGiven, weights: Weights): RecipeGiven {
  const own = stepsOf(recipe).find((step) => step.do === 'weigh');
  if (own?.method !== 'given' || Object.keys(weights).length === 0) return recipe;
  return withStep(recipe, { ...own, weights: { ...own.weights, ...weights } });
}

export const VARIANTS = ['equal', 'percentile', 'principal_component'] as const;
export type Variant = (typeof VARIANTS)[number];

/** The recipe with one choice made otherwise. */
export function variantOf(recipe: RecipeGiven, variant: Variant): RecipeGiven {
  if (variant !== 'percentile') return withStep(recipe, { do: 'weigh', method: variant });
  return withoutOptions(withStep(recipe, { do: 'normalise', method: variant }), 'normalise');
}

type Factor = { step: string };
type Uncertainty = { factors?: readonly Factor[] };

/** The step may have been changed to one of its own options: then that is no other choice. */
function withoutOptions(recipe: RecipeGiven, name: string): RecipeGiven {
  const { factors, ...rest } = (recipe.uncertainty ?? {}) as Uncertainty;
  const others = factors?.filter(({ step }) => step !== name) ?? [];
  return { ...recipe, uncertainty: { ...rest, ...(others.length > 0 ? { factors: others } : {}) } };
}

/** The parts right under the index with the share of each, as the recipe weighs them. */
export function partsOf({ elements, recipe }: MeasuredIndex): Part[] {
  const top = elements.find(({ parent, unit }) => parent === null && unit === null);
  const given = stepsOf(recipe).find((step) => step.do === 'weigh')?.weights ?? {};
  const parts = elements.filter(({ parent }) => parent !== null && parent === top?.code);
  const weightOf = ({ code, weight }: { code: string; weight: number }) => given[code] ?? weight;
  const sum = parts.reduce((all, one) => all + weightOf(one), 0);
  return parts.map((one) => ({
    code: one.code,
    name: one.name,
    share: sum > 0 ? weightOf(one) / sum : 0,
  }));
}
export type Part = { code: string; name: string; share: number };

/** Weights as the address carries them: `IN:40,OUT:20`. */
export const writeWeights = (weights: Weights): string =>
  Object.entries(weights)
    .map(([code, weight]) => `${encodeURIComponent(code)}:${weight}`)
    .join();

const MOST_WEIGHT = 100;

/** What is no weight there is left out. */
export function readWeights(text: string | undefined): Weights {
  const pairs = (text ?? '').split(',').flatMap((pair) => {
    const [, code = '', typed = ''] = /^([^:]+):(\d{1,3})$/.exec(pair) ?? [];
    const weight = Number(typed);
    if (code === '' || weight > MOST_WEIGHT) return [];
    try {
      return [[decodeURIComponent(code), weight] as const];
    } catch {
      return [];
    }
  });
  const weights = Object.fromEntries(pairs);
  // All of nothing would weigh nothing.
  return Object.values(weights).some((weight) => weight > 0) ? weights : {};
}
