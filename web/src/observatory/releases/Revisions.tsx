import { useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Release, ReleaseRevisions } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useReleaseTexts } from './texts.ts';
import { useFigure, useNames } from './use-names.ts';

type Row = ReleaseRevisions['rows'][number];

/** The revision triangle: each figure through the vintages, and how much they moved. */
export function Revisions({ release }: { release: Release }) {
  const t = useReleaseTexts();
  const found = useApi('release.revisions', { params: { id: release.id } });
  return (
    <Card title={t('revisions')} note={t('revisions_note')}>
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={4} />}
      {found.data && <Triangle release={release} found={found.data} />}
    </Card>
  );
}

function Triangle({ release, found }: { release: Release; found: ReleaseRevisions }) {
  const t = useReleaseTexts();
  const read = useBilingual();
  const [shown, setShown] = useState<'revised' | 'all'>('revised');
  const columns = useColumns(release, found);
  const isRevised = ({ revision }: Row) => revision !== null && revision !== 0;
  const rows = shown === 'all' ? found.rows : found.rows.filter(isRevised);
  return (
    <div className="stack">
      <Means release={release} found={found} />
      <ol className="release-reasons">
        {found.releases.map(({ version, reason }) => (
          <li key={version}>
            <span className="muted">{t('vintage', { number: version })}</span>{' '}
            {reason ?? t('reason_first')}
          </li>
        ))}
      </ol>
      {found.releases.length > 1 && (
        <>
          <Choice
            label={t('revisions')}
            value={shown}
            options={[
              { value: 'revised', label: t('revised_cells') },
              { value: 'all', label: t('all_cells') },
            ]}
            onChange={setShown}
          />
          <Rows
            columns={columns}
            rows={rows}
            rowKey={({ table, codes }) => `${table}/${codes.join('/')}`}
          />
          {found.does_not_say.map((words) => (
            <p key={words.en} className="muted">
              {read(words)}
            </p>
          ))}
        </>
      )}
    </div>
  );
}

function Means({ release, found }: { release: Release; found: ReleaseRevisions }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const figure = useFigure(release.unit);
  const { mean_absolute_revision: absolute, mean_revision, mean_absolute_relative } = found;
  const said = (value: number) => `${figure.of(Math.round(value))} ${figure.unit}`;
  if (found.releases.length < 2 || absolute === null) return null;
  return (
    <dl className="release-means">
      <div>
        <dt className="muted">{t('mean_absolute')}</dt>
        <dd>{said(absolute)}</dd>
      </div>
      {mean_revision !== null && (
        <div>
          <dt className="muted">{t('mean_revision')}</dt>
          <dd>{said(mean_revision)}</dd>
        </div>
      )}
      {mean_absolute_relative !== null && (
        <div>
          <dt className="muted">{t('mean_relative')}</dt>
          <dd>{format.share(mean_absolute_relative)}</dd>
        </div>
      )}
    </dl>
  );
}

function useColumns(release: Release, found: ReleaseRevisions): Column<Row>[] {
  const t = useReleaseTexts();
  const figure = useFigure(release.unit);
  const { tables } = release.content;
  const dimensionsOf = (name: string) =>
    tables.find((table) => table.name === name)?.dimensions ?? [];
  const codes = found.rows.flatMap((row) => row.codes);
  const names = useNames([...new Set(codes)]);
  const nameOf = (row: Row) => {
    const dimensions = dimensionsOf(row.table);
    const own = row.codes.map((code, at) => names.code(dimensions[at] ?? '', code));
    return own.join(' · ');
  };
  return [
    { ...{ id: 'cell', label: t('value'), card: 'title' }, cell: nameOf, text: nameOf },
    ...found.releases.map(
      ({ vintage, version }, at): Column<Row> => ({
        ...{ id: vintage, label: t('vintage', { number: version }), figure: true },
        cell: ({ values }) => {
          const value = values[at] ?? null;
          return value === null ? (
            <span className="release-kept">{t('kept')}</span>
          ) : (
            figure.of(value)
          );
        },
      }),
    ),
    {
      ...{ id: 'revision', label: t('revision'), figure: true },
      cell: ({ revision }) => (revision === null ? '–' : figure.of(revision)),
    },
  ];
}
