import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { CollectionAsk, ReportDraft } from '../../generated/api.ts';
import { Problem } from '../../kernel/api/problem.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay } from '../../kernel/session.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { AskState } from './AskState.tsx';
import { DraftForm } from './DraftForm.tsx';
import { Reported } from './Reported.tsx';
import { useCollectionTexts } from './texts.ts';
import { useForm } from './use-form.ts';
import './collections.css';

/** One report that is asked for: its draft, filled in as far as it can be, or what was sent. */
export function AskPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useCollectionTexts();
  const ask = useApi('collection_ask.get', { params: { id } });
  if (ask.data?.id === id) return <OneAsk ask={ask.data} />;
  return (
    <ObservatoryPage title={t('reports_title')} back="/observatory/reports">
      {ask.isError ? <ProblemNotice error={ask.error} /> : <Skeleton rows={6} />}
    </ObservatoryPage>
  );
}

function OneAsk({ ask }: { ask: CollectionAsk }) {
  const t = useCollectionTexts();
  const read = useBilingual();
  const format = useFormat();
  const partyName = usePartyName();
  const draft = useApi('report_draft.get', { params: { id: ask.id } });
  const isAbsent = draft.error instanceof Problem && draft.error.body.status === 404;
  const isBeingWritten = draft.data?.ask_id === ask.id && draft.data.state !== 'sent';
  return (
    <ObservatoryPage
      title={read(ask.form)}
      back="/observatory/reports"
      subtitle={[
        ask.period,
        partyName(ask.collector_id),
        `${t('due')} ${format.date(ask.due_on)}`,
      ].join(' · ')}
      tools={<AskState ask={ask} />}
    >
      {draft.isError && !isAbsent && <ProblemNotice error={draft.error} />}
      {ask.report_id && <Sent ask={ask} id={ask.report_id} isReturned={ask.state === 'returned'} />}
      {isBeingWritten && draft.data ? (
        <Writing key={draft.data.version} ask={ask} draft={draft.data} />
      ) : (
        (isAbsent || draft.data) && <Begin ask={ask} />
      )}
    </ObservatoryPage>
  );
}

function Writing({ ask, draft }: { ask: CollectionAsk; draft: ReportDraft }) {
  const form = useForm(ask);
  if (form.isError) return <ProblemNotice error={form.error} />;
  if (!form.data) return <Skeleton rows={6} />;
  return <DraftForm ask={ask} draft={draft} form={form.data} />;
}

/** A new draft is filled in by the platform; one that corrects an accepted report says why. */
function Begin({ ask }: { ask: CollectionAsk }) {
  const t = useCollectionTexts();
  const may = useMay();
  const [reason, setReason] = useState('');
  const start = useCommand('report_draft.start');
  const isCorrection = ask.accepted_id !== null;
  if (ask.collection_state === 'locked' || ask.state === 'submitted') return null;
  if (!may('collections.draft.write')) return null;
  return (
    <Card>
      <div className="stack">
        {!isCorrection && <p className="muted">{t('start_hint')}</p>}
        {isCorrection && (
          <TextField label={t('correct_reason')} value={reason} onChange={setReason} />
        )}
        {start.isError && <ProblemNotice error={start.error} />}
        <div>
          <Button
            kind={isCorrection ? 'plain' : 'primary'}
            busy={start.isPending}
            disabled={isCorrection && !reason.trim()}
            onClick={() =>
              start.mutate({
                params: { id: ask.id },
                body: isCorrection ? { reason: reason.trim() } : {},
              })
            }
          >
            {t(isCorrection ? 'correct' : ask.state === 'returned' ? 'again' : 'start')}
          </Button>
        </div>
      </div>
    </Card>
  );
}

type SentProps = { ask: CollectionAsk; id: string; isReturned: boolean };

function Sent({ ask, id, isReturned }: SentProps) {
  const t = useCollectionTexts();
  const report = useApi('report.get', { params: { id } });
  if (report.isError) return <ProblemNotice error={report.error} />;
  if (report.data?.id !== id) return <Skeleton rows={3} />;
  const reason = report.data.ruling?.reason;
  return (
    <>
      {isReturned && reason && <Notice tone="late">{t('returned_because', { reason })}</Notice>}
      <Reported ask={ask} report={report.data} />
    </>
  );
}
