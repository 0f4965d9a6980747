import { type ReactNode, useState } from 'react';
import { Empty } from '../controls/Empty.tsx';
import { Notice, ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { SelectField } from '../controls/SelectField.tsx';
import type { StockRow } from '../generated/api.ts';
import { useApi } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { nameOf } from '../kernel/parties.ts';
import { useSession } from '../kernel/session.ts';
import { useGoodsTexts } from './texts.ts';
import { useShelf } from './use-shelf.ts';

type Props = {
  label: string;
  /** So many rows at most; of a shelf that holds more it is said. */
  most: number;
  /** What is in this state alone. */
  disposition?: StockRow['disposition'];
  /** Anew for each place: what was typed for one is of no use at another. */
  children: (place: string, rows: readonly StockRow[]) => ReactNode;
};

/** Work at one of the own places, with what lies there. */
export function AtOwnPlace({ label, most, disposition, children }: Props) {
  const t = useGoodsTexts();
  const read = useBilingual();
  const { party } = useSession();
  const [place, setPlace] = useState<string>();
  const places = useApi('place.list', { query: { owner_id: party.id } });
  const own = places.data?.items ?? [];
  const chosen = place ?? own[0]?.id ?? '';
  const stock = useShelf(chosen, most, disposition);
  if (places.isPending) return <Skeleton rows={4} />;
  if (places.isError) return <ProblemNotice error={places.error} />;
  if (own.length === 0) {
    return <Empty title={t('count_no_place')}>{t('count_no_place_more')}</Empty>;
  }
  return (
    <div className="card narrow stack">
      <SelectField
        label={label}
        options={own.map((one) => ({ value: one.id, label: read(nameOf(one)) }))}
        value={chosen}
        onChange={setPlace}
      />
      {stock.isError && <ProblemNotice error={stock.error} />}
      {stock.data?.is_cut && (
        <Notice tone="caution">{t('rows_cut', { count: stock.data.rows.length })}</Notice>
      )}
      {stock.data && children(chosen, stock.data.rows)}
      {stock.isPending && <Skeleton rows={4} />}
    </div>
  );
}
