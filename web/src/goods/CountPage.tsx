import { useNavigate } from '@tanstack/react-router';
import { Page } from '../shell/Page.tsx';
import { AtOwnPlace } from './AtOwnPlace.tsx';
import { CountForm } from './CountForm.tsx';
import { useGoodsTexts } from './texts.ts';

const MOST_ROWS = 200;

export function CountPage() {
  const t = useGoodsTexts();
  const navigate = useNavigate();
  return (
    <Page title={t('count')} back="/stock">
      <AtOwnPlace label={t('count_place')} most={MOST_ROWS}>
        {(place, rows) => (
          <CountForm
            key={place}
            place={place}
            rows={rows}
            onDone={() => void navigate({ to: '/stock' })}
          />
        )}
      </AtOwnPlace>
    </Page>
  );
}
