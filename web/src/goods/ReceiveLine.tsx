import type { ReactNode } from 'react';
import { useProductName } from '../commerce/product-names.ts';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import type { Despatch } from '../generated/api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { type Arrival, type ArrivalFault, acceptedOf, OUTCOMES } from './arrival.ts';
import { Photos } from './Photos.tsx';
import { useGoodsTexts } from './texts.ts';

type Props = {
  line: Despatch['lines'][number];
  /** Photos are shown to the sender too. */
  sender: string;
  arrival: Arrival;
  fault: ArrivalFault | undefined;
  onChange: (change: Partial<Arrival>) => void;
};

/** One lot at the door. */
export function ReceiveLine({ line, sender, arrival, fault, onChange }: Props) {
  const t = useGoodsTexts();
  const format = useFormat();
  const name = useProductName()(line);
  const notes = [
    line.lot && `${t('lot')} ${line.lot}`,
    line.best_before && `${t('best_before')} ${format.date(line.best_before)}`,
    line.sscc,
  ].filter(Boolean);
  return (
    <li className="card receive-line">
      <div className="answer-head">
        <h2>{name}</h2>
        <span className="strong answer-quantity">{format.quantity(line.quantity, line.unit)}</span>
      </div>
      {notes.length > 0 && <p className="muted">{notes.join(' · ')}</p>}
      <Choice
        label={t('how_is', { item: name })}
        look="pills"
        options={[
          { value: 'good', label: t('all_good') },
          { value: 'poor', label: t('not_all') },
        ]}
        value={arrival.good ? 'good' : 'poor'}
        onChange={(value) => onChange({ good: value === 'good' })}
      />
      {!arrival.good && (
        <Differences line={line} arrival={arrival} fault={fault} onChange={onChange}>
          <Photos
            sender={sender}
            ids={arrival.photo_ids}
            onAdd={(id) => onChange({ photo_ids: [...arrival.photo_ids, id] })}
          />
        </Differences>
      )}
    </li>
  );
}

type DifferencesProps = Omit<Props, 'sender'> & { children: ReactNode };

function Differences({ line, arrival, fault, onChange, children }: DifferencesProps) {
  const t = useGoodsTexts();
  const format = useFormat();
  const sent = format.quantity(line.quantity, line.unit);
  const accepted = acceptedOf(line.quantity, arrival);
  const wrong = fault && fault !== 'reason' ? t(`fault_${fault}`, { quantity: sent }) : undefined;
  return (
    <>
      <div className="receive-differences">
        {OUTCOMES.map((what) => (
          <TextField
            key={what}
            label={t(what)}
            value={arrival[what]}
            inputMode="decimal"
            placeholder="0"
            suffix={format.unit(line.unit, arrival[what] || '0')}
            onChange={(typed) => onChange({ [what]: typed })}
          />
        ))}
      </div>
      {wrong ? (
        <p className="late small" role="alert">
          {wrong}
        </p>
      ) : (
        accepted !== undefined && (
          <p className="muted small">
            {t('accepted_is', { quantity: format.quantity(accepted, line.unit) })}
          </p>
        )
      )}
      <TextField
        label={t('reason')}
        value={arrival.reason}
        fault={fault === 'reason' ? t('fault_reason') : undefined}
        onChange={(reason) => onChange({ reason })}
      />
      {children}
    </>
  );
}
