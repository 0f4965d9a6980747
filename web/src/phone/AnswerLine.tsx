import { Choice } from '../controls/Choice.tsx';
import { DateField } from '../controls/DateInput.tsx';
import { Field, TextField } from '../controls/Field.tsx';
import { useFormat } from '../kernel/format/format.ts';
import { type LineAnswer, type LineFault, type OrderedLine, restQuantity } from './answer.ts';
import { REASONS, usePhoneTexts } from './texts.ts';

export type AskedLine = OrderedLine & {
  name: string;
  unit: string;
  currency: string;
  /** Business date by which the buyer wants it. */
  wanted_on: string;
};

type Props = {
  line: AskedLine;
  answer: LineAnswer;
  fault: LineFault | undefined;
  onChange: (answer: LineAnswer) => void;
};

/** One line of an order and the three things that can be said to it. */
export function AnswerLine({ line, answer, fault, onChange }: Props) {
  const t = usePhoneTexts();
  const format = useFormat();
  const price = format.priceIn(line.price, line.currency);
  return (
    <li className="card answer-line">
      <div className="answer-head">
        <h2>{line.name}</h2>
        <span className="strong answer-quantity">{format.quantity(line.quantity, line.unit)}</span>
      </div>
      <p className="muted">{t('asked', { date: format.date(line.wanted_on), price })}</p>
      <Choice
        label={t('decision', { item: line.name })}
        look="pills"
        options={[
          { value: 'accept', label: t('accept') },
          { value: 'counter', label: t('counter') },
          { value: 'refuse', label: t('refuse') },
        ]}
        value={answer.decision}
        onChange={(decision) => onChange({ ...answer, decision })}
      />
      {answer.decision === 'counter' && (
        <Counter line={line} answer={answer} fault={fault} onChange={onChange} />
      )}
      {answer.decision === 'refuse' && <Reason answer={answer} fault={fault} onChange={onChange} />}
    </li>
  );
}

function Counter({ line, answer, fault, onChange }: Props) {
  const t = usePhoneTexts();
  const format = useFormat();
  const rest = restQuantity(line, answer);
  const label =
    rest === '0' ? t('rest_none') : t('rest', { quantity: format.quantity(rest, line.unit) });
  const most = format.decimal(line.quantity);
  const faultOf = (...names: LineFault[]) =>
    fault && names.includes(fault) ? t(`fault_${fault}`, { most }) : undefined;
  return (
    <div className="answer-counter">
      <TextField
        label={t('quantity')}
        value={answer.quantity}
        inputMode="decimal"
        suffix={format.unit(line.unit, answer.quantity)}
        fault={faultOf('quantity', 'nothing_changed')}
        onChange={(quantity) => onChange({ ...answer, quantity })}
      />
      <DateField
        label={label}
        value={answer.rest_on}
        earliest={format.today}
        disabled={rest === '0'}
        fault={faultOf('rest_on')}
        onChange={(rest_on) => onChange({ ...answer, rest_on })}
      />
      <TextField
        label={t('price')}
        value={answer.price}
        inputMode="decimal"
        fault={faultOf('price')}
        onChange={(price) => onChange({ ...answer, price })}
      />
    </div>
  );
}

function Reason({ answer, fault, onChange }: Omit<Props, 'line'>) {
  const t = usePhoneTexts();
  return (
    <Field label={t('reason')} fault={fault === 'reason' ? t('fault_reason') : undefined}>
      {(ids) => (
        <select
          {...ids}
          className="input"
          value={answer.reason}
          onChange={(event) => onChange({ ...answer, reason: event.target.value })}
        >
          <option value="">{t('reason_choose')}</option>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(`reason_${reason}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
