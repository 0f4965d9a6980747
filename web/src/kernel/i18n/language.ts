import i18next from 'i18next';
import { readChoice, writeChoice } from '../choices.ts';

export const LANGUAGES = ['zh', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** What `lang` attributes and Intl take. */
export const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

// The texts are registered by the modules as they load, so there is nothing to wait for here.
// React escapes what it renders; escaping twice would show entities to the reader.
void i18next.init({
  lng: readChoice('language', LANGUAGES) ?? 'zh',
  fallbackLng: false,
  supportedLngs: [...LANGUAGES],
  initAsync: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  resources: {},
});

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'zh';
}

export function changeLanguage(language: Language): void {
  writeChoice('language', language);
  document.documentElement.lang = LOCALES[language];
  void i18next.changeLanguage(language);
}

export function subscribeToLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}
