import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MeasuredIndex } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { type Files, type Weights, withWeights, writeWeights } from './recipe.ts';

/** Files in memory, with a number that names them: they are too long to be a key. */
export type Loaded = { number: number; files: Files; origin: 'example' | 'own' };

/** The index of the files under the weights that are tried. A newer question ends an older one. */
export function useMeasured({ number, files }: Loaded, weights: Weights) {
  return useQuery({
    queryKey: ['index.measure', number, writeWeights(weights)],
    queryFn: ({ signal }) =>
      ask('index.measure', {
        body: { ...files, recipe: withWeights(files.recipe, weights) },
        signal,
      }),
    // What other files gave must not stand under these.
    placeholderData: (before, asked) => (asked?.queryKey[1] === number ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Score = MeasuredIndex['scores'][number];

/** The periods of an index, the last one first; one that is null where there is only one. */
export function usePeriods({ scores }: MeasuredIndex): readonly (string | null)[] {
  return useMemo(() => [...new Set(scores.map(({ period }) => period))].reverse(), [scores]);
}
