import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Invitation } from '../../generated/api.ts';
import { EndDrawer } from '../../identity/EndDrawer.tsx';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay } from '../../kernel/session.ts';
import { InviteForm } from './InviteForm.tsx';
import { useChainTexts } from './texts.ts';
import '../../identity/identity.css';

export function Invitations() {
  const t = useChainTexts();
  const may = useMay();
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Invitation>();
  const sent = useApi('invitation.list', {});
  const withdraw = useCommand('invitation.withdraw', () => {
    sayDone(t('withdrawn_done'));
    setEnding(undefined);
  });
  const items = sent.data?.items ?? [];
  return (
    <Card
      title={t('invitations')}
      action={
        may('identity.invitation.create') && (
          <Button size="small" icon="plus" onClick={() => setInviting(true)}>
            {t('invite')}
          </Button>
        )
      }
    >
      {sent.isError && <ProblemNotice error={sent.error} />}
      {sent.isPending && <Skeleton rows={3} />}
      {sent.isSuccess && items.length === 0 && (
        <Empty title={t('none_invitations')}>{t('none_members_more')}</Empty>
      )}
      <ul className="setting-rows">
        {items.map((item) => (
          <Row key={item.id} invitation={item} onWithdraw={() => setEnding(item)} />
        ))}
      </ul>
      <Drawer open={inviting} title={t('invite')} onClose={() => setInviting(false)}>
        <InviteForm />
      </Drawer>
      <EndDrawer
        title={t('withdraw')}
        open={ending !== undefined}
        hint={t('withdraw_hint')}
        submit={t('withdraw')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onClose={() => setEnding(undefined)}
        onEnd={() => ending && withdraw.mutate({ params: { id: ending.id } })}
      />
    </Card>
  );
}

type RowProps = { invitation: Invitation; onWithdraw: () => void };

function Row({ invitation, onWithdraw }: RowProps) {
  const t = useChainTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party_id, roles, created_at, expires_at, accepted_at, withdrawn_at } = invitation;
  const over = expires_at < new Date().toISOString();
  const waiting = !accepted_at && !withdrawn_at && !over;
  const state = () => {
    if (accepted_at) return t('accepted', { date: format.dateOf(accepted_at) });
    if (withdrawn_at) return t('withdrawn');
    return t(over ? 'expired' : 'waiting');
  };
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{partyName(party_id)}</span>
        <span className="muted small">
          {roles.map((role) => t(`role_${role}`)).join('、')} ·{' '}
          {t('sent_on', { date: format.dateOf(created_at) })} ·{' '}
          {t('until', { date: format.dateOf(expires_at) })}
        </span>
      </span>
      <Tag tone={waiting ? 'waiting' : 'plain'}>{state()}</Tag>
      {waiting && (
        <Button size="small" onClick={onWithdraw}>
          {t('withdraw')}
        </Button>
      )}
    </li>
  );
}
