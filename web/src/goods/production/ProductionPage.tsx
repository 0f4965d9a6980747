import { useNavigate } from '@tanstack/react-router';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useCommand } from '../../kernel/api/use-api.ts';
import { Page } from '../../shell/Page.tsx';
import { AtOwnPlace } from '../AtOwnPlace.tsx';
import { ProductionForm } from './ProductionForm.tsx';
import { emptyEntry, type LyingLot, MOST_ROWS } from './production.ts';
import { useProductionTexts } from './texts.ts';
import { useOwnProducts } from './use-own-products.ts';

/** What was used and what was made of it: so that a bad lot leads to what it went into. */
export function ProductionPage() {
  const t = useProductionTexts();
  return (
    <Page title={t('title')} back="/stock">
      <AtOwnPlace label={t('place')} most={MOST_ROWS} disposition="sellable_accessible">
        {(place, rows) => (
          <Record
            key={place}
            place={place}
            rows={rows.filter(({ quantity }) => !quantity.startsWith('-'))}
          />
        )}
      </AtOwnPlace>
    </Page>
  );
}

function Record({ place, rows }: { place: string; rows: readonly LyingLot[] }) {
  const t = useProductionTexts();
  const navigate = useNavigate();
  const own = useOwnProducts();
  const record = useCommand('production.record', ({ event_id }) => {
    sayDone(t('done'));
    void navigate({ to: '/events/$id', params: { id: event_id } });
  });
  if (own.isError) return <ProblemNotice error={own.error} />;
  if (!own.data) return <Skeleton rows={4} />;
  return (
    <ProductionForm
      products={own.data}
      rows={rows}
      start={emptyEntry}
      untimed={t('untimed')}
      submit={t('send')}
      busy={record.isPending}
      error={record.error}
      onSend={(making) => record.mutate({ body: { place_id: place, ...making } })}
    />
  );
}
