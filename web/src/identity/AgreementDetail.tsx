import { useState } from 'react';
import { useProductName } from '../commerce/product-names.ts';
import { Button } from '../controls/Button.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Operations } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { PriceForm } from './PriceForm.tsx';
import { useIdentityTexts } from './texts.ts';

type Agreement = Operations['agreement.get']['reply'];

export function AgreementDetail({ id }: { id: string }) {
  const found = useApi('agreement.get', { params: { id } });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.data?.id !== id) return <Skeleton rows={5} />;
  return (
    <div className="stack">
      <Terms agreement={found.data} />
      <Steps agreement={found.data} />
      <Prices agreement={found.data} />
    </div>
  );
}

function Terms({ agreement }: { agreement: Agreement }) {
  const t = useIdentityTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { seller_id, buyer_id, payment_days, inspection_days, valid_from } = agreement;
  const { quantity_tolerance_percent, price_tolerance_percent } = agreement;
  const percent = (value: string) => `${format.decimal(value)} %`;
  return (
    <dl className="facts">
      <dt>{t('agreement')}</dt>
      <dd>{agreement.number}</dd>
      <dt>{t('seller')}</dt>
      <dd>
        {partyName(seller_id)} · {t(`size_${agreement.seller_size}`)}
      </dd>
      <dt>{t('buyer')}</dt>
      <dd>
        {partyName(buyer_id)} · {t(`kind_${agreement.buyer_kind}`)}
      </dd>
      <dt>{t('valid_from')}</dt>
      <dd>{format.date(valid_from)}</dd>
      <dt>{t('payment_days')}</dt>
      <dd>{t('payment_days_value', { days: payment_days })}</dd>
      <dt>{t('inspection_days')}</dt>
      <dd>{t('payment_days_value', { days: inspection_days })}</dd>
      <dt>{t('quantity_tolerance')}</dt>
      <dd>{percent(quantity_tolerance_percent)}</dd>
      <dt>{t('price_tolerance')}</dt>
      <dd>{percent(price_tolerance_percent)}</dd>
    </dl>
  );
}

function Steps({ agreement }: { agreement: Agreement }) {
  const t = useIdentityTexts();
  const may = useMay();
  const { party } = useSession();
  const takeUp = useCommand('agreement.take_up', () => sayDone(t('taken_done')));
  const end = useCommand('agreement.end', () => sayDone(t('ended_done')));
  const [asked, setAsked] = useState(false);
  const { id, state, proposed_by } = agreement;
  const params = { params: { id } };
  const asks = state === 'proposed' && proposed_by !== party.id;
  return (
    <div className="stack-tight">
      <div className="row">
        {asks && may('commerce.agreement.take_up') && (
          <Button kind="primary" busy={takeUp.isPending} onClick={() => takeUp.mutate(params)}>
            {t('take_up')}
          </Button>
        )}
        {state !== 'ended' && may('commerce.agreement.end') && (
          <Button
            kind="danger"
            busy={end.isPending}
            onClick={() => (asked ? end.mutate(params) : setAsked(true))}
          >
            {t('end')}
          </Button>
        )}
      </div>
      {asked && state !== 'ended' && <p className="late small">{t('end_hint')}</p>}
      {takeUp.isError && <ProblemNotice error={takeUp.error} />}
      {end.isError && <ProblemNotice error={end.error} />}
    </div>
  );
}

function Prices({ agreement }: { agreement: Agreement }) {
  const t = useIdentityTexts();
  const format = useFormat();
  const may = useMay();
  const { party } = useSession();
  const productName = useProductName();
  const products = useApi('product.list', {
    query: { owner_id: agreement.seller_id, limit: 200 },
  });
  const name = (product_id: string) => {
    const product = products.data?.items.find(({ id }) => id === product_id);
    return product ? productName({ product_id, name: product.name_zh }) : '…';
  };
  const sells = agreement.seller_id === party.id && agreement.state !== 'ended';
  return (
    <section className="stack">
      <h3>{t('prices')}</h3>
      {agreement.prices.length === 0 && <p className="muted">{t('no_prices')}</p>}
      <ul className="setting-rows">
        {agreement.prices.map(({ id, product_id, unit, price, tax_rate, valid_from }) => (
          <li key={id} className="setting-row">
            <span className="stack-tight is-close">
              <span className="strong">{name(product_id)}</span>
              <span className="muted small">
                {t('open_end', { from: format.date(valid_from) })} · {t('tax_rate')}{' '}
                {format.share(tax_rate)}
              </span>
            </span>
            <span>
              {format.priceIn(price, agreement.currency)} / {format.unit(unit, '1')}
            </span>
          </li>
        ))}
      </ul>
      {sells && may('commerce.price.set') && (
        <PriceForm agreement={agreement} products={products.data?.items ?? []} />
      )}
    </section>
  );
}
