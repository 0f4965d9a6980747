import { useApi } from '../kernel/api/use-api.ts';
import { useShareTexts } from './share/texts.ts';

/**
 * Reads what the candidates of a sale are called: `C`, `51`, `8111`, or `A-05` for all of A
 * without 05. The names are read once for all that are given.
 */
export function useClassNames(candidates: readonly string[]): (candidate: string) => string {
  const t = useShareTexts();
  const codes = [...new Set(candidates.map((one) => one.split('-')[0] ?? ''))].sort();
  const asked = codes.slice(0, MOST_CODES).join(',');
  const { data } = useApi('industry_class.list', { query: { codes: asked } }, asked !== '');
  const names = new Map(data?.items.map(({ code, name }) => [code, name]));
  return (candidate) => {
    const [code = '', without] = candidate.split('-');
    const name = [code, names.get(code)].filter(Boolean).join(' ');
    return without === undefined ? name : t('without', { name, code: without });
  };
}

/** As many as an address of the API takes; a list of more is none that anybody reads. */
const MOST_CODES = 80;
