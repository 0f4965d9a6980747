import type { Bilingual } from '../../kernel/index.ts';

/** Where a number comes from: whose data, and by which formula of which author. */
export type Source = { readonly data: string; readonly formula: string };

/**
 * A number as it may leave this module. One sector has several defensible degrees of convergence,
 * so a value alone says nothing: what it is divided by, and what it leaves out, are part of it.
 */
export type Measure<Value = number> = {
  /** Stable code of what was measured, for programs. */
  readonly measure: string;
  readonly name: Bilingual;
  readonly value: Value;
  readonly unit: 'ratio' | 'index' | '%' | 'pp' | 'rank';
  readonly denominator: Bilingual;
  readonly source: Source;
  readonly does_not_say: readonly [Bilingual, ...Bilingual[]];
};
