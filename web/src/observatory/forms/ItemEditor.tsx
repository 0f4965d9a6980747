import type { ReactNode } from 'react';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { TEXT_CHARS } from './Basics.tsx';
import { freeName, replaced, without } from './listed.ts';
import { useFormTexts } from './texts.ts';
import type { Faults } from './use-check.ts';
import { usePrefills } from './words.ts';

type Item = FormDraftContent['items'][number];
type Kind = Item['kind'];

const KINDS = ['amount', 'quantity', 'count', 'percent', 'choice', 'text'] as const;
const MOST_CHOICES = 50;
const NO_SOURCE = { table: '', item: '' };

type Props = {
  item: Item;
  /** Where it stands in the form. */
  path: string;
  faults: Faults;
  onChange: (item: Item) => void;
};

/** What does not go with another kind goes with the old one. */
function ofKind(item: Item, kind: Kind): Item {
  const isFigure = kind !== 'text' && kind !== 'choice';
  return {
    ...item,
    kind,
    unit: kind === 'quantity' ? (item.unit ?? '') : null,
    choices: kind === 'choice' ? item.choices : [],
    takes_interval: isFigure && item.takes_interval,
    prefill: null,
  };
}

/** One item: what it is called, what is answered to it, and who knows the answer already. */
export function ItemEditor({ item, path, faults, onChange }: Props) {
  const t = useFormTexts();
  const { name, code, kind } = item;
  const change = (part: Partial<Item>) => onChange({ ...item, ...part });
  return (
    <div className="stack">
      <TextField
        label={t('name_zh')}
        maxLength={TEXT_CHARS}
        value={name.zh}
        fault={faults.at(`${path}/name/zh`, name.zh)}
        onChange={(zh) => change({ name: { ...name, zh } })}
      />
      <TextField
        label={t('name_en')}
        maxLength={TEXT_CHARS}
        value={name.en}
        fault={faults.at(`${path}/name/en`, name.en)}
        onChange={(en) => change({ name: { ...name, en } })}
      />
      <TextField
        label={t('item_code')}
        hint={t('item_code_hint')}
        maxLength={40}
        value={code}
        fault={faults.at(`${path}/code`, code)}
        onChange={(text) => change({ code: text.trim() })}
      />
      <SelectField
        label={t('kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        onChange={(value) => onChange(ofKind(item, KINDS.find((one) => one === value) ?? kind))}
      />
      {kind === 'quantity' && <Unit {...{ item, path, faults, onChange }} />}
      {kind === 'choice' && <Choices {...{ item, path, faults, onChange }} />}
      <Flag checked={item.is_required} onChange={(is_required) => change({ is_required })}>
        {t('required')}
      </Flag>
      {kind !== 'text' && kind !== 'choice' && (
        <Flag
          checked={item.takes_interval}
          hint={t('takes_interval_hint')}
          onChange={(takes_interval) => change({ takes_interval })}
        >
          {t('takes_interval')}
        </Flag>
      )}
      <Source {...{ item, path, faults, onChange }} />
      <Prefill {...{ item, path, faults, onChange }} />
    </div>
  );
}

type FlagProps = {
  checked: boolean;
  hint?: string;
  onChange: (checked: boolean) => void;
  children: ReactNode;
};

function Flag({ checked, hint, onChange, children }: FlagProps) {
  return (
    <label className="form-flag">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {children}
        {hint && <span className="muted small form-flag-hint">{hint}</span>}
      </span>
    </label>
  );
}

function Unit({ item, path, faults, onChange }: Props) {
  const t = useFormTexts();
  const format = useFormat();
  const unit = item.unit ?? '';
  return (
    <TextField
      label={t('unit')}
      hint={t('unit_hint')}
      maxLength={3}
      value={unit}
      suffix={/^[A-Z0-9]{2,3}$/.test(unit) ? format.unit(unit, '2') : ''}
      fault={faults.at(`${path}/unit`, unit)}
      onChange={(text) => onChange({ ...item, unit: text.trim().toUpperCase() })}
    />
  );
}

function Choices({ item, path, faults, onChange }: Props) {
  const t = useFormTexts();
  const { choices } = item;
  const put = (next: Item['choices']) => onChange({ ...item, choices: next });
  return (
    <fieldset className="form-choices">
      <legend className="field-label">{t('choices')}</legend>
      {choices.map(({ code, name }, at) => {
        const place = `${path}/choices/${at}`;
        const change = (part: Partial<(typeof choices)[number]>) =>
          put(replaced(choices, at, { code, name, ...part }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a code is empty, or twice, while typed
          <div key={at} className="form-choice">
            <TextField
              label={t('name_zh')}
              maxLength={TEXT_CHARS}
              value={name.zh}
              fault={faults.at(`${place}/name/zh`, name.zh)}
              onChange={(zh) => change({ name: { ...name, zh } })}
            />
            <TextField
              label={t('name_en')}
              maxLength={TEXT_CHARS}
              value={name.en}
              fault={faults.at(`${place}/name/en`, name.en)}
              onChange={(en) => change({ name: { ...name, en } })}
            />
            <TextField
              label={t('choice_code')}
              maxLength={40}
              value={code}
              fault={faults.at(`${place}/code`, code)}
              onChange={(text) => change({ code: text.trim() })}
            />
            <Button size="small" onClick={() => put(without(choices, at))}>
              {t('remove')}
            </Button>
          </div>
        );
      })}
      {faults.at(`${path}/choices`) && <p className="late small">{faults.at(`${path}/choices`)}</p>}
      <Button
        icon="plus"
        size="small"
        disabled={choices.length >= MOST_CHOICES}
        onClick={() => {
          const codes = choices.map(({ code }) => code);
          const choice = { code: freeName('choice', codes), name: { zh: '', en: '' } };
          put([...choices, choice]);
        }}
      >
        {t('add_choice')}
      </Button>
    </fieldset>
  );
}

/** The field of a form in use; both of its words, or none. */
function Source({ item, path, faults, onChange }: Props) {
  const t = useFormTexts();
  const source = item.source ?? NO_SOURCE;
  const put = (part: Partial<typeof source>) => {
    const next = { ...source, ...part };
    onChange({ ...item, source: next.table === '' && next.item === '' ? null : next });
  };
  return (
    <fieldset className="form-choices">
      <legend className="field-label">{t('same_as')}</legend>
      <p className="muted small">{t('same_as_hint')}</p>
      <TextField
        label={t('source_table')}
        optional
        maxLength={TEXT_CHARS}
        value={source.table}
        fault={item.source ? faults.at(`${path}/source/table`) : undefined}
        onChange={(table) => put({ table })}
      />
      <TextField
        label={t('source_item')}
        optional
        maxLength={TEXT_CHARS}
        value={source.item}
        fault={item.source ? faults.at(`${path}/source/item`) : undefined}
        onChange={(text) => put({ item: text })}
      />
    </fieldset>
  );
}

/** What the platform fills in from the firm's invoices; only what is of the item's kind. */
function Prefill({ item, path, faults, onChange }: Props) {
  const t = useFormTexts();
  const read = useBilingual();
  const { fields, rules } = usePrefills();
  const fitting = fields.filter(({ kind }) => kind === item.kind);
  const [official] = rules;
  if (fitting.length === 0 || !official) return null;
  const { prefill } = item;
  return (
    <>
      <SelectField
        label={t('prefill')}
        placeholder={t('prefill_none')}
        value={prefill?.field ?? ''}
        fault={faults.at(`${path}/prefill`)}
        options={fitting.map(({ field, name }) => ({ value: field, label: read(name) }))}
        onChange={(value) => {
          const found = fitting.find(({ field }) => field === value);
          const rule = prefill?.rule ?? official.id;
          onChange({ ...item, prefill: found ? { field: found.field, rule } : null });
        }}
      />
      {prefill && (
        <SelectField
          label={t('prefill_rule')}
          value={prefill.rule}
          options={rules.map(({ id, name }) => ({ value: id, label: read(name) }))}
          onChange={(value) => {
            const rule = rules.find(({ id }) => id === value)?.id ?? prefill.rule;
            onChange({ ...item, prefill: { ...prefill, rule } });
          }}
        />
      )}
    </>
  );
}
