import { Link } from '@tanstack/react-router';
import { Notice } from '../../controls/Notice.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useStockTexts } from './texts.ts';

const MOST = 100;

/** Says above the stock that some of it has not moved, because events name what nobody knows. */
export function UnknownNotice() {
  const t = useStockTexts();
  const unknown = useApi('stock.unknown_list', { query: { limit: MOST } });
  const count = unknown.data?.items.length ?? 0;
  if (count === 0) return null;
  const look = (
    <Link to="/stock/unknown" className="button is-plain is-small">
      {t('unknown_look')}
    </Link>
  );
  return (
    <Notice tone="caution" action={look}>
      {unknown.data?.next ? t('unknown_notice_many', { count }) : t('unknown_notice', { count })}
    </Notice>
  );
}
