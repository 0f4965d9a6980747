import { Notice } from '../controls/Notice.tsx';
import type { CheckedDocument } from '../generated/api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { Problems } from './Problems.tsx';
import { asSheet, type SheetPreview } from './sheet-preview.ts';
import { useDocumentTexts } from './texts.ts';

/** What a document would say, before anything is written. */
export function Preview({ checked }: { checked: CheckedDocument }) {
  const t = useDocumentTexts();
  const sheet = asSheet(checked.body);
  const wrong = checked.errors.length + (sheet?.errors.length ?? 0);
  return (
    <div className="stack">
      <p className="strong">
        {t(`kind_${checked.kind}`)}
        {checked.number && ` ${checked.number}`} · {t(`format_${checked.format}`)}
      </p>
      <Notice tone={wrong > 0 ? 'late' : 'plain'}>
        {wrong > 0 ? t('problems', { count: wrong }) : t('clean')}
      </Notice>
      {checked.errors.length > 0 && <Problems problems={checked.errors} />}
      {sheet && <Sheet sheet={sheet} />}
      {checked.warnings.length > 0 && (
        <details>
          <summary className="muted">
            {t('warnings')} · {checked.warnings.length}
          </summary>
          <Problems problems={checked.warnings} />
        </details>
      )}
    </div>
  );
}

/** Enough to see that the columns were understood. */
const SHOWN_ROWS = 8;

function Sheet({ sheet }: { sheet: SheetPreview }) {
  const t = useDocumentTexts();
  const read = useBilingual();
  const { good_rows, bad_rows, errors, columns } = sheet;
  const hidden = good_rows.length - SHOWN_ROWS;
  return (
    <>
      <p>
        {t('rows_good', { count: good_rows.length })}
        {bad_rows.length > 0 && (
          <span className="late"> · {t('rows_bad', { count: bad_rows.length })}</span>
        )}
      </p>
      {errors.length > 0 && (
        <ol className="problems">
          {errors.map((error) => (
            <li key={`${error.cell}${error.en}`}>
              <p>{read(error)}</p>
              <p className="muted small">{t('cell', { cell: error.cell, column: error.column })}</p>
            </li>
          ))}
        </ol>
      )}
      {good_rows.length > 0 && (
        <div className="table-frame">
          <table className="table sheet-table">
            <caption className="hidden-text">{t('good_rows')}</caption>
            <thead>
              <tr>
                <th scope="col">#</th>
                {columns.map(({ key, heading }) => (
                  <th key={key} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {good_rows.slice(0, SHOWN_ROWS).map(({ row, values }) => (
                <tr key={row}>
                  <td className="muted">{row}</td>
                  {columns.map(({ key }) => (
                    <td key={key}>{values[key] ?? ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {hidden > 0 && <p className="muted small">{t('more_rows', { count: hidden })}</p>}
    </>
  );
}
