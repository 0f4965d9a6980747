import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { RightsRequest } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { FactEvidence } from '../weave/FactEvidence.tsx';
import { AnswerRequest } from './AnswerRequest.tsx';
import { NoteForm } from './NoteForm.tsx';
import { RequestState } from './RequestState.tsx';
import { useRightsTexts } from './texts.ts';

type Props = { id: string; onDone: () => void };

/** One request: what it is about, by when it is answered, and what the reader can do with it. */
export function RequestDetail({ id, onDone }: Props) {
  const request = useApi('rights_request.get', { params: { id } });
  if (request.isError) return <ProblemNotice error={request.error} />;
  if (request.data?.id !== id) return <Skeleton rows={5} />;
  return (
    <div className="stack">
      <Standing request={request.data} />
      <NextStep request={request.data} onDone={onDone} />
      {request.data.fact_id && <FactAsked id={request.data.fact_id} />}
    </div>
  );
}

function Standing({ request }: { request: RightsRequest }) {
  const t = useRightsTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party } = useSession();
  const { kind, scope, share_until, file_id, answer, answered_at, state } = request;
  const ours = request.requester_id === party.id;
  const rows: [string, ReactNode][] = [
    [t('with_whom'), partyName(ours ? request.holder_id : request.requester_id)],
  ];
  if (scope) {
    rows.push([t('wanted_scope'), t(`scope_${scope}`)]);
    rows.push([t('wanted_until'), share_until ? format.dateOf(share_until) : t('no_end')]);
  }
  rows.push([t(kind === 'consent' ? 'purpose' : 'statement'), request.statement]);
  if (file_id && state !== 'accepted') {
    rows.push([
      t('file'),
      <a key="file" href={addressOf('file.get', { id: file_id })} target="_blank" rel="noreferrer">
        {t('see_file')}
      </a>,
    ]);
  }
  rows.push([t('asked_at'), format.instant(request.asked_at)]);
  if (state === 'open') rows.push([t('due'), format.date(request.due_on)]);
  if (answered_at) rows.push([t('answered_at'), format.instant(answered_at)]);
  if (answer) rows.push([t('answer'), answer]);
  if (request.corrected_by) rows.push([t('corrected_by'), request.corrected_by]);
  if (request.note) rows.push([t('note'), request.note]);
  return (
    <>
      <p>
        <RequestState request={request} />
      </p>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name} className="facts-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">{t(`rule_${kind}`)}</p>
      {ours && kind !== 'consent' && (request.overdue || state === 'refused') && (
        <p className="muted small">
          {t(kind === 'correction' ? 'complain_correction' : 'complain_personal')}
        </p>
      )}
    </>
  );
}

function NextStep({ request, onDone }: { request: RightsRequest; onDone: () => void }) {
  const may = useMay();
  const { party } = useSession();
  const { state, kind, note } = request;
  if (request.holder_id === party.id) {
    if (state !== 'open' || !may('rights.request.answer')) return null;
    return <AnswerRequest request={request} onDone={onDone} />;
  }
  if (!may('rights.request.ask')) return null;
  if (state === 'open') return <Withdrawal id={request.id} onDone={onDone} />;
  if (kind === 'correction' && state === 'refused' && note === null) {
    return <NoteForm id={request.id} />;
  }
  return null;
}

function Withdrawal({ id, onDone }: Props) {
  const t = useRightsTexts();
  const withdraw = useCommand('rights_request.withdraw', () => {
    sayDone(t('withdrawn_done'));
    onDone();
  });
  return (
    <>
      <div>
        <Button busy={withdraw.isPending} onClick={() => withdraw.mutate({ params: { id } })}>
          {t('withdraw')}
        </Button>
      </div>
      {withdraw.isError && <ProblemNotice error={withdraw.error} />}
    </>
  );
}

function FactAsked({ id }: { id: string }) {
  const t = useRightsTexts();
  return (
    <>
      <h3>{t('see_fact')}</h3>
      <FactEvidence id={id} />
    </>
  );
}
