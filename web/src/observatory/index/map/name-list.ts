import { useMapTexts } from './texts.ts';

const MOST_NAMES = 40;

/** Names one after the other; of many the first. The count stands beside them. */
export function useNameList(): (names: readonly string[]) => string {
  const t = useMapTexts();
  return (names) => {
    const shown = names.slice(0, MOST_NAMES).join(t('comma'));
    return names.length > MOST_NAMES ? t('more', { names: shown }) : shown;
  };
}
