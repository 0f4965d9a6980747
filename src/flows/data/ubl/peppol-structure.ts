import table from './generated/peppol-structure.json' with { type: 'json' };

/**
 * What one element may hold. `min` and `max` are 1 when absent, `max` null is any number;
 * `list` names a code list of `codes.ts`; `fixed` is the only value.
 */
export type ElementRule = {
  name: string;
  min?: number;
  max?: number | null;
  list?: string;
  fixed?: string;
  attributes?: { name: string; optional?: boolean; list?: string }[] | undefined;
  children?: ElementRule[];
};

const transactions: Record<string, ElementRule[] | undefined> = table.transactions;
const sequences: Record<string, string[] | undefined> = table.sequences;

/** What the document of a Peppol transaction may hold, in order. */
export function structureOf(transaction: string): ElementRule[] {
  return transactions[transaction] ?? [];
}

/**
 * Orders of children that the published structures show for an element. UBL gives an element one
 * order wherever it stands, so they hold for every document; two children that no sequence holds
 * together are not compared.
 */
export function sequencesOf(name: string): string[][] {
  return (sequences[name] ?? []).map((sequence) => sequence.split(' '));
}
