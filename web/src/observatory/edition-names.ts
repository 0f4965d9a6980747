import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';

/** Reads what an edition of a classification is called, by its id. */
export function useEditionNames(): (id: string) => string {
  const read = useBilingual();
  const { data } = useApi('classification.editions', {});
  return (id) => {
    const found = data?.items.find((one) => one.id === id);
    return found ? read(found.name) : id;
  };
}
