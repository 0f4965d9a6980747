import { lazy, Suspense } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Party, Place } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { nameOf, useParties } from '../../kernel/parties.ts';
import { useSession } from '../../kernel/session.ts';
import { useChainTexts } from './texts.ts';

const Chart = lazy(() => import('./Chart.tsx'));

/** Members and places by longitude and latitude: no tiles, no boundaries. */
export function PlaceMap() {
  const t = useChainTexts();
  const chain = useApi('chain.map', { query: {} });
  const parties = useParties();
  const { party } = useSession();
  const spot = useSpot();
  if (chain.isError) return <ProblemNotice error={chain.error} />;
  if (!chain.data) return <Skeleton rows={8} />;
  const own = parties.filter(({ id }) => id === party.id).flatMap(spot.ofParty);
  const others = parties.filter(({ id }) => id !== party.id).flatMap(spot.ofParty);
  const places = chain.data.places.flatMap(spot.ofPlace);
  const count = own.length + others.length + places.length;
  return (
    <Card title={t('map')} note={t('map_hint')}>
      {count === 0 ? (
        <Empty title={t('map_none')} />
      ) : (
        <Suspense fallback={<div className="chain-chart" />}>
          <Chart
            kind="places"
            label={t('map')}
            groups={[
              { name: t('partners'), mark: 'party', spots: others },
              { name: t('places'), mark: 'place', spots: places },
              { name: t('own'), mark: 'own', spots: own },
            ]}
          />
        </Suspense>
      )}
    </Card>
  );
}

function useSpot() {
  const t = useChainTexts();
  const read = useBilingual();
  const at = (where: Party | Place, note: string) => {
    if (where.lon === null || where.lat === null) return [];
    const [lon, lat] = [Number(where.lon), Number(where.lat)];
    const position = t('position', { lon: lon.toFixed(4), lat: lat.toFixed(4) });
    return [{ name: read(nameOf(where)), note: `${note} · ${position}`, lon, lat }];
  };
  return {
    ofParty: (party: Party) => at(party, party.roles.map((role) => t(`role_${role}`)).join('、')),
    ofPlace: (place: Place) => at(place, place.address ?? t('places')),
  };
}
