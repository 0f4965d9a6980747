import { useState } from 'react';
import { addDays } from '../../../src/kernel/dates.ts';
import { Card } from '../controls/Card.tsx';
import { DateField } from '../controls/DateInput.tsx';
import { TextField } from '../controls/Field.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import type { Operations, SupplyAgreement } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { nameOf } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { OrderedItems } from './OrderedItems.tsx';
import { type Offer, offersOf, orderedLines, orderNet } from './offers.ts';
import { useCommerceTexts } from './texts.ts';

type NewOrder = Operations['order.place']['body'];

type Props = {
  agreement: SupplyAgreement;
  busy: boolean;
  error: unknown;
  onPlace: (order: NewOrder) => void;
};

const CATALOGUE_ROWS = 200;
const USUAL_DAYS = 3;

export function OrderForm(props: Props) {
  const { agreement } = props;
  const { today } = useFormat();
  const terms = useApi('agreement.get', { params: { id: agreement.id } });
  const products = useApi('product.list', {
    query: { owner_id: agreement.seller_id, limit: CATALOGUE_ROWS },
  });
  if (terms.isError) return <ProblemNotice error={terms.error} />;
  if (products.isError) return <ProblemNotice error={products.error} />;
  if (!terms.data || !products.data) return <Skeleton rows={6} />;
  return <Form {...props} offers={offersOf(products.data.items, terms.data.prices, today)} />;
}

function Form({ agreement, busy, error, onPlace, offers }: Props & { offers: readonly Offer[] }) {
  const t = useCommerceTexts();
  const format = useFormat();
  const read = useBilingual();
  const { party } = useSession();
  const places = useApi('place.list', { query: { owner_id: party.id } });
  const [quantities, setQuantities] = useState<ReadonlyMap<string, string>>(new Map());
  const [wantedOn, setWantedOn] = useState(addDays(format.today, USUAL_DAYS));
  const [place, setPlace] = useState<string>();
  const [note, setNote] = useState('');
  const own = places.data?.items ?? [];
  const chosen = own.find(({ id }) => id === (place ?? own[0]?.id));
  const lines = orderedLines(offers, quantities);
  const total = format.money(orderNet(offers, quantities, agreement.currency), agreement.currency);

  function submit() {
    if (!lines || lines.length === 0) return;
    onPlace({
      seller_id: agreement.seller_id,
      currency: agreement.currency,
      requested_on: wantedOn,
      lines,
      ...(chosen ? { place_id: chosen.id, deliver_to: read(nameOf(chosen)) } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
  }

  return (
    <StepForm
      submit={
        lines && lines.length > 0
          ? t('place_order', { count: lines.length, total })
          : t('nothing_chosen')
      }
      busy={busy}
      error={error}
      disabled={!lines || lines.length === 0 || !wantedOn}
      onSubmit={submit}
    >
      <Card title={t('items')} note={t('items_hint')}>
        <OrderedItems
          offers={offers}
          currency={agreement.currency}
          quantities={quantities}
          onChange={(key, typed) => setQuantities(new Map(quantities).set(key, typed))}
        />
      </Card>
      <Card>
        <div className="entry-row">
          <DateField
            label={t('wanted_on')}
            value={wantedOn}
            earliest={format.today}
            onChange={setWantedOn}
          />
          <SelectField
            label={t('deliver_to')}
            placeholder={t('no_place')}
            options={own.map((one) => ({ value: one.id, label: read(nameOf(one)) }))}
            value={chosen?.id ?? ''}
            onChange={setPlace}
          />
          <TextField label={t('note')} value={note} optional onChange={setNote} />
        </div>
      </Card>
    </StepForm>
  );
}
