import type { Recall } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useNames } from '../trace/names.ts';
import { useRecallTexts } from './texts.ts';

const MINUTE_MS = 60_000;

/** How long it took, in the largest unit that tells something. */
function useSpan() {
  const t = useRecallTexts();
  return (from: string, to: string) => {
    const minutes = Math.round((Date.parse(to) - Date.parse(from)) / MINUTE_MS);
    if (minutes < 120) return t('minutes', { count: minutes });
    if (minutes < 48 * 60) return t('hours', { count: Math.round(minutes / 60) });
    return t('days', { count: Math.round(minutes / (24 * 60)) });
  };
}

/** What happened when, and how long after the danger was known. */
export function Times({ recall }: { recall: Recall }) {
  const t = useRecallTexts();
  const format = useFormat();
  const names = useNames();
  const span = useSpan();
  const { known_at, opened_at, first_sent_at, closed_at } = recall;
  const answers = recall.notices
    .flatMap(({ addressee_uri, answered_at }) =>
      answered_at
        ? [{ at: answered_at, words: t('time_answered', { party: names.party(addressee_uri) }) }]
        : [],
    )
    .sort((one, other) => one.at.localeCompare(other.at));
  const rows = [
    { at: known_at, words: t('time_known') },
    { at: opened_at, words: t('time_opened') },
    ...(first_sent_at ? [{ at: first_sent_at, words: t('time_first_sent') }] : []),
    ...answers,
    ...(closed_at ? [{ at: closed_at, words: t('time_closed') }] : []),
  ];
  return (
    <ol className="recall-times">
      {rows.map(({ at, words }) => (
        <li key={words}>
          <time className="figure muted" dateTime={at}>
            {format.instant(at)}
          </time>
          <span>{words}</span>
          {at !== known_at && (
            <span className="muted">{t('after', { span: span(known_at, at) })}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
