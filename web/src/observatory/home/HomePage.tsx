import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { RevenueSplit } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useSession } from '../../kernel/session.ts';
import { IntervalBar } from '../IntervalBar.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { useShareTexts } from '../share/texts.ts';
import { useBoundsInWords } from '../share/words.ts';
import { CollectionsCard } from './CollectionsCard.tsx';
import { changeOf, periodBefore } from './change.ts';
import { useHomeTexts } from './texts.ts';

/** What changed, how sure that is, and what is missing: one screen, and the ways from it. */
export function HomePage() {
  const t = useHomeTexts();
  const split = useApi('revenue_split.get', { query: {} });
  const { party } = useSession();
  return (
    <ObservatoryPage title={t('title')} subtitle={t('subtitle')}>
      {party.roles.includes('statistician') && <CollectionsCard />}
      {split.isError && <ProblemNotice error={split.error} onRetry={() => void split.refetch()} />}
      {split.isPending && <Skeleton rows={6} />}
      {split.data && (
        <>
          <ShareCard split={split.data} />
          {split.data.service.share && (
            <div className="thirds">
              <ChangeCard split={split.data} />
              <DoubtCard split={split.data} />
            </div>
          )}
        </>
      )}
      <div className="thirds">
        <MissingCard />
        <Card title={t('index')}>
          <p>{t('index_says')}</p>
          <p className="card-foot">
            <Link to="/observatory/index">{t('open_index')}</Link>
          </p>
        </Card>
      </div>
    </ObservatoryPage>
  );
}

function ShareCard({ split }: { split: RevenueSplit }) {
  const t = useHomeTexts();
  const shares = useShareTexts();
  const words = useBoundsInWords();
  const { share } = split.service;
  const { answer, threshold } = split.test;
  if (!share) {
    return (
      <Card title={t('share')}>
        <p className="muted">{t('no_revenue')}</p>
      </Card>
    );
  }
  const says = words.share(share, threshold);
  return (
    <Card title={t('share')} note={t('period', split.period)}>
      <div className="share-answer">
        <p className="share-says">
          <strong className="share-word">{says}</strong>
          <span>
            {words.question(threshold)} <strong>{shares(answer)}</strong>
          </span>
        </p>
        <IntervalBar {...share} threshold={Number(threshold)} label={says} look="large" />
        <p>
          <Link to="/observatory/share">{t('open_share')}</Link>
        </p>
      </div>
    </Card>
  );
}

function ChangeCard({ split }: { split: RevenueSplit }) {
  const t = useHomeTexts();
  const words = useBoundsInWords();
  const period = periodBefore(split.period);
  const before = useApi('revenue_split.get', { query: period });
  const [now, then] = [split.service.share, before.data?.service.share];
  if (before.isError) return <ProblemNotice error={before.error} />;
  return (
    <Card title={t('changed')}>
      {before.isPending && <Skeleton rows={3} />}
      {before.data && !then && <p className="muted">{t('before_none')}</p>}
      {now && then && (
        <div className="stack-tight">
          <p className="strong">{t(changeOf(then, now))}</p>
          <IntervalBar {...now} label={`${t('now_bar')} ${words.share(now)}`} />
          <IntervalBar {...then} label={`${t('before_bar')} ${words.share(then)}`} />
          <p className="muted">
            <Link to={`/observatory/share${writeSearch(period)}`}>
              {t('before', { ...period, share: words.share(then) })}
            </Link>
          </p>
        </div>
      )}
    </Card>
  );
}

function DoubtCard({ split }: { split: RevenueSplit }) {
  const t = useHomeTexts();
  const format = useFormat();
  const queue = useApi('revenue_split.queue', { query: {} });
  const { questions, questions_left_out } = split.test;
  const share = split.service.share ?? { low: 0, high: 0 };
  const [largest] = questions;
  const points = (value: number) => format.decimal(value.toFixed(1));
  const waiting = queue.data?.items.length ?? 0;
  return (
    <Card title={t('doubt')}>
      <div className="stack-tight">
        {largest ? (
          <>
            <p className="strong">
              {t('width', {
                points: points((share.high - share.low) * 100),
                count: format.count(questions.length + questions_left_out),
              })}
            </p>
            <p>{t('largest', { name: largest.sale.name, points: points(largest.swing_pp) })}</p>
          </>
        ) : (
          <p>{t('certain')}</p>
        )}
        <p>
          <Link to="/observatory/unclassified">
            {waiting > 0 ? t('open_queue', { count: waiting }) : t('no_queue')}
          </Link>
        </p>
      </div>
    </Card>
  );
}

const SHOWN = 4;

function MissingCard() {
  const t = useHomeTexts();
  const read = useBilingual();
  const format = useFormat();
  const { data, isPending } = useApi('classification.editions', {});
  const missing = data?.items.filter((one) => one.missing !== null) ?? [];
  return (
    <Card title={t('missing')}>
      {isPending && <Skeleton rows={3} />}
      {data && (
        <>
          <p>{t('missing_says', { count: format.count(missing.length) })}</p>
          <ul className="bullets card-foot">
            {missing.slice(0, SHOWN).map((one) => (
              <li key={one.id}>{read(one.name)}</li>
            ))}
            {missing.length > SHOWN && <li>…</li>}
          </ul>
          <p className="card-foot">
            <Link to="/observatory/classes">{t('open_classes')}</Link>
          </p>
        </>
      )}
    </Card>
  );
}
