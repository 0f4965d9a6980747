import { useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Notice } from '../../controls/Notice.tsx';
import type { FormCheck, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useSession } from '../../kernel/session.ts';
import { Checks } from '../collections/Checks.tsx';
import { ItemField } from '../collections/ItemField.tsx';
import { type Entry, entryOf, typedValue } from '../collections/values.ts';
import { useFormTexts } from './texts.ts';
import type { Trial } from './use-check.ts';
import { useItemWords } from './words.ts';
import '../collections/collections.css';

type Item = FormDraftContent['items'][number];
type Entries = Readonly<Record<string, Entry>>;

const isCode = (code: string) => /^[a-z][a-z0-9_]{0,39}$/.test(code);

/** What can be sent of what was tried: an answer goes by a code, and is a figure where need be. */
function answersIn(items: readonly Item[], entries: Entries): Trial['answers'] {
  return Object.fromEntries(
    items.flatMap((item) => {
      const entry = entries[item.code];
      const value = entry && isCode(item.code) ? typedValue(item, entry) : undefined;
      return value == null ? [] : [[item.code, value] as const];
    }),
  );
}

/** What is tried on a form, and what it comes to as answers; none of it is kept. */
export function useTrial(items: readonly Item[]) {
  const [now, setNow] = useState<Entries>({});
  const [before, setBefore] = useState<Entries>({});
  const earlier = answersIn(items, before);
  const trial: Trial = {
    answers: answersIn(items, now),
    before: Object.keys(earlier).length > 0 ? earlier : null,
  };
  // The same answers are the same question.
  const text = JSON.stringify(trial);
  const [known, setKnown] = useState({ text, trial });
  if (known.text !== text) setKnown({ text, trial });
  return {
    now,
    before,
    tryNow: (code: string, entry: Entry) => setNow({ ...now, [code]: entry }),
    tryBefore: (code: string, entry: Entry) => setBefore({ ...before, [code]: entry }),
    trial: known.trial,
  };
}

type Props = {
  form: Pick<FormDraftContent, 'items' | 'rules'>;
  check: FormCheck | undefined;
  tried: ReturnType<typeof useTrial>;
};

/** The form as a firm will see it, with its own fields and checks, to try figures on. */
export function Preview({ form: { items, rules }, check, tried }: Props) {
  const t = useFormTexts();
  const { party } = useSession();
  const read = useBilingual();
  if (items.length === 0) return <Card>{t('preview_empty')}</Card>;
  const readBefore = new Set(
    (check?.rules ?? []).flatMap(({ reads }) =>
      reads.filter(({ is_before }) => is_before).map(({ item }) => item),
    ),
  );
  const earlier = items.filter(({ code }) => readBefore.has(code));
  return (
    <>
      <Notice tone="plain">{t('preview_note')}</Notice>
      <Card title={t('preview_asked', { name: read(party.name) })}>
        <Fields items={items} entries={tried.now} onTry={tried.tryNow} />
      </Card>
      {earlier.length > 0 && (
        <Card title={t('preview_before')} note={t('preview_before_note')}>
          <Fields items={earlier} entries={tried.before} onTry={tried.tryBefore} />
        </Card>
      )}
      {rules.length > 0 && (
        <Checks
          checks={rules.flatMap(({ id, level, explanation }, at) => {
            const outcome = check?.rules[at]?.outcome;
            return outcome ? [{ rule: id, level, explanation, outcome }] : [];
          })}
          notes={{}}
          onNote={() => undefined}
        />
      )}
    </>
  );
}

type FieldsProps = {
  items: readonly Item[];
  entries: Entries;
  onTry: (code: string, entry: Entry) => void;
};

function Fields({ items, entries, onTry }: FieldsProps) {
  const words = useItemWords();
  return (
    <div className="report-items">
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a code is empty, or twice, while typed
        <div key={at}>
          <ItemField
            item={{ ...item, takes_interval: item.takes_interval || item.prefill !== null }}
            entry={entries[item.code] ?? entryOf(item, undefined)}
            evidence={undefined}
            answer={undefined}
            disabled={false}
            onChange={(entry) => onTry(item.code, entry)}
          />
          {item.prefill && <p className="muted small">{words.prefill(item)}</p>}
        </div>
      ))}
    </div>
  );
}
