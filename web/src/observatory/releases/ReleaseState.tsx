import { Tag } from '../../controls/Tag.tsx';
import type { ReleaseRow } from '../../generated/api.ts';
import { useReleaseTexts } from './texts.ts';

/** Planned, and its hour has come. */
export const isDue = ({ state, planned_at }: ReleaseRow) =>
  state === 'scheduled' && planned_at !== null && Date.parse(planned_at) <= Date.now();

/** How far a release has come, in one word. */
export function ReleaseState({ release }: { release: ReleaseRow }) {
  const t = useReleaseTexts();
  if (isDue(release)) return <Tag tone="late">{t('state_due')}</Tag>;
  const { state } = release;
  const tone = state === 'withdrawn' ? 'late' : state === 'published' ? 'plain' : 'waiting';
  return <Tag tone={tone}>{t(`state_${state}`)}</Tag>;
}
