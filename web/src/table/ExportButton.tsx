import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Progress } from '../controls/Progress.tsx';
import { useControlTexts } from '../controls/texts.ts';
import { sayDone } from '../controls/toast.tsx';
import { call } from '../kernel/api/client.ts';
import type { Column, ListPage } from './columns.ts';
import type { ListState } from './list-state.ts';
import { saveSheet, toSheet } from './sheet.ts';
import { useTableTexts } from './texts.ts';

type Props<Row> = {
  path: string;
  columns: readonly Column<Row>[];
  state: ListState;
  name: string;
};

const ROWS_PER_CALL = 200;
/** A sheet that people still open; past it the API is the better way out. */
const MOST_ROWS = 100_000;

/** Saves all rows of the list under its conditions, not only the page that is shown. */
export function ExportButton<Row>({ path, columns, state, name }: Props<Row>) {
  const t = useTableTexts();
  const controls = useControlTexts();
  const [done, setDone] = useState(0);
  const stop = useRef<AbortController>(undefined);
  const save = useMutation({
    mutationFn: async () => {
      stop.current = new AbortController();
      setDone(0);
      const rows: Row[] = [];
      let after: string | null = '';
      while (after !== null && rows.length < MOST_ROWS) {
        const page: ListPage<Row> = await call<ListPage<Row>>(path, {
          query: { ...state.query, after: after || undefined, limit: ROWS_PER_CALL },
          signal: stop.current.signal,
        });
        rows.push(...page.items);
        setDone(rows.length);
        after = page.next;
      }
      saveSheet(name, toSheet(columns, rows));
      return rows.length;
    },
    onSuccess: (count) => sayDone(t('exported', { count })),
  });
  const stopped = stop.current?.signal.aborted ?? false;
  return (
    <div className="export">
      {save.isPending ? (
        <>
          <Progress label={`${t('exporting')} ${done}`} done={done} />
          <Button size="small" onClick={() => stop.current?.abort()}>
            {controls('cancel')}
          </Button>
        </>
      ) : (
        <Button kind="quiet" icon="download" onClick={() => save.mutate()}>
          <span className="export-label">{t('export')}</span>
        </Button>
      )}
      {save.isError && !stopped && <ProblemNotice error={save.error} />}
    </div>
  );
}
