import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../controls/Card.tsx';
import { Empty } from '../controls/Empty.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { SupplyAgreement } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { OrderForm } from './OrderForm.tsx';
import { useCommerceTexts } from './texts.ts';

const MOST_AGREEMENTS = 200;

/** An order from the catalogue of a seller, at the prices that were agreed. */
export function NewOrderPage() {
  const t = useCommerceTexts();
  const { party } = useSession();
  const agreements = useApi('agreement.list', { query: { limit: MOST_AGREEMENTS } });
  const buying = (agreements.data?.items ?? []).filter(
    ({ buyer_id, state }) => buyer_id === party.id && state === 'active',
  );
  return (
    <Page title={t('new_order')} back="/orders">
      {agreements.isPending && <Skeleton rows={6} />}
      {agreements.isSuccess && buying.length === 0 && (
        <Card>
          <Empty title={t('no_seller')}>{t('no_seller_more')}</Empty>
        </Card>
      )}
      {buying.length > 0 && <Sellers agreements={buying} />}
    </Page>
  );
}

function Sellers({ agreements }: { agreements: readonly SupplyAgreement[] }) {
  const t = useCommerceTexts();
  const navigate = useNavigate();
  const nameOf = usePartyName();
  const [chosen, setChosen] = useState(agreements.length === 1 ? agreements[0]?.id : '');
  const agreement = agreements.find(({ id }) => id === chosen);
  const place = useCommand('order.place', async ({ id }) => {
    sayDone(t('placed_done'));
    await navigate({ to: `/orders/${id}` });
  });
  return (
    <div className="stack">
      <Card>
        <SelectField
          label={t('seller')}
          placeholder={t('choose_seller')}
          hint={agreement && t('terms', { days: agreement.payment_days, number: agreement.number })}
          options={agreements
            .map(({ id, seller_id }) => ({ value: id, label: nameOf(seller_id) }))
            .toSorted((a, b) => a.label.localeCompare(b.label))}
          value={chosen ?? ''}
          onChange={setChosen}
        />
      </Card>
      {agreement && (
        <OrderForm
          key={agreement.id}
          agreement={agreement}
          busy={place.isPending}
          error={place.error}
          onPlace={(body) => place.mutate({ body })}
        />
      )}
    </div>
  );
}
