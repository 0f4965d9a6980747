import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../controls/Button.tsx';
import { Card } from '../../../controls/Card.tsx';
import { TextField } from '../../../controls/Field.tsx';
import { Notice, ProblemNotice } from '../../../controls/Notice.tsx';
import { sayDone } from '../../../controls/toast.tsx';
import type { ReleasePreview } from '../../../generated/api.ts';
import { useCommand } from '../../../kernel/api/use-api.ts';
import type { Search } from '../../../kernel/search.ts';
import { ObservatoryPage } from '../../ObservatoryPage.tsx';
import { Findings } from '../BeforeOut.tsx';
import { Figures } from '../Figures.tsx';
import { useReleaseTexts } from '../texts.ts';
import { bodyOf, EMPTY, type Entry } from './entry.ts';
import { Material } from './Material.tsx';
import { RuleFields } from './RuleFields.tsx';
import { Tables } from './Tables.tsx';
import '../releases.css';

/** What was tried, and with which entries. */
type Tried = { key: string; preview: ReleasePreview };

/** A release before there is one: from what, by what, kept by which rules, and what that shows. */
export function NewReleasePage() {
  const t = useReleaseTexts();
  const navigate = useNavigate();
  const { collection = '', item = '' } = useSearch({ strict: false }) as Search;
  const [entry, setEntry] = useState<Entry>({ ...EMPTY, collection, item });
  const [tried, setTried] = useState<Tried | null>(null);
  const change = (part: Partial<Entry>) => setEntry({ ...entry, ...part });
  const body = bodyOf(entry);
  const key = JSON.stringify(body ?? null);
  const preview = useCommand('release.preview');
  const draft = useCommand('release.draft', ({ id }) => {
    sayDone(t('draft_done'));
    void navigate({ to: `/observatory/releases/${id}` });
  });
  const look = () => {
    if (!body) return;
    preview.mutate({ body }, { onSuccess: (found) => setTried({ key, preview: found }) });
  };
  const isNow = tried?.key === key;
  const error = preview.error ?? draft.error;
  return (
    <ObservatoryPage
      title={t('draft')}
      subtitle={t('draft_subtitle')}
      back="/observatory/releases"
      action={
        isNow ? (
          <Button
            kind="primary"
            busy={draft.isPending}
            onClick={() => body && draft.mutate({ body })}
          >
            {t('draft')}
          </Button>
        ) : (
          <Button kind="primary" busy={preview.isPending} disabled={!body} onClick={look}>
            {t('try')}
          </Button>
        )
      }
    >
      <Material entry={entry} onChange={change} />
      <Tables entry={entry} onChange={change} />
      <RuleFields entry={entry} onChange={change} />
      <Card title={t('names')}>
        <div className="release-fields">
          <TextField
            label={t('name')}
            maxLength={200}
            value={entry.title}
            onChange={(title) => change({ title })}
          />
          <TextField
            label={t('code')}
            hint={t('code_hint')}
            maxLength={40}
            value={entry.series}
            onChange={(series) => change({ series })}
          />
        </div>
      </Card>
      {error && <ProblemNotice error={error} />}
      {tried && <Shown tried={tried} isNow={isNow} />}
    </ObservatoryPage>
  );
}

/** What would be kept and what would be out, with what is to be looked at. */
function Shown({ tried: { preview }, isNow }: { tried: Tried; isNow: boolean }) {
  const t = useReleaseTexts();
  const { check } = preview;
  return (
    <section className={`stack${isNow ? '' : ' is-stale'}`} aria-label={t('tried')}>
      <Notice tone={isNow ? 'plain' : 'caution'}>{t(isNow ? 'tried_says' : 'tried_old')}</Notice>
      <Card title={t('before')} note={t('before_note')}>
        <Findings check={check} />
      </Card>
      <Figures release={preview} action={null} />
    </section>
  );
}
