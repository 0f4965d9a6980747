import { Card } from '../../controls/Card.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { FormDraftContent } from '../../generated/api.ts';
import { useFormTexts } from './texts.ts';
import type { Faults } from './use-check.ts';
import type { Edit } from './use-draft.ts';

const PERIODS = { month: 12, quarter: 4, year: 1 } as const;
const PERIOD_KINDS = Object.keys(PERIODS) as (keyof typeof PERIODS)[];
const MOST_ASKS = 366;
export const TEXT_CHARS = 200;

export const timesAYear = ({ asks_per_year, period_kind }: FormDraftContent) =>
  asks_per_year ?? PERIODS[period_kind];

type Props = {
  content: FormDraftContent;
  edit: Edit;
  faults: Faults;
  /** Code and period stay through all versions. */
  isRevision: boolean;
};

/** What stands at the head of a form: its name, how often it asks, by whose leave. */
export function Basics({ content, edit, faults, isRevision }: Props) {
  const t = useFormTexts();
  const { name, code, period_kind, levels, asks_per_year } = content;
  return (
    <>
      <Card>
        <div className="form-fields">
          <TextField
            label={t('name_zh')}
            maxLength={TEXT_CHARS}
            value={name.zh}
            fault={faults.at('name/zh', name.zh)}
            onChange={(zh) => edit({ name: { ...name, zh } })}
          />
          <TextField
            label={t('name_en')}
            maxLength={TEXT_CHARS}
            value={name.en}
            fault={faults.at('name/en', name.en)}
            onChange={(en) => edit({ name: { ...name, en } })}
          />
          <TextField
            label={t('code')}
            hint={t(isRevision ? 'fixed_hint' : 'code_hint')}
            maxLength={40}
            disabled={isRevision}
            value={code}
            fault={faults.at('code', code)}
            onChange={(text) => edit({ code: text.trim() })}
          />
          <SelectField
            label={t('period_kind')}
            hint={isRevision ? t('fixed_hint') : undefined}
            disabled={isRevision}
            value={period_kind}
            options={PERIOD_KINDS.map((value) => ({ value, label: t(`period_${value}`) }))}
            onChange={(value) => {
              const kind = PERIOD_KINDS.find((one) => one === value);
              if (kind) edit({ period_kind: kind });
            }}
          />
          <TextField
            label={t('asks_per_year')}
            hint={t('asks_hint', { count: PERIODS[period_kind] })}
            optional
            inputMode="numeric"
            value={asks_per_year === null ? '' : String(asks_per_year)}
            onChange={(text) => edit({ asks_per_year: timesIn(text) })}
          />
          <SelectField
            label={t('levels')}
            value={String(levels)}
            options={(['1', '2'] as const).map((value) => ({ value, label: t(`levels_${value}`) }))}
            onChange={(value) => edit({ levels: value === '2' ? 2 : 1 })}
          />
        </div>
      </Card>
      <Approval {...{ content, edit, faults }} />
    </>
  );
}

/** What is no number of times within a year is as good as nothing. */
function timesIn(text: string): number | null {
  const times = Number(text.replaceAll(/\D/g, '').slice(0, 3));
  return times > 0 ? Math.min(times, MOST_ASKS) : null;
}

const NO_APPROVAL = { table_number: '', issued_by: '', approval_number: '', valid_until: '' };
const MARKS = ['table_number', 'issued_by', 'approval_number'] as const;

function Approval({ content, edit, faults }: Omit<Props, 'isRevision'>) {
  const t = useFormTexts();
  const { approval } = content;
  return (
    <Card title={t('approval')} note={t('approval_hint')}>
      <div className="stack">
        <label className="row">
          <input
            type="checkbox"
            checked={approval !== null}
            onChange={(event) => edit({ approval: event.target.checked ? NO_APPROVAL : null })}
          />
          {t('has_approval')}
        </label>
        {approval && (
          <div className="form-fields">
            {MARKS.map((mark) => (
              <TextField
                key={mark}
                label={t(mark)}
                maxLength={TEXT_CHARS}
                value={approval[mark]}
                fault={faults.at(`approval/${mark}`, approval[mark])}
                onChange={(text) => edit({ approval: { ...approval, [mark]: text } })}
              />
            ))}
            <DateField
              label={t('valid_until')}
              value={approval.valid_until}
              fault={faults.at('approval/valid_until', approval.valid_until)}
              onChange={(valid_until) => edit({ approval: { ...approval, valid_until } })}
            />
          </div>
        )}
      </div>
    </Card>
  );
}
