import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { RecallNotice } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { useMay, useSession } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { Found } from './Found.tsx';
import { Lines } from './Lines.tsx';
import { NoticeState } from './NoticeState.tsx';
import { useRecallTexts } from './texts.ts';
import '../../table/table.css';

/** What a party was told: what is wrong, what it has of it, and its own answer. */
export function NoticePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useRecallTexts();
  const found = useApi('recall_notice.get', { params: { id } });
  if (found.data?.id === id) return <OneNotice notice={found.data} />;
  return (
    <Page title={t('title')} back="/recalls">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

function OneNotice({ notice }: { notice: RecallNotice }) {
  const t = useRecallTexts();
  const format = useFormat();
  const may = useMay();
  const partyName = usePartyName();
  const { party } = useSession();
  const [answering, setAnswering] = useState(false);
  const { id, state, sent_at } = notice;
  const isMine = notice.addressee_id === party.id && notice.owner_id !== party.id;
  const isOpen = isMine && state !== 'closed';
  const params = { params: { id } };
  const acknowledge = useCommand('recall_notice.acknowledge', () =>
    sayDone(t('acknowledged_done')),
  );
  const hold = useCommand('recall_notice.hold', ({ held }) =>
    sayDone(held.length > 0 ? t('held_done', { count: held.length }) : t('held_none')),
  );
  const error = acknowledge.error ?? hold.error;
  return (
    <Page
      title={notice.title}
      back={isMine ? '/recalls?tab=received' : `/recalls/${notice.recall_id}`}
      subtitle={[
        notice.number,
        t(`grade_${notice.grade}`),
        isMine && t('from', { party: partyName(notice.owner_id) }),
        sent_at && format.instant(sent_at),
      ]
        .filter(Boolean)
        .join(' · ')}
      notice={<Notice tone={isOpen ? 'late' : 'caution'}>{notice.hazard}</Notice>}
      tools={
        isOpen && (
          <span className="row">
            {state === 'sent' && may('goods.recall.answer') && (
              <Button busy={acknowledge.isPending} onClick={() => acknowledge.mutate(params)}>
                {t('acknowledge')}
              </Button>
            )}
            {may('goods.recall.hold') && (
              <Button busy={hold.isPending} onClick={() => hold.mutate(params)}>
                {t('hold')}
              </Button>
            )}
          </span>
        )
      }
      action={
        isOpen &&
        may('goods.recall.answer') && (
          <Button kind="primary" onClick={() => setAnswering(true)}>
            {t('answer_title')}
          </Button>
        )
      }
    >
      {error && <ProblemNotice error={error} />}
      {notice.note && <p className="recall-note">{notice.note}</p>}
      <Card title={t('found')} action={<NoticeState state={state} />}>
        <Found progress={notice.progress} />
      </Card>
      <Card title={t('lines')}>
        <Lines of={{ notice: id }} />
      </Card>
      <Drawer open={answering} title={t('answer_title')} onClose={() => setAnswering(false)}>
        {answering && <AnswerForm id={id} onDone={() => setAnswering(false)} />}
      </Drawer>
    </Page>
  );
}
