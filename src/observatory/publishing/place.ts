import { limits } from '../../kernel/index.ts';

/** A cell that a firm is in, by the classes that it shares, with what is published of it. */
export type Candidate = {
  readonly classes: readonly { readonly variable: string; readonly code: string }[];
  readonly published: { readonly value: number; readonly contributors: number } | null;
};

export type Refusal = 'not_reported' | 'kept' | 'too_few' | 'dominant';

/** A firm among the others of its cell, as far as the cell's sum and its own figure say it. */
export type Place = {
  readonly classes: Candidate['classes'];
  readonly figure: number;
  readonly firms: number;
  readonly total: number;
  readonly mean_of_others: number;
  /** Ranks from the largest, 1: from best − 1 to worst − 1 others are larger. */
  readonly best: number;
  readonly worst: number;
};

/**
 * The narrowest cell in which a firm can be shown beside the others.
 *
 * Why ranks and no quarter of a distribution: to be in the lowest of four quarters says that most
 * others have at least as much. Take firms with 10, six times 10.1, and 100: their sum is let out
 * by p = 10 %, and whoever has 10 knows no more of the largest than that it is at most 160.6. Told
 * its quarter it knows that five of the six have 10 at least, and the largest is at most 110.6.
 * The ranks here follow from the sum and the own figure alone, and so does whether there is an
 * answer: neither tells its reader anything that the published table does not.
 */
export function choosePlace(figure: number, candidates: readonly Candidate[]): Place | Refusal {
  const found = candidates.map((one) => placeIn(figure, one));
  const places = found.filter((one) => typeof one !== 'string');
  const [narrowest] = places.toSorted(
    (a, b) => a.firms - b.firms || b.classes.length - a.classes.length,
  );
  if (narrowest) return narrowest;
  if (found.includes('dominant')) return 'dominant';
  return found.includes('too_few') ? 'too_few' : 'kept';
}

function placeIn(figure: number, { classes, published }: Candidate): Place | Refusal {
  if (published === null) return 'kept';
  const { value: total, contributors: firms } = published;
  if (firms < limits.own_place_firms) return 'too_few';
  const others = total - figure;
  if (figure > others) return 'dominant';
  const { fewest, most } = aboveOf(figure, others, firms - 1);
  return {
    ...{ classes, figure, firms, total, mean_of_others: others / (firms - 1) },
    best: fewest + 1,
    worst: most + 1,
  };
}

/**
 * How many of `count` figures, not below zero, can be above one, where their sum is known: k of
 * them need more than k times as much; where none is, the sum is at most `count` times as much.
 */
function aboveOf(figure: number, sum: number, count: number) {
  const most = figure > 0 ? Math.min(count, Math.ceil(sum / figure) - 1) : sum > 0 ? count : 0;
  return { fewest: sum > count * figure ? 1 : 0, most: Math.max(0, most) };
}
