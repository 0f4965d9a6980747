import { useRef, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Field, TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { FormCheck, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { TEXT_CHARS } from './Basics.tsx';
import { useFormTexts } from './texts.ts';
import type { Faults } from './use-check.ts';

type Rule = FormDraftContent['rules'][number];
type Item = FormDraftContent['items'][number];
type Checked = FormCheck['rules'][number];

const RULE_CHARS = 500;
const SIGNS = ['+', '-', '*', '/', '<=', '>=', '=', '!=', 'and', 'or', 'not', 'abs('] as const;

type Props = {
  rule: Rule;
  path: string;
  items: readonly Item[];
  checked: Checked | undefined;
  faults: Faults;
  onChange: (rule: Rule) => void;
};

/** One rule, judged by the server at each stroke: where it is wrong, and what it reads. */
export function RuleEditor({ rule, path, items, checked, faults, onChange }: Props) {
  const t = useFormTexts();
  const { id, level, explanation } = rule;
  const change = (part: Partial<Rule>) => onChange({ ...rule, ...part });
  return (
    <div className="stack">
      <TextField
        label={t('rule_id')}
        hint={t('rule_id_hint')}
        maxLength={20}
        value={id}
        fault={faults.at(`${path}/id`, id)}
        onChange={(text) => change({ id: text.trim().toUpperCase() })}
      />
      <SelectField
        label={t('level')}
        value={level}
        options={(['hard', 'soft'] as const).map((value) => ({
          value,
          label: t(`level_${value}`),
        }))}
        onChange={(value) => change({ level: value === 'soft' ? 'soft' : 'hard' })}
      />
      <Expression
        {...{ items, checked }}
        text={rule.expression}
        onChange={(expression) => change({ expression })}
      />
      <TextField
        label={t('explanation_zh')}
        hint={t('explanation_hint')}
        maxLength={TEXT_CHARS}
        value={explanation.zh}
        fault={faults.at(`${path}/explanation/zh`, explanation.zh)}
        onChange={(zh) => change({ explanation: { ...explanation, zh } })}
      />
      <TextField
        label={t('explanation_en')}
        maxLength={TEXT_CHARS}
        value={explanation.en}
        fault={faults.at(`${path}/explanation/en`, explanation.en)}
        onChange={(en) => change({ explanation: { ...explanation, en } })}
      />
    </div>
  );
}

type ExpressionProps = {
  text: string;
  items: readonly Item[];
  checked: Checked | undefined;
  onChange: (text: string) => void;
};

function Expression({ text, items, checked, onChange }: ExpressionProps) {
  const t = useFormTexts();
  const read = useBilingual();
  const entry = useRef<HTMLTextAreaElement>(null);
  const fault = text === '' ? null : (checked?.fault ?? null);
  /** Where the caret stands, with blanks around it. */
  const insert = (word: string) => {
    const [from, to] = [entry.current?.selectionStart, entry.current?.selectionEnd];
    const [before, after] = [text.slice(0, from ?? text.length), text.slice(to ?? text.length)];
    const gap = before === '' || /[\s(]$/.test(before) ? '' : ' ';
    onChange(`${before}${gap}${word} ${after.trimStart()}`.slice(0, RULE_CHARS));
    entry.current?.focus();
  };
  return (
    <>
      <Field
        label={t('expression')}
        hint={t('expression_hint')}
        fault={fault ? t('at_character', { column: fault.column, words: read(fault) }) : undefined}
      >
        {(ids) => (
          <textarea
            {...ids}
            ref={entry}
            className="input form-rule"
            rows={3}
            maxLength={RULE_CHARS}
            spellCheck={false}
            autoCapitalize="off"
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {fault && <Pointed text={text} column={fault.column} />}
      {!fault && text !== '' && checked && <Understood checked={checked} items={items} />}
      <Insert items={items} onInsert={insert} />
    </>
  );
}

/** The rule once more, with the character at which it cannot be read. */
function Pointed({ text, column }: { text: string; column: number }) {
  const at = column - 1;
  return (
    <p className="form-pointed" aria-hidden="true">
      {text.slice(0, at)}
      <mark>{text.slice(at, at + 1).trim() || '␣'}</mark>
      {text.slice(at + 1)}
    </p>
  );
}

/** What the rule looks at, in words, and what it comes to on what was tried. */
function Understood({ checked, items }: { checked: Checked; items: readonly Item[] }) {
  const t = useFormTexts();
  const read = useBilingual();
  const named = (isBefore: boolean) =>
    checked.reads
      .filter(({ is_before }) => is_before === isBefore)
      .map(({ item }) => {
        const found = items.find(({ code }) => code === item);
        return (found && read(found.name)) || item;
      })
      .join(t('list_comma'));
  const { outcome } = checked;
  return (
    <div className="stack-tight small" role="status">
      <p>{t('rule_fine')}</p>
      {named(false) && <p className="muted">{t('rule_reads', { items: named(false) })}</p>}
      {named(true) && <p className="muted">{t('rule_reads_before', { items: named(true) })}</p>}
      {outcome && (
        <p className="muted">
          {t('outcome_on_trial')}{' '}
          <Tag tone={outcome === 'broken' ? 'late' : 'plain'}>{t(`outcome_${outcome}`)}</Tag>
        </p>
      )}
    </div>
  );
}

type InsertProps = { items: readonly Item[]; onInsert: (word: string) => void };

/** Nobody has to know a code by heart. */
function Insert({ items, onInsert }: InsertProps) {
  const t = useFormTexts();
  const read = useBilingual();
  const [when, setWhen] = useState<'now' | 'before'>('now');
  const figures = items.filter(({ kind, code }) => kind !== 'text' && kind !== 'choice' && code);
  if (figures.length === 0) return <p className="muted small">{t('insert_none')}</p>;
  return (
    <div className="stack-tight">
      <div className="row">
        <span className="field-label">{t('insert')}</span>
        <Choice
          label={t('insert')}
          value={when}
          options={(['now', 'before'] as const).map((value) => ({
            value,
            label: t(`insert_${value}`),
          }))}
          onChange={setWhen}
        />
      </div>
      <div className="form-chips">
        {figures.map(({ code, name }) => (
          <Button
            key={code}
            size="small"
            title={code}
            onClick={() => onInsert(when === 'now' ? code : `prev.${code}`)}
          >
            {read(name) || code}
          </Button>
        ))}
      </div>
      <div className="form-chips">
        {SIGNS.map((sign) => (
          <Button key={sign} size="small" className="form-sign" onClick={() => onInsert(sign)}>
            {sign}
          </Button>
        ))}
      </div>
    </div>
  );
}
