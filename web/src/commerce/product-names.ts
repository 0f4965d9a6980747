import { useApi } from '../kernel/api/use-api.ts';
import { useLanguage } from '../kernel/i18n/texts.ts';

const MOST_PRODUCTS = 200;

/**
 * Reads a product's name in the language of the reader. Lines keep the name under which they were
 * ordered, in one language; the catalogue has both where the seller gave them.
 */
export function useProductName(): (line: { product_id: string | null; name: string }) => string {
  const language = useLanguage();
  // In Chinese the line's own name is the one that was agreed: nothing has to be read.
  const { data } = useApi('product.list', { query: { limit: MOST_PRODUCTS } }, language === 'en');
  return ({ product_id, name }) => {
    if (language === 'zh' || !product_id) return name;
    return data?.items.find(({ id }) => id === product_id)?.name_en || name;
  };
}
