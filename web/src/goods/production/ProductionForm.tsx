import { useState } from 'react';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { StockRow } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useSession } from '../../kernel/session.ts';
import { MadeLots } from './MadeLots.tsx';
import { goneFrom, type MadeLot, productionOf } from './production.ts';
import { useProductionTexts } from './texts.ts';
import { UsedLots } from './UsedLots.tsx';
import './production.css';

const CATALOGUE_ROWS = 200;

type Props = { place: string; rows: readonly StockRow[]; onDone: (event: string) => void };

export function ProductionForm({ place, rows, onDone }: Props) {
  const t = useProductionTexts();
  const { party } = useSession();
  const own = useApi('product.list', { query: { owner_id: party.id, limit: CATALOGUE_ROWS } });
  const [made, setMade] = useState<readonly MadeLot[]>([]);
  const [used, setUsed] = useState<ReadonlyMap<string, string>>(new Map());
  const type = (typed: readonly [string, string][]) => setUsed(new Map([...used, ...typed]));
  const [order, setOrder] = useState('');
  const record = useCommand('production.record', ({ event_id }) => {
    sayDone(t('done'));
    onDone(event_id);
  });
  if (own.isError) return <ProblemNotice error={own.error} />;
  if (!own.data) return <Skeleton rows={4} />;
  const products = own.data.items;
  const given = productionOf(place, order, made, rows, used);
  return (
    <StepForm
      submit={t('send')}
      busy={record.isPending}
      error={record.error}
      disabled={given === null}
      onSubmit={() => given && record.mutate({ body: given })}
    >
      <MadeLots products={products} made={made} onChange={setMade} />
      <UsedLots
        rows={rows}
        own={products.map(({ id }) => id)}
        typed={used}
        gone={goneFrom(rows, used)}
        onType={type}
      />
      <TextField label={t('order')} optional value={order} maxLength={60} onChange={setOrder} />
    </StepForm>
  );
}
