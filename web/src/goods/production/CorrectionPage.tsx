import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Product, Production } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { clockIn } from '../../kernel/format/instant-in.ts';
import { Page } from '../../shell/Page.tsx';
import { useGoodsTexts } from '../texts.ts';
import { useNames } from '../trace/names.ts';
import { useShelf } from '../use-shelf.ts';
import { ProductionForm } from './ProductionForm.tsx';
import { entryOf, type LyingLot, lyingWithout, MOST_ROWS } from './production.ts';
import { useProductionTexts } from './texts.ts';
import { useOwnProducts } from './use-own-products.ts';

const REASON_LENGTH = 200;

/** A production that was recorded wrongly: as it was in truth, or not at all. */
export function CorrectionPage() {
  const t = useProductionTexts();
  const format = useFormat();
  const goods = useGoodsTexts();
  const names = useNames();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useApi('production.get', { params: { id } });
  const own = useOwnProducts();
  const recorded = found.data?.event_id === id ? found.data : undefined;
  const shelf = useShelf(recorded?.place_id ?? '', MOST_ROWS, 'sellable_accessible');
  const isPending = !recorded || !own.data || !shelf.data;
  const error = found.error ?? own.error ?? shelf.error;
  const subtitle = recorded && (
    <>
      {names.place(`urn:uuid:${recorded.place_id}`)} · {format.instant(recorded.made_at)}
    </>
  );
  return (
    <Page
      title={t('correct')}
      subtitle={subtitle}
      back={`/events/${id}`}
      {...(recorded && !recorded.withdrawn_by ? { tools: <Undo recorded={recorded} /> } : {})}
    >
      {error && <ProblemNotice error={error} />}
      {recorded?.withdrawn_by && <Notice tone="late">{t('withdrawn_already')}</Notice>}
      {recorded && !recorded.withdrawn_by && own.data && shelf.data && (
        <div className="card narrow stack">
          <p className="muted">{t('correct_hint')}</p>
          {shelf.data.is_cut && (
            <Notice tone="caution">{goods('rows_cut', { count: shelf.data.rows.length })}</Notice>
          )}
          <Correct recorded={recorded} products={own.data} rows={shelf.data.rows} />
        </div>
      )}
      {isPending && !error && !recorded?.withdrawn_by && <Skeleton rows={6} />}
    </Page>
  );
}

type CorrectProps = {
  recorded: Production;
  products: readonly Product[];
  rows: readonly LyingLot[];
};

function Correct({ recorded, products, rows }: CorrectProps) {
  const t = useProductionTexts();
  const navigate = useNavigate();
  const { zone } = useFormat();
  const [reason, setReason] = useState('');
  const correct = useCommand('production.withdraw', ({ instead_id }) => {
    sayDone(t('corrected'));
    void navigate({ to: '/events/$id', params: { id: instead_id ?? recorded.event_id } });
  });
  const start = entryOf(recorded, products, clockIn(zone, recorded.made_at));
  if (start.made.length < recorded.made.length) {
    return <Notice tone="late">{t('made_unseen')}</Notice>;
  }
  return (
    <ProductionForm
      products={products}
      rows={lyingWithout(rows, recorded)}
      start={start}
      untimed={t('untimed_correction')}
      submit={t('correct_send')}
      busy={correct.isPending}
      error={correct.error}
      disabled={!reason.trim()}
      onSend={({ made_at, ...instead }) =>
        correct.mutate({
          params: { id: recorded.event_id },
          body: {
            reason: reason.trim(),
            // To the minute as it is typed: unless it was changed, it is when it was said to be.
            instead: made_at && !isMinuteOf(made_at, recorded) ? { ...instead, made_at } : instead,
          },
        })
      }
    >
      <TextField
        label={t('reason')}
        value={reason}
        maxLength={REASON_LENGTH}
        onChange={setReason}
      />
    </ProductionForm>
  );
}

const MINUTE = 'yyyy-mm-ddThh:mm'.length;
const isMinuteOf = (made_at: string, recorded: Production) =>
  made_at.slice(0, MINUTE) === recorded.made_at.slice(0, MINUTE);

/** It has not happened at all. */
function Undo({ recorded }: { recorded: Production }) {
  const t = useProductionTexts();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useCommand('production.withdraw', () => {
    sayDone(t('withdrawn'));
    void navigate({ to: '/events/$id', params: { id: recorded.event_id } });
  });
  const body = { reason: reason.trim() };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('withdraw')}</Button>
      <Drawer open={open} title={t('withdraw')} onClose={() => setOpen(false)}>
        <StepForm
          submit={t('withdraw_send')}
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          disabled={!body.reason}
          onSubmit={() => withdraw.mutate({ params: { id: recorded.event_id }, body })}
        >
          <p>{t('withdraw_hint')}</p>
          <TextField
            label={t('reason')}
            value={reason}
            maxLength={REASON_LENGTH}
            onChange={setReason}
          />
        </StepForm>
      </Drawer>
    </>
  );
}
