import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import type { FormCheck, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormTexts } from './texts.ts';

type Props = { content: FormDraftContent; errors: FormCheck['errors'] };

/** What a field is called that a path ends at. */
const FIELDS = [
  [/^code$/, 'code'],
  [/\/choices\/\d+\/code$/, 'choice_code'],
  [/\/code$/, 'item_code'],
  [/(name|choices\/\d+\/name)\/zh$/, 'name_zh'],
  [/(name|choices\/\d+\/name)\/en$/, 'name_en'],
  [/\/choices$/, 'choices'],
  [/\/unit$/, 'unit'],
  [/\/source\/table$/, 'source_table'],
  [/\/source\/item$/, 'source_item'],
  [/\/prefill/, 'prefill'],
  [/\/id$/, 'rule_id'],
  [/\/expression$/, 'expression'],
  [/\/explanation\/zh$/, 'explanation_zh'],
  [/\/explanation\/en$/, 'explanation_en'],
  [/^approval\/table_number$/, 'table_number'],
  [/^approval\/issued_by$/, 'issued_by'],
  [/^approval\/approval_number$/, 'approval_number'],
  [/^approval\/valid_until$/, 'valid_until'],
] as const;

/** Everything that keeps a draft from being a form, with the way to it. */
export function ToMend({ content, errors }: Props) {
  const t = useFormTexts();
  const read = useBilingual();
  const placeOf = (path: string): { tab: string | undefined; words: string } => {
    const [list, at = ''] = path.split('/');
    if (list === 'items' && at !== '') {
      const name = content.items[Number(at)]?.name;
      const number = t('item_of', { number: Number(at) + 1 });
      return { tab: 'items', words: [number, name && read(name)].filter(Boolean).join(' · ') };
    }
    if (list === 'items') return { tab: 'items', words: t('tab_items') };
    if (list !== 'rules') return { tab: undefined, words: t('place_form') };
    const id = content.rules[Number(at)]?.id ?? '';
    return { tab: 'rules', words: t('rule_of', { id }) };
  };
  return (
    <Card className="is-caution" title={t('mend_title')}>
      <ul className="bullets">
        {errors.map((error) => {
          const { tab, words } = placeOf(error.path);
          const field = FIELDS.find(([at]) => at.test(error.path))?.[1];
          return (
            <li key={error.path}>
              <Link to="." search={(tab ? { tab } : {}) as never}>
                {field ? `${words} · ${t(field)}` : words}
              </Link>{' '}
              {read(error)}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
