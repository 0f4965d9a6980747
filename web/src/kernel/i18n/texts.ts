import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { currentLanguage, type Language, subscribeToLanguage } from './language.ts';

type Table = Readonly<Record<string, string>>;

/** i18next picks `key_one` or `key_other` by `count`; callers name only `key`. */
type Key<T extends Table> = {
  [K in keyof T & string]: K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;
}[keyof T & string];

type Values = Readonly<Record<string, string | number>>;

export type Translate<T extends Table> = (key: Key<T>, values?: Values) => string;

// Kept so that a test can compare the two languages of every module.
const tables = new Map<string, Readonly<Record<Language, Table>>>();

/**
 * Declares a module's texts and gives the hook that reads them. The texts travel in the chunk of
 * the module, so that the first page does not carry the words of every page.
 */
export function defineTexts<T extends Table>(
  namespace: string,
  languages: { zh: T; en: Record<keyof T, string> },
): () => Translate<T> {
  tables.set(namespace, languages);
  i18next.addResourceBundle('zh', namespace, languages.zh, true, true);
  i18next.addResourceBundle('en', namespace, languages.en, true, true);
  const translators: Record<Language, Translate<T>> = {
    zh: translator(namespace, 'zh'),
    en: translator(namespace, 'en'),
  };
  // biome-ignore lint/correctness/noComponentHookFactories: made once, when its module loads.
  return function useTexts() {
    return translators[useLanguage()];
  };
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribeToLanguage, currentLanguage);
}

export function listTextTables(): ReadonlyMap<string, Readonly<Record<Language, Table>>> {
  return tables;
}

function translator<T extends Table>(namespace: string, language: Language): Translate<T> {
  // The key is checked against the module's own table above, which i18next's types do not know.
  const translate = i18next.getFixedT(language, namespace) as (
    key: string,
    values: Values,
  ) => string;
  return (key, values) => translate(key, values ?? {});
}
