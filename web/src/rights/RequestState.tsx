import { Tag } from '../controls/Tag.tsx';
import type { RightsRequest } from '../generated/api.ts';
import { useRightsTexts } from './texts.ts';

type Props = { request: Pick<RightsRequest, 'state' | 'overdue'> };

export function RequestState({ request: { state, overdue } }: Props) {
  const t = useRightsTexts();
  if (overdue) return <Tag tone="late">{t('overdue')}</Tag>;
  return <Tag tone={state === 'open' ? 'waiting' : 'plain'}>{t(`state_${state}`)}</Tag>;
}
