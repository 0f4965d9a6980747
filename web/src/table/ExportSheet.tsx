import { Button } from '../controls/Button.tsx';
import type { Column } from './columns.ts';
import { saveSheet, toSheet } from './sheet.ts';
import { useTableTexts } from './texts.ts';

type Props<Row> = { name: string; columns: readonly Column<Row>[]; rows: readonly Row[] };

/** Saves rows that are all on the page already. */
export function ExportSheet<Row>({ name, columns, rows }: Props<Row>) {
  const t = useTableTexts();
  return (
    <Button
      kind="quiet"
      size="small"
      icon="download"
      onClick={() => saveSheet(name, toSheet(columns, rows))}
    >
      {t('export')}
    </Button>
  );
}
