import type { ReportDraft } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useCollectionTexts } from './texts.ts';
import type { Value } from './values.ts';

type Props = { evidence: ReportDraft['evidence'][string] | undefined; value: Value | undefined };

/** Where a value comes from that the platform filled in, and whether the firm has changed it. */
export function Prefilled({ evidence, value }: Props) {
  const t = useCollectionTexts();
  const read = useBilingual();
  if (!evidence) return null;
  const isSame = JSON.stringify(evidence.value) === JSON.stringify(value);
  const words =
    evidence.kind === 'split'
      ? t(evidence.from === evidence.to ? 'from_month' : 'from_split', {
          ...{ from: evidence.from, to: evidence.to },
        })
      : evidence.form
        ? t('from_report', { form: read(evidence.form) })
        : t('from_elsewhere');
  return (
    <span className="muted small">
      {words}
      {!isSame && t('changed')}
    </span>
  );
}
