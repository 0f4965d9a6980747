import type { ReactNode } from 'react';
import { groupsOf } from '../groups.ts';
import { useRankWords } from '../rank-words.ts';
import type { Score } from '../use-index.ts';
import { fillOf, hatchOf } from './MapPatterns.tsx';
import type { Mark } from './marks.ts';
import { type Doubt, doubtBounds, shadeOf } from './shade.ts';
import { useMapTexts } from './texts.ts';

type Props = {
  scores: readonly Score[];
  marks: readonly Mark[];
  /** Whether some area has no unit. */
  hasBare: boolean;
};

/** What greys and hatching say; whoever tells no greys apart reads the group on the area. */
export function MapLegend({ scores, marks, hasBare }: Props) {
  const t = useMapTexts();
  const words = useRankWords();
  const groups = groupsOf(scores);
  const hasWithout = marks.some(({ score }) => !score);
  return (
    <div className="map-legend">
      <Entries title={t('legend_groups')}>
        {groups.map((group, at) => (
          <Entry
            key={group[0]?.tie_group}
            fill={fillOf(shadeOf(at + 1, groups.length).ink)}
            says={t('legend_group', {
              group: at + 1,
              place: words.place(group[0]?.place ?? 0, group.length),
            })}
          />
        ))}
      </Entries>
      <Entries title={t('legend_doubt')}>
        <Doubts count={scores.length} />
      </Entries>
      {(hasWithout || hasBare) && (
        <Entries title={t('legend_others')}>
          {hasWithout && <Entry look="is-without" says={t('no_score')} />}
          {hasBare && <Entry look="is-bare" says={t('legend_bare')} />}
        </Entries>
      )}
    </div>
  );
}

function Entries({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p className="small strong">{title}</p>
      <ul>{children}</ul>
    </div>
  );
}

/** Hatching as it looks on an area of a light group. */
const SAMPLE = fillOf(24);

function Doubts({ count }: { count: number }) {
  const t = useMapTexts();
  const { little, some } = doubtBounds(count);
  const middle = t(some > little + 1 ? 'doubt_some' : 'doubt_exactly', {
    least: little + 1,
    most: some,
  });
  const says: readonly (readonly [Doubt, string, boolean])[] = [
    ['little', t('doubt_little', { most: little }), true],
    ['some', middle, some > little],
    ['much', t('doubt_much', { least: some + 1 }), some < count],
  ];
  return says
    .filter(([, , isThere]) => isThere)
    .map(([doubt, text]) => (
      <Entry key={doubt} fill={SAMPLE} hatch={hatchOf(doubt, false)} says={text} />
    ));
}

type EntryProps = {
  says: string;
  fill?: string;
  hatch?: string | undefined;
  look?: 'is-without' | 'is-bare';
};

function Entry({ says, fill, hatch, look }: EntryProps) {
  const size = { x: 1, y: 1, width: 24, height: 16 };
  return (
    <li className="map-entry small">
      <svg width="26" height="18" viewBox="0 0 26 18" className={look} aria-hidden="true">
        <rect className="map-area" {...size} style={{ fill }} />
        {hatch && <rect {...size} fill={hatch} />}
      </svg>
      {says}
    </li>
  );
}
