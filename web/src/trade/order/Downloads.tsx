import { Icon } from '../../controls/Icon.tsx';
import type { OrderView } from '../../generated/api.ts';
import { addressOf } from '../../kernel/api/ask.ts';
import { useOrderTexts } from './texts.ts';

/** The order and its answer as UBL, for a partner's system. */
export function Downloads({ view: { order } }: { view: OrderView }) {
  const t = useOrderTexts();
  const answered = order.lines.some(({ first_promised_at }) => first_promised_at !== null);
  const file = (name: string) => `${order.number}-${name}.xml`;
  return (
    <>
      <a
        className="menu-item"
        href={addressOf('order.document', { id: order.id })}
        download={file('order')}
      >
        <Icon name="download" />
        {t('order_ubl')}
      </a>
      {answered && (
        <a
          className="menu-item"
          href={addressOf('order.response_document', { id: order.id })}
          download={file('response')}
        >
          <Icon name="download" />
          {t('response_ubl')}
        </a>
      )}
    </>
  );
}
