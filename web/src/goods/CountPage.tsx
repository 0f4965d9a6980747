import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../controls/Empty.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { nameOf } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { CountForm } from './CountForm.tsx';
import { useGoodsTexts } from './texts.ts';

/** Shelves that hold more rows are counted in parts. */
const MOST_ROWS = 200;

export function CountPage() {
  const t = useGoodsTexts();
  const read = useBilingual();
  const navigate = useNavigate();
  const { party } = useSession();
  const [place, setPlace] = useState<string>();
  const places = useApi('place.list', { query: { owner_id: party.id } });
  const own = places.data?.items ?? [];
  const chosen = place ?? own[0]?.id ?? '';
  const stock = useApi(
    'stock.list',
    { query: { owner_id: party.id, place_id: chosen, limit: MOST_ROWS } },
    chosen !== '',
  );
  return (
    <Page title={t('count')} back="/stock">
      {places.isPending && <Skeleton rows={4} />}
      {places.isSuccess && own.length === 0 && (
        <Empty title={t('count_no_place')}>{t('count_no_place_more')}</Empty>
      )}
      {own.length > 0 && (
        <div className="card narrow stack">
          <SelectField
            label={t('count_place')}
            options={own.map((one) => ({ value: one.id, label: read(nameOf(one)) }))}
            value={chosen}
            onChange={setPlace}
          />
          {stock.isError && <ProblemNotice error={stock.error} />}
          {stock.data && !stock.isPlaceholderData ? (
            <CountForm
              key={chosen}
              place={chosen}
              rows={stock.data.items}
              onDone={() => void navigate({ to: '/stock' })}
            />
          ) : (
            <Skeleton rows={4} />
          )}
        </div>
      )}
    </Page>
  );
}
