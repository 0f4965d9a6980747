import type { CollectionAsk } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';

/** The form as it was when the party was asked with it. */
export function useForm({ form_id, form_version }: CollectionAsk) {
  return useApi('statistical_form.get', {
    params: { id: form_id },
    query: { version: form_version },
  });
}
