import type { RevenueSplit } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { IntervalBar } from '../IntervalBar.tsx';
import { percentOf } from '../interval.ts';
import { useShareTexts } from './texts.ts';
import { useBoundsInWords } from './words.ts';

const TICKS = [0, 25, 50, 75, 100];
/** A tick so near the threshold would stand under its label. */
const APART = 9;

/** The question, its answer in a word and a sentence, and the picture of both. */
export function Answer({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const format = useFormat();
  const words = useBoundsInWords();
  const { answer, threshold } = split.test;
  const share = split.service.share ?? { low: 0, high: 1 };
  const percent = percentOf(threshold);
  const says = t(`${answer}_more`, { share: words.share(share, threshold), threshold: percent });
  const { low, high } = split.service.amount_minor;
  const amounts = {
    low: format.money(low, split.currency),
    high: format.money(high, split.currency),
  };
  return (
    <section className="share-answer" aria-live="polite">
      <p className="muted">{t('question', { threshold: percent })}</p>
      <p className="share-says">
        <strong className={`share-word is-${answer}`}>{t(answer)}</strong>
        <span>{says}</span>
      </p>
      <div className="share-scale">
        <p
          className="share-threshold"
          style={{ left: `${Number(percent)}%` }}
          data-at={Number(percent) > 80 ? 'end' : Number(percent) < 8 ? 'start' : 'middle'}
        >
          {t('threshold_at', { threshold: percent })}
        </p>
        <IntervalBar {...share} threshold={Number(threshold)} label={says} look="large" />
        <div className="share-ticks" aria-hidden="true">
          {TICKS.filter((tick) => Math.abs(tick - Number(percent)) > APART || tick % 100 === 0).map(
            (tick) => (
              <span key={tick} style={{ left: `${tick}%` }}>
                {tick}&nbsp;%
              </span>
            ),
          )}
        </div>
      </div>
      <p className="muted">{t(low === high ? 'amount_exact' : 'amount', amounts)}</p>
      <Ways split={split} />
    </section>
  );
}

/** How far it is to an answer, either way. */
function Ways({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const { answers_to_yes, answers_to_no } = split.test;
  if (answers_to_yes === null && answers_to_no === null) return null;
  return (
    <ul className="bullets">
      {answers_to_yes !== null && <li>{t('to_yes', { count: answers_to_yes })}</li>}
      {answers_to_no !== null && <li>{t('to_no', { count: answers_to_no })}</li>}
    </ul>
  );
}
