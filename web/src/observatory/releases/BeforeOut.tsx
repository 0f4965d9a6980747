import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Release, ReleaseCheck } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useReleaseTexts } from './texts.ts';
import { useNames } from './use-names.ts';

type Combination = ReleaseCheck['combinations'][number];

/** What a statistician looks at before a release goes out. */
export function BeforeOut({ release }: { release: Release }) {
  const t = useReleaseTexts();
  const found = useApi('release.check', { params: { id: release.id } });
  return (
    <Card title={t('before')} note={t('before_note')}>
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton rows={4} />}
      {found.data && <Findings check={found.data} />}
    </Card>
  );
}

/** What is kept, what an attack came to, and which combinations say who is meant. */
export function Findings({ check }: { check: ReleaseCheck }) {
  const t = useReleaseTexts();
  const read = useBilingual();
  const format = useFormat();
  const { cells, combinations, combinations_left_out: left, words } = check;
  const of = (state: string) => format.count(cells[state] ?? 0);
  const fewest = format.count(check.fewest);
  const columns = useColumns(check);
  return (
    <div className="stack">
      <ul className="bullets">
        <li>
          {t('before_cells', {
            published: of('published'),
            primary: of('primary'),
            secondary: of('secondary'),
          })}
        </li>
        <li>
          {t('before_attack', {
            attacked: format.count(check.attacked),
            all: format.count(check.kept_by_rule),
          })}
        </li>
        {words.length === 0 && <li>{t('before_words_none')}</li>}
        {words.map((one) => (
          <li key={one.en} className="late">
            {read(one)}
          </li>
        ))}
        <li>
          {combinations.length > 0
            ? t('before_some', { fewest })
            : t('before_some_none', { fewest })}
        </li>
      </ul>
      {combinations.length > 0 && (
        <Rows
          columns={columns}
          rows={combinations}
          rowKey={({ classes }) => JSON.stringify(classes)}
          isLate={({ cell }) => cell === 'published'}
        />
      )}
      {left > 0 && <p className="muted">{t('left_out', { count: format.count(left) })}</p>}
    </div>
  );
}

function useColumns({ combinations }: ReleaseCheck): Column<Combination>[] {
  const t = useReleaseTexts();
  const format = useFormat();
  const codes = combinations.flatMap(({ classes }) => classes.map(({ code }) => code));
  const names = useNames([...new Set(codes)]);
  return [
    {
      ...{ id: 'classes', label: t('combination'), card: 'title' },
      cell: ({ classes }) =>
        classes.map(({ variable, code }) => names.code(variable, code)).join(' · '),
    },
    {
      ...{ id: 'fitting', label: t('fitting'), figure: true },
      cell: ({ fitting }) => format.count(fitting),
    },
    {
      ...{ id: 'cell', label: t('cell') },
      cell: ({ cell }) => t(`cell_${cell ?? 'none'}`),
    },
  ];
}
