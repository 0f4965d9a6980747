import { type Comparison, compareRecipes } from './comparison.ts';
import { type Row, rowsOf } from './explanation-rows.ts';
import { type Framework, readFramework } from './framework.ts';
import { explainScore, type Index, measureIndex } from './measure.ts';
import { readRecipe } from './recipe-reader.ts';
import type { IsLate } from './uncertainty.ts';
import { readUnits } from './units.ts';

/** The three files, as they were posted. */
type Files = { units: string; framework: string; recipe: Record<string, unknown> };

/** What may be asked of files that nobody keeps. */
export type IndexAsked =
  | ({ what: 'measure' } & Files)
  | ({ what: 'explain'; unit: string; period?: string; element?: string } & Files)
  | ({ what: 'compare'; other: Record<string, unknown> } & Files);

/** What the numbers are numbers of: the framework as a page draws it. */
export type ElementShown = {
  code: string;
  name: string;
  level: number;
  parent: string | null;
  weight: number;
  /** Of an indicator; null above. */
  unit: string | null;
  direction: 1 | -1 | null;
};

export type Measured = Index & { elements: ElementShown[] };
export type Explained = { rows: Row[]; not_measured: Index['not_measured'] };
export type IndexAnswer = Measured | Explained | Comparison;

function elementsOf({ elements, indicators }: Framework): ElementShown[] {
  return elements.map(({ code, name, level, parent, weight }, at) => {
    const { unit = null, direction = null } = indicators[at] ?? {};
    const above = parent === null ? null : (elements[parent]?.code ?? null);
    return { code, name, level, parent: above, weight, unit, direction };
  });
}

/**
 * Works out what was asked of the files.
 * @throws the faults of reading, measuring and explaining
 */
export function answerIndex(asked: IndexAsked, isLate: IsLate): IndexAnswer {
  const framework = readFramework(asked.framework);
  const recipe = readRecipe(JSON.stringify(asked.recipe), framework);
  const ground = { framework, units: readUnits(asked.units, framework) };
  switch (asked.what) {
    case 'measure':
      return { ...measureIndex(ground, recipe, isLate), elements: elementsOf(framework) };
    case 'explain': {
      const { not_measured, ...explanation } = explainScore(ground, recipe, asked);
      return { rows: rowsOf(explanation), not_measured };
    }
    case 'compare':
      return compareRecipes(
        ground,
        recipe,
        readRecipe(JSON.stringify(asked.other), framework, 'other.json'),
        isLate,
      );
  }
}
