import { Card } from '../../controls/Card.tsx';
import { Facts } from '../../controls/Facts.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useIndexTexts } from './texts.ts';

/** Every parameter: who has the files and this comes to the same numbers. */
export function HowItIsMade({ index }: { index: MeasuredIndex }) {
  const t = useIndexTexts();
  const format = useFormat();
  const read = useBilingual();
  const { level, runs, seed, design } = index.uncertainty;
  const facts = [
    [t('runs'), format.count(runs)],
    [t('design'), t(design)],
    [t('level'), format.share(level)],
    [t('seed'), String(seed)],
  ] as const;
  return (
    <Card title={t('how')}>
      <div className="stack">
        <Facts rows={facts} />
        {index.remarks.length > 0 && (
          <>
            <h3>{t('remarks')}</h3>
            <ul className="bullets">
              {index.remarks.map((one) => (
                <li key={one.en}>{read(one)}</li>
              ))}
            </ul>
          </>
        )}
        <details>
          <summary className="muted">{t('recipe')}</summary>
          <pre className="recipe-text">{JSON.stringify(index.recipe, null, 2)}</pre>
        </details>
      </div>
    </Card>
  );
}
