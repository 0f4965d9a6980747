import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { CollectionRow } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useReleaseTexts } from './texts.ts';

const MOST = 200;
/** Items of these kinds add up. */
const ADDING = ['amount', 'quantity', 'count'];
const LAYOUTS = {
  industry_size: ['industry', 'size'],
  industry: ['industry'],
  size: ['size'],
  region: ['region'],
  industry_region: ['industry', 'region'],
} as const;
type LayoutName = keyof typeof LAYOUTS;
const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

type Entry = {
  collection: string;
  item: string;
  title: string;
  series: string;
  layout: LayoutName;
  fewest: string;
  percent: string;
};

/** A margin of a tenth: so far from the truth a guess at a kept cell is to be. */
const MARGIN = 0.1;
const EMPTY = { collection: '', item: '', title: '', series: '', fewest: '3', percent: '10' };

const isEntered = ({ collection, item, title, series, fewest, percent }: Entry) =>
  collection !== '' &&
  item !== '' &&
  title.trim() !== '' &&
  series.trim() !== '' &&
  /^[1-9]\d{0,2}$/.test(fewest) &&
  Number(percent) > 0 &&
  Number(percent) <= 100;

/** A release of one item of an own collection: which figures, by what, and what keeps them. */
export function DraftRelease() {
  const t = useReleaseTexts();
  const navigate = useNavigate();
  const [entry, setEntry] = useState<Entry>({ ...EMPTY, layout: 'industry_size' });
  const change = (part: Partial<Entry>) => setEntry({ ...entry, ...part });
  const draft = useCommand('release.draft', ({ id }) => {
    sayDone(t('draft_done'));
    void navigate({ to: `/observatory/releases/${id}` });
  });
  const { collection: collection_id, item, layout, fewest, percent } = entry;
  return (
    <StepForm
      submit={t('draft')}
      busy={draft.isPending}
      error={draft.error}
      disabled={!isEntered(entry)}
      onSubmit={() =>
        draft.mutate({
          body: {
            series: entry.series.trim(),
            title: entry.title.trim(),
            material: { kind: 'collection', collection_id, item },
            tables: [{ name: layout.replace('_', '-'), dimensions: [...LAYOUTS[layout]] }],
            rules: {
              frequency: { n: Number(fewest), margin: MARGIN },
              p_percent: Number(percent),
            },
          },
        })
      }
    >
      <Material entry={entry} onChange={change} />
      <TextField label={t('name')} value={entry.title} onChange={(title) => change({ title })} />
      <TextField
        label={t('code')}
        hint={t('code_hint')}
        value={entry.series}
        onChange={(series) => change({ series })}
      />
      <SelectField
        label={t('by')}
        value={layout}
        options={LAYOUT_NAMES.map((value) => ({ value, label: t(`by_${value}`) }))}
        onChange={(value) =>
          change({ layout: LAYOUT_NAMES.find((one) => one === value) ?? 'industry_size' })
        }
      />
      <TextField
        label={t('fewest')}
        hint={t('fewest_hint')}
        inputMode="numeric"
        value={fewest}
        onChange={(value) => change({ fewest: value })}
      />
      <TextField
        label={t('percent')}
        hint={t('percent_hint')}
        inputMode="decimal"
        suffix="%"
        value={percent}
        onChange={(value) => change({ percent: value })}
      />
    </StepForm>
  );
}

type MaterialProps = { entry: Entry; onChange: (part: Partial<Entry>) => void };

/** The collection and its item; they name the release, until it is named otherwise. */
function Material({ entry, onChange }: MaterialProps) {
  const t = useReleaseTexts();
  const read = useBilingual();
  const list = useApi('collection.list', { query: { limit: MOST } });
  const collections = list.data?.items ?? [];
  const chosen = collections.find(({ id }) => id === entry.collection);
  const items = useItems(chosen);
  const choose = (code: string) => {
    const item = items.find((one) => one.code === code);
    if (!item || !chosen) return onChange({ item: code });
    const title = `${read(item.name)} ${chosen.period}`;
    const series = `${code.replace(/[^A-Za-z0-9]/g, '-')}-${chosen.period}`.slice(0, 40);
    onChange({ item: code, title, series });
  };
  return (
    <>
      <SelectField
        label={t('collection')}
        placeholder={t('choose')}
        value={entry.collection}
        options={collections.map(({ id, form, period }) => ({
          value: id,
          label: `${read(form)} · ${period}`,
        }))}
        onChange={(collection) => onChange({ collection, item: '' })}
      />
      <SelectField
        label={t('item')}
        placeholder={t('choose')}
        value={entry.item}
        disabled={items.length === 0}
        options={items.map(({ code, name }) => ({ value: code, label: read(name) }))}
        onChange={choose}
      />
    </>
  );
}

function useItems(collection: CollectionRow | undefined) {
  const id = collection?.form_id ?? '';
  const form = useApi('statistical_form.get', { params: { id } }, id !== '');
  const items = form.data?.id === id ? form.data.items : [];
  return items.filter(({ kind }) => ADDING.includes(kind));
}
