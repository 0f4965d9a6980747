import { Tag } from '../../controls/Tag.tsx';
import type { CollectionAsk } from '../../generated/api.ts';
import { useCollectionTexts } from './texts.ts';

/** How far a report has come; what is late or was returned stands out. */
export function AskState({ ask }: { ask: Pick<CollectionAsk, 'state' | 'is_late'> }) {
  const t = useCollectionTexts();
  const { state, is_late } = ask;
  if (state === 'waiting' && is_late) return <Tag tone="late">{t('late')}</Tag>;
  const tone = state === 'accepted' ? 'plain' : state === 'returned' ? 'late' : 'waiting';
  return <Tag tone={tone}>{t(`state_${state}`)}</Tag>;
}
