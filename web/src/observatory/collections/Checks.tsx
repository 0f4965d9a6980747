import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { ReportDraft } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useCollectionTexts } from './texts.ts';

type Props = {
  checks: ReportDraft['checks'];
  notes: Readonly<Record<string, string>>;
  onNote: (rule: string, text: string) => void;
};

/** What submitting would find: what must be mended, and what must be explained. */
export function Checks({ checks, notes, onNote }: Props) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const broken = checks.filter(({ outcome }) => outcome !== 'holds');
  return (
    <Card title={t('checks')}>
      {broken.length === 0 && <p className="muted">{t('checks_fine')}</p>}
      {broken.map(({ rule, level, outcome, explanation }) => (
        <div key={rule} className="report-check">
          <p>
            <Tag tone={outcome === 'broken' ? 'late' : 'plain'}>
              {outcome === 'broken' ? t(level) : t('cannot_tell')}
            </Tag>{' '}
            {read(explanation)}
          </p>
          {level === 'soft' && outcome === 'broken' && (
            <TextField
              label={t('note')}
              value={notes[rule] ?? ''}
              onChange={(text) => onNote(rule, text)}
            />
          )}
        </div>
      ))}
    </Card>
  );
}
