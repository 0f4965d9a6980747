import type { ReactNode } from 'react';
import { Card } from '../../controls/Card.tsx';
import type { Release } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { type Cell, codesOf, keptIn, type Line, linesOf, type Table, TOTAL } from './figures.ts';
import { useReleaseTexts } from './texts.ts';
import { useFigure, useNames } from './use-names.ts';

type Props = { release: Pick<Release, 'unit' | 'content'>; action: ReactNode };

/** The figures of a release, and why some are not there. */
export function Figures({ release, action }: Props) {
  const t = useReleaseTexts();
  const { unit } = useFigure(release.unit);
  const { tables } = release.content;
  return (
    <Card title={t('figures')} note={t('unit', { unit })} action={action}>
      <div className="stack">
        {tables.map((table) => (
          <div key={table.name} className="stack-tight">
            {tables.length > 1 && <h3>{table.name}</h3>}
            <OneTable table={table} unit={release.unit} />
          </div>
        ))}
        <WhyKept tables={tables} />
      </div>
    </Card>
  );
}

function OneTable({ table, unit }: { table: Table; unit: string }) {
  const t = useReleaseTexts();
  const names = useNames(codesOf(table, table.dimensions.indexOf('industry')));
  const value = useShownCell(unit);
  const [first = '', second] = table.dimensions;
  if (table.dimensions.length <= 2) {
    const heads = second === undefined ? [''] : codesOf(table, 1);
    const columns: Column<Line>[] = [
      {
        ...{ id: 'row', label: names.variable(first), card: 'title' },
        cell: ({ code }) => (
          <span className={code === TOTAL ? 'strong' : ''}>{names.code(first, code)}</span>
        ),
      },
      ...heads.map(
        (code): Column<Line> => ({
          ...{ id: `of-${code}`, figure: true },
          label: second === undefined ? t('value') : names.code(second, code),
          cell: ({ cells }) => value(cells.get(code)),
        }),
      ),
    ];
    return <Rows columns={columns} rows={linesOf(table)} rowKey={({ code }) => code} />;
  }
  const columns: Column<Cell>[] = [
    ...table.dimensions.map(
      (name, at): Column<Cell> => ({
        ...{ id: name, label: names.variable(name), card: at === 0 ? 'title' : 'line' },
        cell: ({ codes }) => names.code(name, codes[at] ?? ''),
      }),
    ),
    { ...{ id: 'value', label: t('value'), figure: true }, cell: (cell) => value(cell) },
  ];
  return <Rows columns={columns} rows={table.cells} rowKey={({ codes }) => codes.join('/')} />;
}

function useShownCell(unit: string) {
  const t = useReleaseTexts();
  const figure = useFigure(unit);
  return (cell: Cell | undefined) => {
    if (!cell) return '';
    if (cell.state === 'primary') return <span className="release-kept">{t('kept')}</span>;
    if (cell.state === 'secondary') return <span className="release-kept">{t('kept_others')}</span>;
    if (cell.value === null || cell.contributors === 0) return '–';
    return figure.of(cell.value);
  };
}

/** In plain sentences: which cells say nothing, and what would happen if they did. */
function WhyKept({ tables }: { tables: readonly Table[] }) {
  const t = useReleaseTexts();
  const format = useFormat();
  const { primary, secondary, rules } = keptIn(tables);
  if (primary + secondary === 0) return <p className="muted">{t('kept_none')}</p>;
  const isEmpty = tables.some(({ cells }) => cells.some((cell) => cell.contributors === 0));
  const because = [...new Set(rules.map((rule) => t(`rule_${rule}`)))].join('');
  return (
    <ul className="bullets muted">
      {primary > 0 && (
        <li>
          {t('kept_because', {
            count: format.count(primary),
            rules: because.replace(/；$/, '。'),
          })}
        </li>
      )}
      {secondary > 0 && <li>{t('kept_because_others', { count: format.count(secondary) })}</li>}
      {isEmpty && <li>{t('nobody')}</li>}
    </ul>
  );
}
