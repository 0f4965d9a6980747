import { Card } from '../../controls/Card.tsx';
import type { OwnPlace as Found, Release } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { IntervalBar } from '../IntervalBar.tsx';
import { useReleaseTexts } from './texts.ts';
import { useFigure, useNames } from './use-names.ts';

/** A firm's own figure among those of its class; nothing for whoever has reported none. */
export function OwnPlace({ release }: { release: Release }) {
  const t = useReleaseTexts();
  const read = useBilingual();
  const { data } = useApi('release.own_place', { params: { id: release.id } });
  if (!data || data.refused?.reason === 'not_reported') return null;
  return (
    <Card title={t('own')} note={t('own_note')}>
      {data.refused && <p className="muted">{read(data.refused)}</p>}
      {data.place && <Among release={release} place={data.place} />}
    </Card>
  );
}

type AmongProps = { release: Release; place: NonNullable<Found['place']> };

function Among({ release, place }: AmongProps) {
  const t = useReleaseTexts();
  const format = useFormat();
  const figure = useFigure(release.unit);
  const names = useNames(place.classes.map(({ code }) => code));
  const { firms, best, worst, figure: own, total, mean_of_others: mean } = place;
  const among = place.classes.map(({ variable, code }) => names.code(variable, code)).join(' · ');
  const ranks = { best: format.count(best), worst: format.count(worst) };
  const says = best === worst ? t('own_rank', ranks) : t('own_ranks', ranks);
  const of = { firms: format.count(firms), among: among || t('own_all') };
  const step = Math.max(1, firms - 1);
  return (
    <div className="stack">
      <div className="share-answer">
        <p className="share-says">
          <strong className="share-word">{says}</strong>
          <span>{t('own_of', of)}</span>
        </p>
        <IntervalBar
          low={(best - 1) / step}
          high={(worst - 1) / step}
          label={`${says} ${t('own_of', of)}`}
          look="large"
        />
        <p className="release-ends muted" aria-hidden="true">
          <span>{t('own_largest')}</span>
          <span>{t('own_smallest')}</span>
        </p>
      </div>
      <dl className="release-means">
        <div>
          <dt className="muted">{t('own_figure')}</dt>
          <dd>
            {figure.of(own)} {figure.unit}
          </dd>
        </div>
        <div>
          <dt className="muted">{t('own_mean')}</dt>
          <dd>
            {figure.of(Math.round(mean))} {figure.unit}
          </dd>
        </div>
        {total > 0 && (
          <div>
            <dt className="muted">{t('own_share')}</dt>
            <dd>{format.share(own / total)}</dd>
          </div>
        )}
      </dl>
      <p className="muted">{t('own_why')}</p>
    </div>
  );
}
