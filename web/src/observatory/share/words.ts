import { useFormat } from '../../kernel/format/format.ts';
import { type Bounds, percentOf, percentsOf } from '../interval.ts';
import { useShareTexts } from './texts.ts';

/** Writes bounds in words: one number where they are the same. */
export function useBoundsInWords() {
  const t = useShareTexts();
  const format = useFormat();
  return {
    question: (threshold: string) => t('question', { threshold: percentOf(threshold) }),
    share: (bounds: Bounds, threshold?: string) => {
      const { low, high } = percentsOf(
        bounds,
        threshold === undefined ? undefined : Number(threshold),
      );
      const shown = { low: format.decimal(low), high: format.decimal(high) };
      return t(low === high ? 'share_exact' : 'share_between', shown);
    },
    money: ({ low, high }: { low: string; high: string }, currency: string) =>
      low === high
        ? format.money(low, currency)
        : `${format.money(low, currency)} – ${format.minor(high, currency)}`,
  };
}
