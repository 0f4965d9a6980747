import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { DateField } from '../controls/DateInput.tsx';
import { TextField } from '../controls/Field.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { parseDecimal } from '../kernel/format/entry.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf, useParties } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { useIdentityTexts } from './texts.ts';

const BUYERS = ['large', 'public', 'sme'] as const;
const SIZES = ['micro', 'small', 'medium', 'large', 'undeclared'] as const;
const WHOLE = /^\d{1,3}$/;

function newEntry(today: string) {
  return {
    partner: '',
    sells: true,
    from: today,
    payment_days: '30',
    inspection_days: '0',
    buyer_kind: 'sme' as (typeof BUYERS)[number],
    seller_size: 'small' as (typeof SIZES)[number],
    quantity: '0',
    price: '0',
  };
}

type Entry = ReturnType<typeof newEntry>;

/** Terms proposed to another member; prices are set once they stand. */
export function AgreementForm({ onDone }: { onDone: () => void }) {
  const t = useIdentityTexts();
  const { today } = useFormat();
  const { party } = useSession();
  const [entry, setEntry] = useState(() => newEntry(today));
  const propose = useCommand('agreement.propose', () => {
    sayDone(t('proposed_done'));
    onDone();
  });
  const whole = WHOLE.test(entry.payment_days) && WHOLE.test(entry.inspection_days);
  const shares = [entry.quantity, entry.price].every((typed) => parseDecimal(typed) !== undefined);
  return (
    <StepForm
      submit={t('propose')}
      busy={propose.isPending}
      error={propose.error}
      disabled={!entry.partner || !entry.from || !whole || !shares}
      onSubmit={() =>
        propose.mutate({
          body: {
            seller_id: entry.sells ? party.id : entry.partner,
            buyer_id: entry.sells ? entry.partner : party.id,
            valid_from: entry.from,
            payment_days: Number(entry.payment_days),
            inspection_days: Number(entry.inspection_days),
            buyer_kind: entry.buyer_kind,
            seller_size: entry.seller_size,
            quantity_tolerance_percent: entry.quantity,
            price_tolerance_percent: entry.price,
          },
        })
      }
    >
      <Sides entry={entry} onChange={setEntry} />
      <Numbers entry={entry} onChange={setEntry} />
    </StepForm>
  );
}

type PartProps = { entry: Entry; onChange: (entry: Entry) => void };

function Sides({ entry, onChange }: PartProps) {
  const t = useIdentityTexts();
  const read = useBilingual();
  const { party } = useSession();
  const others = useParties().filter(({ id, status }) => id !== party.id && status !== 'left');
  return (
    <>
      <SelectField
        label={t('with_whom')}
        placeholder={t('choose')}
        options={others
          .map((one) => ({ value: one.id, label: read(nameOf(one)) }))
          .toSorted((a, b) => a.label.localeCompare(b.label))}
        value={entry.partner}
        onChange={(partner) => onChange({ ...entry, partner })}
      />
      <Choice
        label={t('my_part')}
        options={[
          { value: 'sell', label: t('selling') },
          { value: 'buy', label: t('buying') },
        ]}
        value={entry.sells ? 'sell' : 'buy'}
        onChange={(value) => onChange({ ...entry, sells: value === 'sell' })}
      />
      <SelectField
        label={t('buyer_kind')}
        options={BUYERS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        value={entry.buyer_kind}
        onChange={(value) =>
          onChange({ ...entry, buyer_kind: BUYERS.find((one) => one === value) ?? 'sme' })
        }
      />
      <SelectField
        label={t('seller_size')}
        options={SIZES.map((value) => ({ value, label: t(`size_${value}`) }))}
        value={entry.seller_size}
        onChange={(value) =>
          onChange({ ...entry, seller_size: SIZES.find((one) => one === value) ?? 'undeclared' })
        }
      />
    </>
  );
}

function Numbers({ entry, onChange }: PartProps) {
  const t = useIdentityTexts();
  const wrongDays = (typed: string) => (WHOLE.test(typed) ? undefined : t('fault_number'));
  const wrongShare = (typed: string) =>
    parseDecimal(typed) === undefined ? t('fault_number') : undefined;
  return (
    <>
      <DateField
        label={t('valid_from')}
        value={entry.from}
        onChange={(from) => onChange({ ...entry, from })}
      />
      <div className="entry-pair">
        {(['payment_days', 'inspection_days'] as const).map((field) => (
          <TextField
            key={field}
            label={t(field)}
            inputMode="numeric"
            suffix={t('days')}
            value={entry[field]}
            fault={wrongDays(entry[field])}
            onChange={(typed) => onChange({ ...entry, [field]: typed })}
          />
        ))}
      </div>
      <p className="muted small">{t('terms_hint')}</p>
      <div className="entry-pair">
        {(['quantity', 'price'] as const).map((field) => (
          <TextField
            key={field}
            label={t(`${field}_tolerance`)}
            inputMode="decimal"
            suffix={t('percent')}
            value={entry[field]}
            fault={wrongShare(entry[field])}
            onChange={(typed) => onChange({ ...entry, [field]: typed })}
          />
        ))}
      </div>
    </>
  );
}
