import type { RecipeGiven } from './recipe.ts';

/** A recipe from the text of a file; null where it is none, undefined where there is no file. */
export function readRecipeFile(text: string): RecipeGiven | null | undefined {
  if (text === '') return undefined;
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as RecipeGiven) : null;
  } catch {
    return null;
  }
}

/**
 * What most would do with a table: gaps by the median, min–max, the framework's weights, their
 * mean; and doubt of the scale and of the weights. Null as long as nobody says what it is called,
 * and what it does not measure: the server would refuse it.
 */
export function commonRecipe(name: string, unmeasured: string): RecipeGiven | null {
  const said = (text: string) => ({ zh: text, en: text });
  const lines = unmeasured.split('\n').flatMap((line) => line.trim() || []);
  if (name.trim() === '' || lines.length === 0) return null;
  return {
    name: said(name.trim()),
    not_measured: lines.map(said),
    steps: [
      { do: 'impute', method: 'median' },
      { do: 'normalise', method: 'min_max', low: 0, high: 100 },
      { do: 'weigh', method: 'given' },
      { do: 'aggregate', method: 'arithmetic' },
    ],
    uncertainty: {
      runs: 2_000,
      factors: [
        { step: 'normalise', options: [{ method: 'z_score' }, { method: 'percentile' }] },
        { step: 'weigh', noise: 0.25 },
      ],
    },
  };
}
