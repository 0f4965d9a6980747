import type { Collection } from '../../generated/api.ts';
import { useCollectionTexts } from './texts.ts';
import './collections.css';

const COUNTS = ['late', 'waiting', 'returned', 'submitted', 'accepted'] as const;

/** How many firms stand where; what is late first. */
export function Counts({ collection }: { collection: Collection }) {
  const t = useCollectionTexts();
  return (
    <div className="collection-counts">
      {COUNTS.map((count) => (
        <span key={count} className={count === 'late' && collection.late > 0 ? 'late' : ''}>
          <b className="figure">{collection[count]}</b>
          {t(`${count}_count`)}
        </span>
      ))}
    </div>
  );
}
