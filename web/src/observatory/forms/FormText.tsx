import { Card } from '../../controls/Card.tsx';
import { Facts } from '../../controls/Facts.tsx';
import type { Form, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useFormTexts } from './texts.ts';
import { useItemWords } from './words.ts';

type Item = Form['items'][number];
type Rule = Form['rules'][number];

/** What a form says: its head, its items and its rules. */
export function FormText({ form }: { form: Form }) {
  const t = useFormTexts();
  const { items, rules } = form;
  const itemColumns = useItemColumns();
  const ruleColumns = useRuleColumns();
  return (
    <>
      <Head form={form} />
      <Card title={t('tab_items')} note={t('item_count', { count: items.length })}>
        <Rows columns={itemColumns} rows={items} rowKey={({ code }) => code} />
      </Card>
      <Card title={t('tab_rules')}>
        {rules.length === 0 && <p className="muted">{t('no_rules')}</p>}
        {rules.length > 0 && <Rows columns={ruleColumns} rows={rules} rowKey={({ id }) => id} />}
      </Card>
    </>
  );
}

function Head({ form }: { form: Form }) {
  const t = useFormTexts();
  const format = useFormat();
  const { levels, asks_per_year: times, approval } = form;
  const approved = approval
    ? [approval.table_number, approval.issued_by, approval.approval_number].join(' · ')
    : t('no_approval');
  return (
    <Card>
      <Facts
        rows={[
          [t('levels'), t(levels === 2 ? 'levels_2' : 'levels_1')],
          [t('asks_per_year'), format.count(times)],
          [t('approval'), approved],
          ...(approval ? [[t('valid_until'), format.date(approval.valid_until)] as const] : []),
        ]}
      />
    </Card>
  );
}

function useItemColumns(): Column<Item>[] {
  const t = useFormTexts();
  const read = useBilingual();
  const words = useItemWords();
  return [
    { ...{ id: 'name', label: t('name'), card: 'title' }, cell: ({ name }) => read(name) },
    { ...{ id: 'code', label: t('item_code') }, cell: ({ code }) => <code>{code}</code> },
    {
      ...{ id: 'kind', label: t('kind') },
      cell: (item) => words.kind(item as FormDraftContent['items'][number]),
    },
    {
      ...{ id: 'required', label: t('required'), card: 'aside' },
      cell: ({ is_required }) => t(is_required === false ? 'no' : 'yes'),
    },
    {
      ...{ id: 'known', label: t('known') },
      cell: (item) => {
        const known = item as FormDraftContent['items'][number];
        return (
          [words.source(known), words.prefill(known)].filter((one) => one !== null).join(' · ') ||
          '–'
        );
      },
    },
  ];
}

function useRuleColumns(): Column<Rule>[] {
  const t = useFormTexts();
  const read = useBilingual();
  return [
    {
      ...{ id: 'explanation', label: t('tab_rules'), card: 'title' },
      cell: ({ explanation }) => read(explanation),
    },
    { ...{ id: 'id', label: t('rule_id') }, cell: ({ id }) => id },
    {
      ...{ id: 'expression', label: t('expression'), card: 'wide' },
      cell: ({ expression }) => <code>{expression}</code>,
    },
    {
      ...{ id: 'level', label: t('level'), card: 'aside' },
      cell: ({ level }) => t(`level_${level}`),
    },
  ];
}
