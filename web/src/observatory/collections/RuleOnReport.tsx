import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { CollectionAsk } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useMay } from '../../kernel/session.ts';
import { Reported } from './Reported.tsx';
import { useCollectionTexts } from './texts.ts';

type Props = { ask: CollectionAsk; onDone: () => void };

/** A report as its collector sees it: accepted, or sent back with a reason. */
export function RuleOnReport({ ask, onDone }: Props) {
  const t = useCollectionTexts();
  const may = useMay();
  const id = ask.report_id ?? '';
  const [reason, setReason] = useState('');
  const report = useApi('report.get', { params: { id } });
  const accept = useCommand('report.accept', () => {
    sayDone(t('accepted_done'));
    onDone();
  });
  const send = useCommand('report.return', () => {
    sayDone(t('returned_done'));
    onDone();
  });
  if (report.isError) return <ProblemNotice error={report.error} />;
  if (report.data?.id !== id) return <Skeleton rows={5} />;
  const isOpen = report.data.ruling === null && may('collections.report.rule');
  return (
    <div className="stack">
      <Reported ask={ask} report={report.data} />
      {isOpen && (
        <>
          {accept.isError && <ProblemNotice error={accept.error} />}
          <Button
            kind="primary"
            size="large"
            busy={accept.isPending}
            onClick={() => accept.mutate({ params: { id } })}
          >
            {t('accept')}
          </Button>
          <StepForm
            submit={t('return')}
            busy={send.isPending}
            error={send.error}
            disabled={!reason.trim()}
            onSubmit={() => send.mutate({ params: { id }, body: { reason: reason.trim() } })}
          >
            <TextArea label={t('return_reason')} value={reason} onChange={setReason} />
          </StepForm>
        </>
      )}
    </div>
  );
}
