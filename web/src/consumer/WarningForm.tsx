import { useState } from 'react';
import { TextField } from '../controls/Field.tsx';
import { StepForm } from '../controls/StepForm.tsx';
import { TextArea } from '../controls/TextArea.tsx';
import { sayDone } from '../controls/toast.tsx';
import { useCommand } from '../kernel/api/use-api.ts';
import { useConsumerTexts } from './texts.ts';

/** Lots are typed with blanks or commas between them, which a lot of others may have in it. */
const asTyped = (lots: string) => lots.split(/[\s,，;；]+/).filter((lot) => lot !== '');

const EMPTY = { lots: '', reason_zh: '', reason_en: '', action_zh: '', action_en: '', contact: '' };
type Entry = typeof EMPTY;

/** Entries left empty are not said. */
function bodyOf({ lots, reason_zh, action_zh, ...rest }: Entry, given: readonly string[]) {
  const said = Object.entries(rest).flatMap(([name, typed]) =>
    typed.trim() ? [[name, typed.trim()]] : [],
  );
  return {
    // What was proposed and not touched is taken as it is.
    lots: lots === given.join(' ') ? [...given] : asTyped(lots),
    reason_zh: reason_zh.trim(),
    action_zh: action_zh.trim(),
    ...Object.fromEntries(said),
  };
}

type Props = { product_id: string; lots?: readonly string[]; onDone: () => void };

/** What is wrong, with which lots, and what to do: seen by whoever scans them, at once. */
export function WarningForm({ product_id, lots = [], onDone }: Props) {
  const t = useConsumerTexts();
  const [entry, setEntry] = useState({ ...EMPTY, lots: lots.join(' ') });
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change });
  const publish = useCommand('consumer_warning.publish', () => {
    sayDone(t('published_done'));
    setEntry(EMPTY);
    onDone();
  });
  return (
    <StepForm
      submit={t('publish')}
      danger
      busy={publish.isPending}
      error={publish.error}
      disabled={!entry.reason_zh.trim() || !entry.action_zh.trim()}
      onSubmit={() => publish.mutate({ params: { product_id }, body: bodyOf(entry, lots) })}
    >
      <TextField
        label={t('warning_lots')}
        hint={t('warning_lots_hint')}
        optional
        value={entry.lots}
        onChange={(lots) => set({ lots })}
      />
      <TextArea
        label={t('action')}
        value={entry.action_zh}
        onChange={(action_zh) => set({ action_zh })}
      />
      <TextArea
        label={t('action_en')}
        optional
        rows={2}
        value={entry.action_en}
        onChange={(action_en) => set({ action_en })}
      />
      <TextArea
        label={t('reason')}
        value={entry.reason_zh}
        onChange={(reason_zh) => set({ reason_zh })}
      />
      <TextArea
        label={t('reason_en')}
        optional
        rows={2}
        value={entry.reason_en}
        onChange={(reason_en) => set({ reason_en })}
      />
      <TextField
        label={t('contact')}
        optional
        value={entry.contact}
        onChange={(contact) => set({ contact })}
      />
    </StepForm>
  );
}
