import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { Despatch, OrderView } from '../../generated/api.ts';
import { useGoodsTexts } from '../../goods/texts.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { Photo } from '../../rights/Photo.tsx';
import { useOrderTexts } from './texts.ts';

/** The shipments of an order, and the photos that were taken at the door. */
export function Deliveries({ view: { order, despatches, receipts } }: { view: OrderView }) {
  const t = useOrderTexts();
  const photos = receipts.flatMap(({ number, lines }) =>
    lines.flatMap(({ photo_ids }) => photo_ids.map((id) => ({ id, number }))),
  );
  return (
    <Card title={t('deliveries')}>
      {despatches.length === 0 && <p className="muted">{t('deliveries_none')}</p>}
      <ul className="link-list">
        {despatches.map((despatch) => (
          <Delivery key={despatch.id} despatch={despatch} />
        ))}
      </ul>
      {photos.length > 0 && (
        <ul className="photos" aria-label={t('photos')}>
          {photos.map(({ id, number }) => (
            <li key={id}>
              <Photo id={id} owner={order.buyer.id} name={t('photo_of', { number })} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Delivery({ despatch }: { despatch: Despatch }) {
  const t = useOrderTexts();
  const goods = useGoodsTexts();
  const format = useFormat();
  const { id, number, state, despatched_at, expected_on, received_at } = despatch;
  const late = state === 'lost' || (state === 'under_way' && expected_on < format.today);
  const arrival = received_at
    ? t('arrived', { date: format.dateOf(received_at) })
    : t('expected', { date: format.date(expected_on) });
  return (
    <li>
      <Link to={`/shipments/${id}`} className="link-row">
        <span className="stack-tight is-close">
          <span className="strong">{number}</span>
          <span className="muted small">
            {t('despatched', { date: format.dateOf(despatched_at) })} · {arrival}
          </span>
        </span>
        <Tag tone={late ? 'late' : 'plain'}>{goods(`state_${state}`)}</Tag>
      </Link>
    </li>
  );
}
