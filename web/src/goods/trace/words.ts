import { useTraceTexts } from './texts.ts';

/** Standard words of CBV in the reader's language; a word without a text stays as it is written. */
export function useWords() {
  const t = useTraceTexts();
  const word = (kind: 'step' | 'type' | 'disposition' | 'role', value: string | null): string => {
    if (value === null) return '–';
    // A key that ends in `_other` would be a plural.
    const key = `${kind}_${value.replace(/_other$/, '')}`;
    const text = t(key as never);
    return text === key ? value : text;
  };
  return word;
}
