import { useBilingual } from '../../../kernel/bilingual.ts';
import { RankLine } from '../RankLine.tsx';
import { useRankWords } from '../rank-words.ts';
import { useIndexTexts } from '../texts.ts';
import type { Score } from '../use-index.ts';
import type { Mark } from './marks.ts';
import { useNameList } from './name-list.ts';
import { useMapTexts } from './texts.ts';

type Props = { mark: Mark | undefined; scores: readonly Score[] };

/** The unit that is pointed at: its interval, its group, and all that it is not told apart from. */
export function MapReadout({ mark, scores }: Props) {
  const t = useMapTexts();
  const read = useBilingual();
  if (!mark) return <p className="map-readout muted">{t('hint')}</p>;
  if (!mark.score) {
    return (
      <p className="map-readout">
        <strong>{mark.name}</strong> {t('no_score')}
        <span className="muted"> {read(mark.reason)}</span>
      </p>
    );
  }
  return (
    <div className="map-readout">
      <Standing name={mark.name} score={mark.score} tied={mark.tied} count={scores.length} />
      <Tied score={mark.score} scores={scores} />
    </div>
  );
}

type StandingProps = { name: string; score: Score; tied: number; count: number };

function Standing({ name, score, tied, count }: StandingProps) {
  const t = useMapTexts();
  const texts = useIndexTexts();
  const words = useRankWords();
  const group = t('legend_group', {
    group: score.tie_group,
    place: words.place(score.place, tied),
  });
  return (
    <>
      <p className="map-says">
        <strong>{name}</strong>
        <span>{group}</span>
        <span>{words.range(score.rank)}</span>
        <span className="muted">{texts('score', { value: words.value(score.index) })}</span>
      </p>
      <RankLine rank={score.rank} count={count} />
    </>
  );
}

function Tied({ score, scores }: { score: Score; scores: readonly Score[] }) {
  const t = useMapTexts();
  const inWords = useNameList();
  const names = scores
    .filter(({ unit }) => score.not_told_apart.includes(unit))
    .map(({ name }) => name);
  return (
    <p className="muted small">
      {names.length > 0 ? t('tied', { names: inWords(names) }) : t('tied_none')}
    </p>
  );
}
