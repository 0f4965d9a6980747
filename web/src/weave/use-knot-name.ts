import { useBilingual } from '../kernel/bilingual.ts';
import { useFlowTexts } from '../kernel/flows.ts';
import { useFormat } from '../kernel/format/format.ts';
import type { Knot } from './data.ts';
import { useWeaveTexts } from './texts.ts';

/** What a screen reader says of a knot: its flow, what happened, when, and how it stands. */
export function useKnotName(): (knot: Knot) => string {
  const t = useWeaveTexts();
  const flow = useFlowTexts();
  const format = useFormat();
  const read = useBilingual();
  return (knot) => {
    const values = {
      flow: flow(knot.flow),
      title: read(knot.title),
      time: format.instant(knot.at),
      kind: t(knot.kind),
    };
    return knot.tone === 'normal'
      ? t('knot_name', values)
      : t('knot_name_tone', { ...values, tone: t(knot.tone) });
  };
}
