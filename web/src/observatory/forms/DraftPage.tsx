import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { FormDraft } from '../../generated/api.ts';
import { Problem } from '../../kernel/api/problem.ts';
import { apiQuery, useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { type Tab, Tabs, useTab } from '../../shell/Tabs.tsx';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { Basics } from './Basics.tsx';
import { ChangesCard, textOfDraft } from './ChangesCard.tsx';
import { Items } from './Items.tsx';
import type { KeepingState } from './keeping.ts';
import { Preview, useTrial } from './Preview.tsx';
import { Rules } from './Rules.tsx';
import { ToMend } from './ToMend.tsx';
import { useFormTexts } from './texts.ts';
import { useCheck, useFaults } from './use-check.ts';
import { useDraft } from './use-draft.ts';
import { useEnd } from './use-end.ts';
import { Weight } from './Weight.tsx';
import './forms.css';

const BACK = '/observatory/forms';

/** A form that is being written, or revised. */
export function DraftPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const t = useFormTexts();
  // What is edited has to be the newest: what was read a moment ago may have been kept since.
  const found = useQuery({ ...apiQuery('form_draft.get', { params: { id } }), staleTime: 0 });
  const [version, setVersion] = useState(0);
  const reload = () => void found.refetch().then(() => setVersion(version + 1));
  if (found.data?.id === id && found.isFetchedAfterMount) {
    return <Writing key={`${id} ${version}`} draft={found.data} onReload={reload} />;
  }
  return (
    <ObservatoryPage title={t('draft_new')} back={BACK}>
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={8} />}
    </ObservatoryPage>
  );
}

const TABS = ['basics', 'items', 'rules', 'preview', 'weight'] as const;
type TabId = (typeof TABS)[number] | 'changes';

type WritingProps = { draft: FormDraft; onReload: () => void };

function Writing({ draft, onReload }: WritingProps) {
  const t = useFormTexts();
  const read = useBilingual();
  const { content, edit, state, isStale, flush, stop } = useDraft(draft);
  const tried = useTrial(content.items);
  const check = useCheck(content, tried.trial);
  const [isTried, setTried] = useState(false);
  const faults = useFaults(check, isTried);
  const isRevision = draft.form_id !== null;
  const ids: readonly TabId[] = isRevision ? [...TABS, 'changes'] : TABS;
  // Of what is counted red on a tab there is something to mend.
  const counts: Partial<Record<TabId, number>> = {
    items: faults.count('items'),
    rules: faults.count('rules'),
  };
  const tabs = ids.map((id): Tab<TabId> => ({ id, label: t(`tab_${id}`), count: counts[id] }));
  const tab = useTab(tabs);
  const own = { content, edit, faults };
  const errors = check?.errors ?? [];
  return (
    <ObservatoryPage
      title={read(content.name) || t(isRevision ? 'draft_revision' : 'draft_new')}
      back={isRevision ? `${BACK}/${draft.form_id}` : BACK}
      subtitle={<Standing state={state} errors={errors.length} />}
      tools={<GiveUp id={draft.id} stop={stop} />}
      action={
        <Finish
          draft={draft}
          flush={flush}
          isSound={check !== undefined && errors.length === 0}
          onTry={() => setTried(true)}
        />
      }
    >
      {isStale && (
        <Notice
          tone="late"
          action={
            <Button size="small" onClick={onReload}>
              {t('reload')}
            </Button>
          }
        >
          {t('stale')}
        </Notice>
      )}
      {state instanceof Problem && !isStale && <ProblemNotice error={state} />}
      <Tabs label={t('parts')} tabs={tabs} />
      {isTried && errors.length > 0 && <ToMend content={content} errors={errors} />}
      {tab === 'basics' && <Basics {...own} isRevision={isRevision} />}
      {tab === 'items' && <Items {...own} />}
      {tab === 'rules' && <Rules {...own} check={check} />}
      {tab === 'preview' && <Preview form={content} check={check} tried={tried} />}
      {tab === 'weight' && (
        <Weight
          of="draft"
          id={draft.id}
          isComparable={content.items.some(({ source, prefill }) => source || prefill)}
          nameOf={(code) => {
            const item = content.items.find((one) => one.code === code);
            return (item && read(item.name)) || code;
          }}
        />
      )}
      {tab === 'changes' && <Against draft={draft} content={content} />}
    </ObservatoryPage>
  );
}

/** Whether what was typed is kept, and how far the form is. */
function Standing({ state, errors }: { state: KeepingState; errors: number }) {
  const t = useFormTexts();
  const kept = state instanceof Problem ? t('state_waiting') : t(`state_${state}`);
  return (
    <span role="status">
      <span className={state === 'unreachable' ? 'late' : ''}>{kept}</span>
      {' · '}
      {errors > 0 ? t('to_mend', { count: errors }) : t('ready')}
    </span>
  );
}

type FinishProps = {
  draft: FormDraft;
  flush: () => Promise<number | undefined>;
  isSound: boolean;
  onTry: () => void;
};

/** Makes it a form: of what is kept, and of nothing that came in between. */
function Finish({ draft, flush, isSound, onTry }: FinishProps) {
  const t = useFormTexts();
  const finish = useEnd('form_draft.finish', ({ id }) => {
    sayDone(t('finished'));
    return `${BACK}/${id}`;
  });
  const run = async () => {
    onTry();
    const version = await flush();
    if (!isSound || version === undefined) return;
    finish.mutate({ params: { id: draft.id }, ifMatch: `"${version}"` });
  };
  const { form_version } = draft;
  return (
    <>
      <Button kind="primary" busy={finish.isPending} onClick={() => void run()}>
        {form_version === null
          ? t('finish_new')
          : t('finish_revision', { version: form_version + 1 })}
      </Button>
      {finish.isError && <ProblemNotice error={finish.error} />}
    </>
  );
}

/** Twice, as nothing of it comes back. */
function GiveUp({ id, stop }: { id: string; stop: () => void }) {
  const t = useFormTexts();
  const [isSure, setSure] = useState(false);
  const drop = useEnd('form_draft.drop', () => {
    stop();
    sayDone(t('given_up'));
    return BACK;
  });
  return (
    <span className="row">
      <Button
        kind={isSure ? 'danger' : 'quiet'}
        busy={drop.isPending}
        onClick={() => (isSure ? drop.mutate({ params: { id } }) : setSure(true))}
      >
        {t(isSure ? 'give_up_sure' : 'give_up')}
      </Button>
      {drop.isError && <ProblemNotice error={drop.error} />}
    </span>
  );
}

type AgainstProps = { draft: FormDraft; content: FormDraft['content'] };

/** What the next version would say otherwise than the one that the draft began from. */
function Against({ draft, content }: AgainstProps) {
  const before = useApi('statistical_form.get', {
    params: { id: draft.form_id ?? '' },
    query: { version: draft.form_version ?? 1 },
  });
  if (before.isError) return <ProblemNotice error={before.error} />;
  if (!before.data) return <Skeleton rows={4} />;
  return <ChangesCard before={before.data} after={textOfDraft(content)} />;
}
