import { Link, useSearch } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import type { Search } from '../../kernel/search.ts';
import { IntervalBar } from '../IntervalBar.tsx';
import { useShareTexts } from './texts.ts';
import { useBoundsInWords } from './words.ts';

/** The same period under every rule: which of them decides is part of the answer. */
export function UnderRules({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const read = useBilingual();
  const words = useBoundsInWords();
  const search = useSearch({ strict: false }) as Search;
  const { threshold } = split.test;
  return (
    <Card title={t('under_rules')} note={t('under_rules_note')}>
      <ul className="under-rules">
        {split.test.under_rules.map(({ rule, name, share, answer }) => (
          <li key={rule}>
            <Link
              to="."
              search={{ ...search, rule, after: undefined, page: undefined } as never}
              replace
              resetScroll={false}
              className="under-rule"
              aria-current={rule === split.rule.id ? 'true' : undefined}
            >
              <span>{read(name)}</span>
              {share && (
                <IntervalBar
                  {...share}
                  threshold={Number(threshold)}
                  label={words.share(share, threshold)}
                />
              )}
              <span className="under-rule-says">
                <strong>{t(answer)}</strong>
                <span>{share ? words.share(share, threshold) : '–'}</span>
                {rule === split.rule.id && <span className="muted">{t('chosen')}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
