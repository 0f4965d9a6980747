import { Card } from '../../controls/Card.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useSession } from '../../kernel/session.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { Answer } from './Answer.tsx';
import { useAsked } from './asked.ts';
import { Conditions } from './Conditions.tsx';
import { Groups } from './Groups.tsx';
import { HowItWasMade } from './HowItWasMade.tsx';
import { Lines } from './Lines.tsx';
import { Questions } from './Questions.tsx';
import { useShareTexts } from './texts.ts';
import { UnderRules } from './UnderRules.tsx';

/** How much of the reader's own revenue is service, whether that is enough, and how sure it is. */
export function SharePage() {
  const t = useShareTexts();
  const { asked } = useAsked();
  const split = useApi('revenue_split.get', { query: asked });
  return (
    <ObservatoryPage title={t('title')} subtitle={split.data && <Subject split={split.data} />}>
      {split.isError && <ProblemNotice error={split.error} onRetry={() => void split.refetch()} />}
      {split.isPending && <Skeleton rows={8} />}
      {split.data ? <Found split={split.data} /> : split.isError && <Conditions split={null} />}
    </ObservatoryPage>
  );
}

function Subject({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const format = useFormat();
  const read = useBilingual();
  const { party } = useSession();
  return t('subtitle', {
    party: read(party.name),
    ...split.period,
    revenue: format.money(split.revenue_minor, split.currency),
  });
}

function Found({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const read = useBilingual();
  const has_revenue = split.service.share !== null;
  return (
    <>
      <Card>
        {has_revenue ? (
          <Answer split={split} />
        ) : (
          <Empty title={t('no_revenue')}>{t('no_revenue_more')}</Empty>
        )}
        <Conditions split={split} />
      </Card>
      <LeftOut split={split} />
      {has_revenue && (
        <>
          <div className="halves">
            <Questions split={split} />
            <div className="stack">
              <UnderRules split={split} />
              <Card title={t('does_not_say')} className="is-caution">
                <ul className="bullets">
                  {split.does_not_say.map((one) => (
                    <li key={one.en}>{read(one)}</li>
                  ))}
                </ul>
              </Card>
            </div>
          </div>
          <Groups split={split} />
          <Lines split={split} />
          <HowItWasMade split={split} />
        </>
      )}
    </>
  );
}

function LeftOut({ split }: { split: RevenueSplit }) {
  const t = useShareTexts();
  const format = useFormat();
  const others = split.other_currencies.map(({ currency, lines }) =>
    t('other_currency', { currency, lines: format.count(lines) }),
  );
  return (
    <>
      {split.test.is_near && <Notice tone="caution">{t('near')}</Notice>}
      {others.length > 0 && (
        <Notice tone="plain">{t('other_currencies', { list: others.join(', ') })}</Notice>
      )}
      {split.not_revenue_minor !== '0' && (
        <Notice tone="plain">
          {t('not_revenue', { amount: format.money(split.not_revenue_minor, split.currency) })}
        </Notice>
      )}
    </>
  );
}
