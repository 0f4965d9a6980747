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
  const broken = checks.filter(({ outcome }) => outcome === 'broken');
  const open = checks.filter(({ outcome }) => outcome === 'cannot_tell').length;
  return (
    <Card title={t('checks')}>
      {broken.length === 0 && <p className="muted">{t('checks_fine')}</p>}
      {open > 0 && <p className="muted">{t('cannot_tell', { count: open })}</p>}
      {broken.map(({ rule, level, explanation }) => (
        <div key={rule} className="report-check">
          <p>
            <Tag tone="late">{t(level)}</Tag> {read(explanation)}
          </p>
          {level === 'soft' && (
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
