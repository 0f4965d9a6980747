import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { ExportSheet } from '../../table/ExportSheet.tsx';
import { Rows } from '../../table/Rows.tsx';
import { groupsOf } from './groups.ts';
import { RankLine } from './RankLine.tsx';
import { ticksOf } from './rank-scale.ts';
import { useRankWords } from './rank-words.ts';
import { useIndexTexts } from './texts.ts';
import type { Score } from './use-index.ts';

type Props = { scores: readonly Score[]; busy: boolean; onOpen: (unit: string) => void };

/** Units as intervals of ranks, in groups: those that cannot be told apart have one place. */
export function Standings({ scores, busy, onOpen }: Props) {
  const t = useIndexTexts();
  const columns = useColumns(scores);
  return (
    <>
      <div className={busy ? 'standings is-stale' : 'standings'} aria-busy={busy}>
        <div className="standing is-head" aria-hidden="true">
          <span />
          <span className="rank-ticks">
            {ticksOf(scores.length).map(({ rank, left }) => (
              <span key={rank} style={{ left: `${left}%` }}>
                {rank}
              </span>
            ))}
          </span>
          <span />
        </div>
        {groupsOf(scores).map((group) => (
          <Group key={group[0]?.tie_group} group={group} count={scores.length} onOpen={onOpen} />
        ))}
      </div>
      <details>
        <summary className="muted">{t('as_table')}</summary>
        <ExportSheet name={t('export_name')} columns={columns} rows={scores} />
        <Rows columns={columns} rows={scores} rowKey={({ unit }) => unit} />
      </details>
    </>
  );
}

type GroupProps = { group: readonly Score[]; count: number; onOpen: (unit: string) => void };

function Group({ group, count, onOpen }: GroupProps) {
  const t = useIndexTexts();
  const words = useRankWords();
  const place = words.place(group[0]?.place ?? 0, group.length);
  return (
    <section className="standing-group">
      <p className="muted small">{place}</p>
      <ul>
        {group.map((score) => {
          const range = words.range(score.rank);
          const value = words.value(score.index);
          return (
            <li key={score.unit}>
              <button
                type="button"
                className="standing"
                aria-label={t('row_label', { name: score.name, place, range, value })}
                onClick={() => onOpen(score.unit)}
              >
                <span className="strong standing-name">{score.name}</span>
                <RankLine rank={score.rank} count={count} />
                <span className="standing-says">
                  {range}
                  <span className="muted small"> {t('score', { value })}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function useColumns(scores: readonly Score[]): Column<Score>[] {
  const t = useIndexTexts();
  const format = useFormat();
  const words = useRankWords();
  const names = new Map(scores.map(({ unit, name }) => [unit, name]));
  const ties = ({ not_told_apart }: Score) =>
    not_told_apart.map((unit) => names.get(unit) ?? unit).join(', ') || t('nobody');
  const range = ({ rank: { low, high } }: Score) => (low === high ? `${low}` : `${low}–${high}`);
  return [
    {
      id: 'unit',
      label: t('unit'),
      card: 'title',
      cell: ({ name }) => name,
      text: ({ name }) => name,
    },
    {
      id: 'place',
      label: t('place_head'),
      figure: true,
      cell: ({ place }) => place,
      text: ({ place }) => String(place),
    },
    { id: 'range', label: t('range_head'), figure: true, card: 'aside', cell: range, text: range },
    {
      id: 'own',
      label: t('own_head'),
      figure: true,
      cell: ({ rank }) => rank.own,
      text: ({ rank }) => String(rank.own),
    },
    {
      id: 'index',
      label: t('index_head'),
      figure: true,
      cell: ({ index }) => words.value(index),
      text: ({ index }) => String(index),
    },
    {
      id: 'observed',
      label: t('observed_head'),
      figure: true,
      cell: ({ observed }) => format.share(observed),
      text: ({ observed }) => String(observed),
    },
    { id: 'ties', label: t('ties_head'), card: 'wide', cell: ties, text: ties },
  ];
}
