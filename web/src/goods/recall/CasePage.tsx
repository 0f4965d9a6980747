import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Recall } from '../../generated/api.ts';
import { useApi, useCommand } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { useNames } from '../trace/names.ts';
import { CloseForm, SendForm } from './CaseForms.tsx';
import { Consumers } from './Consumers.tsx';
import { Found } from './Found.tsx';
import { Lines } from './Lines.tsx';
import { NoticeState } from './NoticeState.tsx';
import { Times } from './Times.tsx';
import { useRecallTexts } from './texts.ts';
import './recall.css';

/** One recall: what was found of the goods, who was told, and what is to be done next. */
export function CasePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useRecallTexts();
  const found = useApi('recall.get', { params: { id } });
  if (found.data?.id === id) return <OneRecall recall={found.data} />;
  return (
    <Page title={t('title')} back="/recalls">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={8} />}
    </Page>
  );
}

type Step = 'send' | 'close' | null;

function OneRecall({ recall }: { recall: Recall }) {
  const t = useRecallTexts();
  const format = useFormat();
  const may = useMay();
  const [step, setStep] = useState<Step>(null);
  const { id, closed_at, notices } = recall;
  const isOpen = closed_at === null;
  const drafts = notices.filter(({ state }) => state === 'draft');
  const hold = useCommand('recall.hold', ({ held }) =>
    sayDone(held.length > 0 ? t('held_done', { count: held.length }) : t('held_none')),
  );
  return (
    <Page
      title={recall.title}
      back="/recalls"
      subtitle={`${recall.number} · ${t(`grade_${recall.grade}`)} · ${recall.hazard}`}
      notice={<Standing recall={recall} />}
      tools={
        isOpen && (
          <span className="row">
            {may('goods.recall.hold') && (
              <Button busy={hold.isPending} onClick={() => hold.mutate({ params: { id } })}>
                {t('hold')}
              </Button>
            )}
            {may('goods.recall.close') && drafts.length === 0 && (
              <Button onClick={() => setStep('close')}>{t('close')}</Button>
            )}
          </span>
        )
      }
      action={
        isOpen &&
        drafts.length > 0 &&
        may('goods.recall.send') && (
          <Button kind="primary" onClick={() => setStep('send')}>
            {t('send_all', { count: drafts.length })}
          </Button>
        )
      }
    >
      {hold.isError && <ProblemNotice error={hold.error} />}
      <Card title={t('found')}>
        <Found progress={recall.progress} />
        <Kept recall={recall} />
      </Card>
      <Card title={t('notices')} note={t('notices_note')}>
        <Notices recall={recall} />
      </Card>
      <Consumers id={id} isOpen={isOpen} />
      <Card title={t('times')}>
        <Times recall={recall} />
      </Card>
      <Card title={t('lines')}>
        <Lines of={{ recall: id }} />
      </Card>
      <Drawer open={step === 'send'} title={t('send_title')} onClose={() => setStep(null)}>
        <SendForm id={id} drafts={drafts} onDone={() => setStep(null)} />
      </Drawer>
      <Drawer open={step === 'close'} title={t('close')} onClose={() => setStep(null)}>
        <CloseForm id={id} notices={notices} onDone={() => setStep(null)} />
      </Drawer>
      {closed_at && (
        <p className="muted">
          {t('closed_on', { time: format.instant(closed_at), outcome: recall.outcome ?? '' })}
        </p>
      )}
    </Page>
  );
}

/** What is wrong with it at a glance: late, or not whole. */
function Standing({ recall }: { recall: Recall }) {
  const t = useRecallTexts();
  const format = useFormat();
  const time = format.instant(recall.start_by);
  const isWaiting = recall.first_sent_at === null && recall.closed_at === null;
  return (
    <>
      {recall.is_late && <Notice tone="late">{t('late_start', { time })}</Notice>}
      {!recall.is_late && isWaiting && <Notice tone="caution">{t('start_by', { time })}</Notice>}
      {recall.is_cut && <Notice tone="caution">{t('is_cut')}</Notice>}
    </>
  );
}

/** What nobody outside has to be asked for. */
function Kept({ recall }: { recall: Recall }) {
  const t = useRecallTexts();
  const format = useFormat();
  const parts = [
    ['own_goods', recall.own],
    ['nobody', recall.nobody],
  ] as const;
  return parts.map(([name, sums]) => {
    const shown = sums.filter(({ unit }) => unit !== '');
    if (shown.length === 0) return null;
    const figures = shown.map(({ listed, unit }) => format.quantity(listed, unit));
    return (
      <p key={name} className="muted">
        {t(name)}：{figures.join('，')}
      </p>
    );
  });
}

type Told = Recall['notices'][number];

function Notices({ recall }: { recall: Recall }) {
  const t = useRecallTexts();
  const names = useNames();
  const format = useFormat();
  const sum = (part: 'listed' | 'kept' | 'passed_on'): Column<Told> => ({
    ...{ id: part, label: t(part), figure: true },
    cell: ({ progress }) =>
      progress
        .filter(({ unit }) => unit !== '')
        .map((one) => format.quantity(one[part], one.unit))
        .join('，') || '–',
  });
  const columns: Column<Told>[] = [
    {
      ...{ id: 'addressee', label: t('addressee'), card: 'title' },
      cell: ({ id, addressee_uri, addressee_id, told_by }) => (
        <>
          <Link to={`/recall-notices/${id}`}>{names.party(addressee_uri)}</Link>
          {addressee_id === null && <span className="muted"> · {told_by ?? t('outside')}</span>}
        </>
      ),
    },
    {
      ...{ id: 'state', label: t('state'), card: 'aside' },
      cell: ({ state }) => <NoticeState state={state} />,
    },
    ...(['listed', 'kept', 'passed_on'] as const).map(sum),
  ];
  return <Rows columns={columns} rows={recall.notices} rowKey={({ id }) => id} />;
}
