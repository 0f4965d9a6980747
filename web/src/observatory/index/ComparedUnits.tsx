import { Tag } from '../../controls/Tag.tsx';
import type { IndexComparison } from '../../generated/api.ts';
import type { Column } from '../../table/columns.ts';
import { ExportSheet } from '../../table/ExportSheet.tsx';
import { Rows } from '../../table/Rows.tsx';
import { RankLine } from './RankLine.tsx';
import { useIndexTexts } from './texts.ts';

type Unit = IndexComparison['units'][number];
type Props = { units: readonly Unit[]; names: ReadonlyMap<string, string> };

/** Two intervals for each unit, one under the other, in the order of the first recipe. */
export function ComparedUnits({ units, names }: Props) {
  const t = useIndexTexts();
  const columns = useColumns(names, units.length);
  const rows = units.toSorted(
    (one, other) => (one.one?.rank.own ?? units.length) - (other.one?.rank.own ?? units.length),
  );
  return (
    <div className="stack-tight">
      <p className="legend muted small">
        <span className="legend-mark is-first" aria-hidden="true" /> {t('first')}
        <span className="legend-mark is-second" aria-hidden="true" /> {t('second')}
      </p>
      <Rows columns={columns} rows={rows} rowKey={({ unit }) => unit} />
      <div>
        <ExportSheet name={t('compare')} columns={columns} rows={rows} />
      </div>
    </div>
  );
}

function useColumns(names: ReadonlyMap<string, string>, count: number): Column<Unit>[] {
  const t = useIndexTexts();
  const name = ({ unit }: Unit) => names.get(unit) ?? unit;
  const range = (side: Unit['one']) => {
    if (!side) return t('no_index');
    const { low, high } = side.rank;
    return low === high ? `${low}` : `${low}–${high}`;
  };
  const says = ({ is_apart }: Unit) => t(is_apart ? 'is_apart' : 'not_apart');
  return [
    { id: 'unit', label: t('unit'), card: 'title', cell: name, text: name },
    {
      id: 'lines',
      label: '',
      card: 'wide',
      cell: ({ one, other }) => (
        <span className="rank-pair">
          {one && <RankLine rank={one.rank} count={count} />}
          {other && <RankLine rank={other.rank} count={count} look="second" />}
        </span>
      ),
    },
    {
      id: 'first',
      label: t('first'),
      figure: true,
      cell: ({ one }) => range(one),
      text: ({ one }) => range(one),
    },
    {
      id: 'second',
      label: t('second'),
      figure: true,
      cell: ({ other }) => range(other),
      text: ({ other }) => range(other),
    },
    {
      id: 'moved',
      label: t('moved_head'),
      card: 'aside',
      cell: (row) => <Tag tone={row.is_apart ? 'waiting' : 'plain'}>{says(row)}</Tag>,
      text: says,
    },
  ];
}
