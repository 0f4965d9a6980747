import { Card } from '../../controls/Card.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { Form, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { timesAYear } from './Basics.tsx';
import {
  type Change,
  type Changes,
  changesBetween,
  countOf,
  type Difference,
  type FormText,
} from './changes.ts';
import { useFormTexts } from './texts.ts';
import { usePrefills } from './words.ts';

export const textOfForm = ({ levels, items, ...form }: Form): FormText => ({
  ...form,
  levels: levels === 2 ? 2 : 1,
  items: items as FormDraftContent['items'],
});

export const textOfDraft = (content: FormDraftContent): FormText => ({
  ...content,
  asks_per_year: timesAYear(content),
});

type Props = { before: Form; after: FormText };

/** What a version says otherwise than the one before it. */
export function ChangesCard({ before, after }: Props) {
  const t = useFormTexts();
  const old = textOfForm(before);
  const changes = changesBetween(old, after);
  const { version } = before;
  const breaks = changes.items.some((one) => one.breaks);
  return (
    <Card title={t('against', { version })}>
      <div className="stack">
        {countOf(changes) === 0 && <p className="muted">{t('no_changes', { version })}</p>}
        {breaks && <Notice tone="caution">{t('change_breaks_note')}</Notice>}
        <Lists changes={changes} before={old} after={after} />
      </div>
    </Card>
  );
}

type ListsProps = { changes: Changes; before: FormText; after: FormText };

function Lists({ changes: { head, items, rules }, before, after }: ListsProps) {
  const t = useFormTexts();
  const read = useBilingual();
  const itemName = (code: string) => {
    const found = [...after.items, ...before.items].find((one) => one.code === code);
    return found ? read(found.name) : '';
  };
  const ruleName = (id: string) => {
    const found = [...after.rules, ...before.rules].find((one) => one.id === id);
    return found ? read(found.explanation) : '';
  };
  return (
    <>
      {head.length > 0 && (
        <section className="stack-tight">
          <h3>{t('tab_basics')}</h3>
          <Differences list={head} />
        </section>
      )}
      <ChangeList title={t('tab_items')} list={items} nameOf={itemName} />
      <ChangeList title={t('tab_rules')} list={rules} nameOf={ruleName} />
    </>
  );
}

type ListProps = { title: string; list: readonly Change[]; nameOf: (id: string) => string };

function ChangeList({ title, list, nameOf }: ListProps) {
  const t = useFormTexts();
  if (list.length === 0) return null;
  return (
    <section className="stack-tight">
      <h3>{title}</h3>
      <ul className="form-changes">
        {list.map(({ id, what, differences, breaks }) => (
          <li key={`${what} ${id}`}>
            <p>
              <Tag tone={what === 'removed' ? 'late' : 'plain'}>{t(`change_${what}`)}</Tag>{' '}
              <span className="strong">{nameOf(id)}</span> <code>{id}</code>{' '}
              {breaks && <Tag tone="late">{t('change_breaks')}</Tag>}
            </p>
            <Differences list={differences} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Differences({ list }: { list: readonly Difference[] }) {
  const t = useFormTexts();
  const shown = useShown();
  if (list.length === 0) return null;
  return (
    <ul className="bullets small">
      {list.map(({ field, before, after }) => (
        <li key={field}>
          {t('change_from_to', {
            field: t(`field_${field}`),
            before: shown(field, before),
            after: shown(field, after),
          })}
        </li>
      ))}
    </ul>
  );
}

/** A value as people call it. */
function useShown() {
  const t = useFormTexts();
  const read = useBilingual();
  const { fields, rules } = usePrefills();
  return (field: Difference['field'], text: string): string => {
    if (text === '') return t('change_empty');
    if (field === 'kind') return t(`kind_${text as 'amount'}`);
    if (field === 'level') return t(`level_${text as 'hard'}`);
    if (field === 'levels') return t(`levels_${text as '1'}`);
    if (field === 'is_required' || field === 'takes_interval') return t(text as 'yes');
    if (field !== 'prefill') return text;
    const [code, rule] = text.split(' · ');
    const names = [fields.find((one) => one.field === code), rules.find(({ id }) => id === rule)];
    return names.flatMap((one) => (one ? [read(one.name)] : [])).join(' · ') || text;
  };
}
