import { Card } from '../../../controls/Card.tsx';
import { TextField } from '../../../controls/Field.tsx';
import { useReleaseTexts } from '../texts.ts';
import type { PartProps } from './Material.tsx';

/** Which cells give somebody away: each rule in a sentence, with its numbers. */
export function RuleFields({ entry, onChange }: PartProps) {
  const t = useReleaseTexts();
  return (
    <Card title={t('rules')} note={t('rules_note')}>
      <div className="release-fields">
        <TextField
          label={t('fewest')}
          hint={t('fewest_hint')}
          inputMode="numeric"
          value={entry.fewest}
          onChange={(fewest) => onChange({ fewest })}
        />
        <TextField
          label={t('margin')}
          hint={t('margin_hint')}
          inputMode="decimal"
          suffix="%"
          value={entry.margin}
          onChange={(margin) => onChange({ margin })}
        />
        <TextField
          label={t('percent')}
          hint={t('percent_hint')}
          optional
          inputMode="decimal"
          suffix="%"
          value={entry.percent}
          onChange={(percent) => onChange({ percent })}
        />
        <TextField
          label={t('largest')}
          hint={t('largest_hint')}
          optional
          inputMode="numeric"
          value={entry.largest}
          onChange={(largest) => onChange({ largest })}
        />
        <TextField
          label={t('share')}
          hint={t('share_hint')}
          optional
          inputMode="decimal"
          suffix="%"
          value={entry.share}
          onChange={(share) => onChange({ share })}
        />
      </div>
    </Card>
  );
}
