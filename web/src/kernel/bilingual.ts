import type { Bilingual } from '../../../src/kernel/bilingual.ts';
import { useLanguage } from './i18n/texts.ts';

export type { Bilingual };

const READERS = {
  zh: (text: Bilingual) => text.zh,
  en: (text: Bilingual) => text.en,
};

/** Reads a text of the server in the language of the reader. */
export function useBilingual(): (text: Bilingual) => string {
  return READERS[useLanguage()];
}
