import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Item, Value } from './values.ts';

/** A reported value in words: with its unit, and as bounds where it is not known exactly. */
export function useShownValue() {
  const format = useFormat();
  const read = useBilingual();
  const one = (item: Item, text: string): string => {
    if (item.kind === 'amount') return format.money(text, 'CNY');
    if (item.kind === 'percent') return `${text} %`;
    if (item.kind === 'quantity') return format.quantity(text, item.unit ?? '');
    if (item.kind !== 'choice') return text;
    const chosen = item.choices?.find(({ code }) => code === text);
    return chosen ? read(chosen.name) : text;
  };
  return (item: Item, value: Value | undefined): string => {
    if (value === undefined) return '–';
    if (typeof value === 'string') return one(item, value);
    if (value.low === value.high) return one(item, value.low);
    return `${one(item, value.low)} – ${one(item, value.high)}`;
  };
}
