import { useState } from 'react';
import { Choice } from '../controls/Choice.tsx';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { sayDone } from '../controls/toast.tsx';
import type { Webhook } from '../generated/api.ts';
import { useCommand } from '../kernel/api/use-api.ts';
import { kindsIn } from './kinds.ts';
import { useWebhookTexts } from './texts.ts';
import { WebhookSecret } from './WebhookSecret.tsx';

type Entries = Pick<Webhook, 'url' | 'description' | 'kinds'>;
const BLANK: Entries = { url: 'https://', description: '', kinds: [] };

/** A new webhook; the sheet then shows its secret instead of the form. */
export function NewWebhook() {
  const t = useWebhookTexts();
  const create = useCommand('webhook.create');
  if (create.data) return <WebhookSecret secret={create.data.secret} />;
  return (
    <WebhookForm
      entries={BLANK}
      submit={t('add')}
      busy={create.isPending}
      error={create.error}
      onSubmit={(body) => create.mutate({ body })}
    />
  );
}

export function ChangeWebhook({ webhook, onDone }: { webhook: Webhook; onDone: () => void }) {
  const t = useWebhookTexts();
  const change = useCommand('webhook.change', () => {
    sayDone(t('changed'));
    onDone();
  });
  return (
    <WebhookForm
      entries={webhook}
      submit={t('save')}
      busy={change.isPending}
      error={change.error}
      onSubmit={(body) => change.mutate({ params: { id: webhook.id }, body })}
    />
  );
}

type Props = {
  entries: Entries;
  submit: string;
  busy: boolean;
  error: unknown;
  onSubmit: (entries: Entries) => void;
};

function WebhookForm({ entries, submit, busy, error, onSubmit }: Props) {
  const t = useWebhookTexts();
  const [url, setUrl] = useState(entries.url);
  const [description, setDescription] = useState(entries.description);
  const [which, setWhich] = useState<'all' | 'some'>(entries.kinds.length > 0 ? 'some' : 'all');
  const [kinds, setKinds] = useState(entries.kinds.join(' '));
  const wanted = which === 'all' ? [] : kindsIn(kinds);
  const whole = URL.canParse(url) && description.trim() !== '';
  return (
    <StepForm
      submit={submit}
      busy={busy}
      error={error}
      disabled={!whole || (which === 'some' && wanted.length === 0)}
      onSubmit={() => onSubmit({ url, description: description.trim(), kinds: wanted })}
    >
      <TextField
        label={t('url')}
        hint={t('url_hint')}
        type="url"
        inputMode="url"
        value={url}
        onChange={setUrl}
      />
      <TextField label={t('description')} value={description} onChange={setDescription} />
      <Choice
        label={t('which')}
        hideLabel={false}
        options={[
          { value: 'all', label: t('which_all') },
          { value: 'some', label: t('which_some') },
        ]}
        value={which}
        onChange={setWhich}
      />
      {which === 'some' && (
        <TextField label={t('kinds')} hint={t('kinds_hint')} value={kinds} onChange={setKinds} />
      )}
    </StepForm>
  );
}
