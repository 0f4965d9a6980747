import { Card } from '../../../controls/Card.tsx';
import { Choice } from '../../../controls/Choice.tsx';
import { TextField } from '../../../controls/Field.tsx';
import { SelectField } from '../../../controls/SelectField.tsx';
import { TextArea } from '../../../controls/TextArea.tsx';
import type { CollectionRow } from '../../../generated/api.ts';
import { useApi } from '../../../kernel/api/use-api.ts';
import { useBilingual } from '../../../kernel/bilingual.ts';
import { TextFile } from '../../TextFile.tsx';
import { useReleaseTexts } from '../texts.ts';
import { COLLECTION_VARIABLES, type Entry, variablesOf } from './entry.ts';

const MOST = 200;
/** Items of these kinds add up. */
const ADDING = ['amount', 'quantity', 'count'];

export type PartProps = { entry: Entry; onChange: (part: Partial<Entry>) => void };

/** Of what the release is made: an item of an own collection, or rows. */
export function Material({ entry, onChange }: PartProps) {
  const t = useReleaseTexts();
  return (
    <Card title={t('from')}>
      <div className="stack">
        <div>
          <Choice
            label={t('from')}
            value={entry.from}
            options={(['collection', 'rows'] as const).map((value) => ({
              value,
              label: t(`from_${value}`),
            }))}
            onChange={(from) => onChange({ from, tables: [firstTable(from, entry)] })}
          />
        </div>
        {entry.from === 'collection' ? (
          <Collected entry={entry} onChange={onChange} />
        ) : (
          <Posted entry={entry} onChange={onChange} />
        )}
      </div>
    </Card>
  );
}

const firstTable = (from: Entry['from'], { csv }: Entry) =>
  (from === 'collection' ? COLLECTION_VARIABLES : variablesOf(csv)).slice(0, 2);

/** The collection and its item; they name the release, until it is named otherwise. */
function Collected({ entry, onChange }: PartProps) {
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
    <div className="release-fields">
      <SelectField
        label={t('collection')}
        hint={chosen && t('collected', { accepted: t(`collected_${chosen.state}`) })}
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
        hint={t('item_hint')}
        placeholder={t('choose')}
        value={entry.item}
        disabled={items.length === 0}
        options={items.map(({ code, name }) => ({ value: code, label: read(name) }))}
        onChange={choose}
      />
    </div>
  );
}

function useItems(collection: CollectionRow | undefined) {
  const id = collection?.form_id ?? '';
  const form = useApi('statistical_form.get', { params: { id } }, id !== '');
  const items = form.data?.id === id ? form.data.items : [];
  return items.filter(({ kind }) => ADDING.includes(kind));
}

/** Rows that come from elsewhere: each unit with its value and its classes. */
function Posted({ entry, onChange }: PartProps) {
  const t = useReleaseTexts();
  const found = variablesOf(entry.csv);
  const put = (csv: string) => onChange({ csv, tables: [variablesOf(csv).slice(0, 2)] });
  return (
    <>
      <p className="muted">{t('rows_says')}</p>
      <div className="release-fields">
        <TextFile
          label={t('rows_file')}
          hint={t('rows_hint')}
          accept=".csv,text/csv"
          onText={put}
        />
        <TextField
          label={t('rows_unit')}
          hint={t('rows_unit_hint')}
          maxLength={200}
          value={entry.unit}
          onChange={(unit) => onChange({ unit })}
        />
      </div>
      <TextArea label={t('rows_text')} rows={6} value={entry.csv} onChange={put} />
      {entry.csv !== '' && (
        <p className={found.length > 0 ? 'muted' : 'late'}>
          {found.length > 0
            ? t('rows_found', {
                count: entry.csv.split(/\r?\n/).filter((line) => line.trim() !== '').length - 1,
                variables: found.join(t('comma')),
              })
            : t('rows_no_variable')}
        </p>
      )}
      <TextFile
        label={t('codes_file')}
        hint={t('codes_hint')}
        optional
        accept=".csv,text/csv"
        onText={(codes) => onChange({ codes })}
      />
    </>
  );
}
