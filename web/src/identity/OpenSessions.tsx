import { useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { Card } from '../controls/Card.tsx';
import { ProblemNotice } from '../controls/Notice.tsx';
import { Skeleton } from '../controls/Progress.tsx';
import { Tag } from '../controls/Tag.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { OpenSession } from '../generated/api.ts';
import { useApi, useCommand } from '../kernel/api/use-api.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { EndDrawer } from './EndDrawer.tsx';
import { useSecurityTexts } from './security-texts.ts';

/** Where the account is signed in, and a way to end it there. */
export function OpenSessions() {
  const t = useSecurityTexts();
  const [endingAll, setEndingAll] = useState(false);
  const sessions = useApi('account.sessions', {});
  const endOthers = useCommand('account.end_other_sessions', ({ ended }) => {
    sayDone(t('sessions_ended', { count: ended }));
    setEndingAll(false);
  });
  const items = sessions.data?.items ?? [];
  const action = items.length > 1 && (
    <Button size="small" onClick={() => setEndingAll(true)}>
      {t('end_others')}
    </Button>
  );
  return (
    <Card title={t('sessions')} action={action}>
      {sessions.isError && <ProblemNotice error={sessions.error} />}
      {sessions.isPending && <Skeleton rows={3} />}
      <ul className="setting-rows">
        {items.map((one) => (
          <SessionRow key={one.id} session={one} />
        ))}
      </ul>
      <EndDrawer
        title={t('end_others')}
        open={endingAll}
        hint={t('end_others_hint')}
        submit={t('end_others')}
        busy={endOthers.isPending}
        error={endOthers.error}
        onClose={() => setEndingAll(false)}
        onEnd={() => endOthers.mutate({})}
      />
    </Card>
  );
}

function SessionRow({ session }: { session: OpenSession }) {
  const t = useSecurityTexts();
  const read = useBilingual();
  const format = useFormat();
  const end = useCommand('account.end_session', () => sayDone(t('sessions_ended', { count: 1 })));
  const { agent, address, created_at, used_at, current } = session;
  return (
    <li className="setting-row">
      <span className="stack-tight is-close">
        <span className="strong">{agent || t('unknown_device')}</span>
        <span className="muted small">
          {[
            read(session.chain),
            read(session.party),
            address,
            t('opened', { date: format.instant(created_at) }),
            t('used', { date: format.instant(used_at) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {end.error !== null && <ProblemNotice error={end.error} />}
      </span>
      {current ? (
        <Tag>{t('this_device')}</Tag>
      ) : (
        <Button
          size="small"
          busy={end.isPending}
          onClick={() => end.mutate({ params: { id: session.id } })}
        >
          {t('end_session')}
        </Button>
      )}
    </li>
  );
}
