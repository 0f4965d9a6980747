import { Tag } from '../../controls/Tag.tsx';
import type { RecallNotice } from '../../generated/api.ts';
import { useRecallTexts } from './texts.ts';

const TONES = {
  draft: 'late',
  sent: 'late',
  acknowledged: 'waiting',
  answered: 'plain',
  closed: 'plain',
} as const;

/** How far a notice has come: what nobody has answered stands out. */
export function NoticeState({ state }: { state: RecallNotice['state'] }) {
  const t = useRecallTexts();
  return <Tag tone={TONES[state]}>{t(`state_${state}`)}</Tag>;
}
