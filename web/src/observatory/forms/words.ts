import type { FormDraftContent, Prefills } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useFormTexts } from './texts.ts';

type Item = FormDraftContent['items'][number];

const NOTHING: Prefills = { fields: [], rules: [] };

/** What the platform can fill in, and by which readings. */
export function usePrefills(): Prefills {
  const found = useApi('statistical_form.prefills', {});
  return found.data ?? NOTHING;
}

/** An item in a line: its kind and unit, what it is the same as, who fills it in. */
export function useItemWords() {
  const t = useFormTexts();
  const read = useBilingual();
  const format = useFormat();
  const { fields } = usePrefills();
  const kind = ({ kind: one, unit }: Item) => {
    const known = /^[A-Z0-9]{2,3}$/.test(unit ?? '') ? format.unit(unit ?? '', '2') : unit;
    return [t(`kind_${one}`), one === 'quantity' && known].filter(Boolean).join(' ');
  };
  const prefill = ({ prefill: one }: Item) => {
    const field = fields.find(({ field: name }) => name === one?.field);
    return field ? t('prefill_how', { name: read(field.name) }) : null;
  };
  const source = ({ source: one }: Item) => (one ? t('from_source', one) : null);
  return {
    kind,
    prefill,
    source,
    about: (item: Item) =>
      [kind(item), source(item), prefill(item)].filter((one) => one !== null).join(' · '),
  };
}
