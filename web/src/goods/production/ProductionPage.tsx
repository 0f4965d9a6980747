import { useNavigate } from '@tanstack/react-router';
import { Page } from '../../shell/Page.tsx';
import { AtOwnPlace } from '../AtOwnPlace.tsx';
import { ProductionForm } from './ProductionForm.tsx';
import { useProductionTexts } from './texts.ts';

const MOST_ROWS = 1_000;

/** What was used and what was made of it: so that a bad lot leads to what it went into. */
export function ProductionPage() {
  const t = useProductionTexts();
  const navigate = useNavigate();
  return (
    <Page title={t('title')} back="/stock">
      <AtOwnPlace label={t('place')} most={MOST_ROWS} disposition="sellable_accessible">
        {(place, rows) => (
          <ProductionForm
            key={place}
            place={place}
            rows={rows.filter(({ quantity }) => !quantity.startsWith('-'))}
            onDone={(event) => void navigate({ to: '/events/$id', params: { id: event } })}
          />
        )}
      </AtOwnPlace>
    </Page>
  );
}
