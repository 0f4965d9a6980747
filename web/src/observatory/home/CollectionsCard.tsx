import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { Counts } from '../collections/Counts.tsx';
import { useHomeTexts } from './texts.ts';

/** Whoever collects sees first how the newest collection stands. */
export function CollectionsCard() {
  const t = useHomeTexts();
  const read = useBilingual();
  const list = useApi('collection.list', { query: { limit: 1 } });
  const [newest] = list.data?.items ?? [];
  const id = newest?.id ?? '';
  const found = useApi('collection.get', { params: { id } }, id !== '');
  if (list.isError) return <ProblemNotice error={list.error} />;
  const note = newest ? { note: `${read(newest.form)} · ${newest.period}` } : {};
  return (
    <Card title={t('collections')} {...note}>
      {list.data && !newest && <p className="muted">{t('no_collections')}</p>}
      {newest && !found.data && <Skeleton rows={2} />}
      {newest && found.data && (
        <Link to={`/observatory/collections/${newest.id}`}>
          <Counts collection={found.data} />
        </Link>
      )}
      <p className="card-foot">
        <Link to="/observatory/collections">{t('open_collections')}</Link>
      </p>
    </Card>
  );
}
