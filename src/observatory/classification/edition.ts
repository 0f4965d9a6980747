import type { Bilingual } from '../../kernel/index.ts';

/**
 * How far a statement can be relied on. `published`: read in the document that is cited, or in a
 * public quotation of it. `converted`: taken over from a public copy and held against the counts
 * that the publisher gives. `unverified`: written down from memory and not yet held against the
 * document; whatever is computed from it says so.
 */
export const statuses = ['published', 'converted', 'unverified'] as const;
export type Status = (typeof statuses)[number];

export type Provenance = { readonly status: Status; readonly citation: Bilingual };

/**
 * How much of an edition is here. `whole`: every class. `heads`: the names of its top level alone.
 * `part`: some classes or rows, so that a sum over it is a floor and never the figure itself.
 */
export type Coverage = 'whole' | 'part' | 'heads';

/** One edition of a classification, or of a rule that sorts its classes. */
export type Edition = {
  /** Stable: what is computed from an edition names it by this for ever. */
  readonly id: string;
  /** The classification whose edition it is: editions of one scheme follow each other. */
  readonly scheme: string;
  readonly name: Bilingual;
  /** Number of the standard or of the document that issued it. */
  readonly document: string;
  /** The edition whose classes it sorts or marks; null for a classification that stands alone. */
  readonly base: string | null;
  /** First and last day (a business date) on which it holds; null where none is set. */
  readonly valid_from: string;
  readonly valid_until: string | null;
  readonly provenance: Provenance;
  readonly coverage: Coverage;
  /** What could not be had, and where it is to be had; null where nothing is missing. */
  readonly missing: Bilingual | null;
};
