import { useFormat } from '../kernel/format/format.ts';
import { monthsUpTo } from '../kernel/format/months.ts';
import { SelectField } from './SelectField.tsx';

const MONTHS_SHOWN = 60;

type Props = { label: string; value: string; onChange: (month: string) => void };

/** A month of the last years: the browser's own field would speak the browser's language. */
export function MonthField({ label, value, onChange }: Props) {
  const format = useFormat();
  const months = monthsUpTo(format.today.slice(0, 7), MONTHS_SHOWN);
  const shown = value === '' || months.includes(value) ? months : [value, ...months];
  return (
    <SelectField
      label={label}
      value={value}
      options={shown.map((month) => ({ value: month, label: format.month(month) }))}
      onChange={onChange}
    />
  );
}
