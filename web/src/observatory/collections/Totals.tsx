import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useMay } from '../../kernel/session.ts';
import { Rows } from '../../table/Rows.tsx';
import { useCollectionTexts } from './texts.ts';
import { useShownValue } from './use-shown-value.ts';

/** What the accepted reports add up to, as bounds where some of them are. */
export function Totals({ id }: { id: string }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const shown = useShownValue();
  const totals = useApi('collection.totals', { params: { id } });
  if (totals.isError) return <ProblemNotice error={totals.error} />;
  if (!totals.data) return <Skeleton rows={3} />;
  const { items, units } = totals.data;
  return (
    <Card
      title={t('totals')}
      note={t('totals_units', { count: units })}
      action={units > 0 && <Onwards id={id} />}
    >
      <Rows
        rows={items}
        rowKey={({ code }) => code}
        columns={[
          { id: 'item', label: t('item'), card: 'title', cell: ({ name }) => read(name) },
          { id: 'total', label: t('total'), figure: true, cell: (item) => shown(item, item) },
          {
            ...{ id: 'answered', label: t('answered'), figure: true },
            cell: ({ answered }) => answered,
          },
        ]}
      />
    </Card>
  );
}

/** Where the accepted figures go from here. */
function Onwards({ id }: { id: string }) {
  const t = useCollectionTexts();
  const may = useMay();
  const search = writeSearch({ collection: id });
  return (
    <span className="row">
      {may('guards.finding.read') && <Link to={`/observatory/guards${search}`}>{t('guards')}</Link>}
      {may('publishing.release.make') && (
        <Link to={`/observatory/releases/new${search}`}>{t('publish')}</Link>
      )}
    </span>
  );
}
