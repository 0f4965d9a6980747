import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { SharingAgreement } from '../../generated/api.ts';
import { EndDrawer } from '../../identity/EndDrawer.tsx';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay, useSession } from '../../kernel/session.ts';
import { ConsentForm } from '../../rights/ConsentForm.tsx';
import { useRightsTexts } from '../../rights/texts.ts';
import { SharedAccesses } from './SharedAccesses.tsx';
import { ShareForm } from './ShareForm.tsx';
import { useChainTexts } from './texts.ts';
import '../../identity/identity.css';

/** Who may read whose data, made and ended by the owner alone. */
export function Sharing() {
  const t = useChainTexts();
  const rights = useRightsTexts();
  const may = useMay();
  const { party } = useSession();
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState<SharingAgreement>();
  const list = useApi('sharing.list', {});
  const end = useCommand('sharing.end', () => {
    sayDone(t('ended_done'));
    setEnding(undefined);
  });
  const items = list.data?.items ?? [];
  const given = items.filter(({ owner_id }) => owner_id === party.id);
  const got = items.filter(({ owner_id }) => owner_id !== party.id);
  const ends = may('identity.sharing.end') ? setEnding : undefined;
  return (
    <>
      {list.isError && <ProblemNotice error={list.error} />}
      {list.isPending && <Skeleton rows={4} />}
      {list.isSuccess && (
        <>
          <Card
            title={t('shared_by_us')}
            note={t('share_hint')}
            action={
              may('identity.sharing.create') && (
                <Button size="small" icon="plus" onClick={() => setAdding(true)}>
                  {t('share')}
                </Button>
              )
            }
          >
            <Rows items={given} empty={t('none_out')} {...(ends ? { onEnd: ends } : {})} />
          </Card>
          <Card
            title={t('shared_with_us')}
            action={
              may('rights.request.ask') && (
                <Button size="small" icon="plus" onClick={() => setAsking(true)}>
                  {rights('ask_consent')}
                </Button>
              )
            }
          >
            <Rows items={got} empty={t('none_in')} />
          </Card>
          {given.length > 0 && <SharedAccesses />}
        </>
      )}
      <Drawer open={adding} title={t('share')} onClose={() => setAdding(false)}>
        <ShareForm onDone={() => setAdding(false)} />
      </Drawer>
      <Drawer open={asking} title={rights('ask_consent')} onClose={() => setAsking(false)}>
        <ConsentForm onDone={() => setAsking(false)} />
      </Drawer>
      <EndDrawer
        title={t('end_share')}
        open={ending !== undefined}
        hint={t('end_share_hint')}
        submit={t('end_share')}
        busy={end.isPending}
        error={end.error}
        onClose={() => setEnding(undefined)}
        onEnd={() => ending && end.mutate({ params: { id: ending.id } })}
      />
    </>
  );
}

type RowsProps = {
  items: readonly SharingAgreement[];
  empty: string;
  onEnd?: (agreement: SharingAgreement) => void;
};

function Rows({ items, empty, onEnd }: RowsProps) {
  const t = useChainTexts();
  const format = useFormat();
  const partyName = usePartyName();
  const { party } = useSession();
  if (items.length === 0) return <p className="muted">{empty}</p>;
  const now = new Date().toISOString();
  return (
    <ul className="setting-rows">
      {items.map((item) => {
        const { id, owner_id, reader_id, scope, purpose, valid_until, revoked_at } = item;
        const over = revoked_at !== null || (valid_until !== null && valid_until < now);
        const until = valid_until
          ? t('until', { date: format.dateOf(valid_until) })
          : t('open_end');
        return (
          <li key={id} className="setting-row">
            <span className="stack-tight is-close">
              <span className="strong">
                {partyName(owner_id === party.id ? reader_id : owner_id)} · {t(`scope_${scope}`)}
              </span>
              <span className="muted small">{purpose}</span>
            </span>
            <Tag>{over ? t('ended') : until}</Tag>
            {!over && onEnd && (
              <Button size="small" onClick={() => onEnd(item)}>
                {t('end_share')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
