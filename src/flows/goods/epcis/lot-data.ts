import type { Extension } from './event.ts';

/**
 * Instance and lot master data (ILMD) by the words of CBV 2.0, 9.2: `lotNumber`, `bestBeforeDate`.
 * JSON and XML write their namespace with and without its last colon.
 */
const NAME = /^\{urn:epcglobal:cbv:mda:?\}(\w+)$/;

/** What the master data of an event say under the first of these words that they have. */
export function lotDataOf(
  ilmd: readonly Extension[] | null | undefined,
  ...words: string[]
): string | undefined {
  for (const { name, text } of ilmd ?? []) {
    if (words.includes(NAME.exec(name)?.[1] ?? '')) return text?.trim();
  }
  return undefined;
}

export const lotData = (word: string, text: string): Extension => ({
  name: `{urn:epcglobal:cbv:mda:}${word}`,
  text,
});
