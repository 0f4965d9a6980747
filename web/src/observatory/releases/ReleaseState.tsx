import { Tag } from '../../controls/Tag.tsx';
import type { ReleaseRow } from '../../generated/api.ts';
import { useReleaseTexts } from './texts.ts';

/** Planned, and its hour has come. */
export const isDue = ({ state, planned_at }: ReleaseRow) =>
  state === 'scheduled' && planned_at !== null && Date.parse(planned_at) <= Date.now();

/** It did not go out at its hour, and waits for a person. */
export const isHeld = ({ state, held_at }: ReleaseRow) => state === 'scheduled' && held_at !== null;

/** How far a release has come, in one word. */
export function ReleaseState({ release }: { release: ReleaseRow }) {
  const t = useReleaseTexts();
  const { state } = release;
  if (isHeld(release)) return <Tag tone="late">{t('state_held')}</Tag>;
  if (isDue(release)) return <Tag tone="waiting">{t('state_due')}</Tag>;
  const tone = state === 'withdrawn' ? 'late' : state === 'published' ? 'plain' : 'waiting';
  return <Tag tone={tone}>{t(`state_${state}`)}</Tag>;
}
