import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Notice } from '../controls/Notice.tsx';
import type { Fact } from '../generated/api.ts';
import { useFormat } from '../kernel/format/format.ts';
import { usePartyName } from '../kernel/parties.ts';
import { useMay, useSession } from '../kernel/session.ts';
import { type Asked, AskForm } from './AskForm.tsx';
import { useRightsTexts } from './texts.ts';
import './rights.css';

/** That a fact is disputed, and a way to dispute it or to ask about it. */
export function FactObjections({ fact }: { fact: Fact }) {
  const t = useRightsTexts();
  const may = useMay();
  const { party } = useSession();
  const [kind, setKind] = useState<Exclude<Asked['kind'], 'deletion'>>();
  const asks = fact.party_id !== party.id && may('rights.request.ask');
  return (
    <>
      <Marks fact={fact} />
      {asks && !kind && (
        <div className="rights-asks">
          <Button size="small" onClick={() => setKind('correction')}>
            {t('object')}
          </Button>
          <Button size="small" onClick={() => setKind('explanation')}>
            {t('explain')}
          </Button>
        </div>
      )}
      {kind && <AskForm asked={{ kind, fact_id: fact.id }} onDone={() => setKind(undefined)} />}
    </>
  );
}

function Marks({ fact }: { fact: Fact }) {
  const t = useRightsTexts();
  const format = useFormat();
  const partyName = usePartyName();
  return fact.objections.map(({ request_id, requester_id, state, asked_at, answered_at, note }) => {
    const name = requester_id ? partyName(requester_id) : t('somebody');
    return (
      <Notice key={request_id} tone={state === 'open' ? 'caution' : 'plain'}>
        <p>{t(`disputed_${state}`, { name, date: format.dateOf(answered_at ?? asked_at) })}</p>
        {note && <p>{t('objectors_note', { name, note })}</p>}
      </Notice>
    );
  });
}
