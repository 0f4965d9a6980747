import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { groupsOf } from './groups.ts';
import { IndexMap } from './map/IndexMap.tsx';
import type { WithoutIndex } from './map/marks.ts';
import type { MapFile } from './map/source.ts';
import { useMapTexts } from './map/texts.ts';
import { Standings } from './Standings.tsx';
import { useIndexTexts } from './texts.ts';
import type { Score } from './use-index.ts';

type Props = {
  index: MeasuredIndex;
  scores: readonly Score[];
  without: readonly WithoutIndex[];
  busy: boolean;
  look: 'intervals' | 'map';
  isExample: boolean;
  map: MapFile | undefined;
  onLook: (look: 'intervals' | 'map') => void;
  onMap: (map: MapFile | undefined) => void;
  onOpen: (unit: string) => void;
};

/** The same groups twice: as intervals, which come first, and on a map. */
export function Results(props: Props) {
  const { index, scores, without, busy, look, isExample, map, onLook, onMap, onOpen } = props;
  const t = useIndexTexts();
  const looks = useMapTexts();
  const format = useFormat();
  const groups = groupsOf(scores).length;
  return (
    <Card
      title={t(groups < scores.length ? 'groups' : 'groups_all', { groups: format.count(groups) })}
      note={
        look === 'intervals' &&
        t('groups_note', { level: format.decimal(String(index.uncertainty.level * 100)) })
      }
      action={
        <Choice
          label={looks('look')}
          value={look}
          onChange={onLook}
          options={[
            { value: 'intervals', label: looks('intervals') },
            { value: 'map', label: looks('map') },
          ]}
        />
      }
    >
      {look === 'intervals' ? (
        <Standings scores={scores} busy={busy} onOpen={onOpen} />
      ) : (
        <IndexMap
          scores={scores}
          without={without}
          busy={busy}
          isExample={isExample}
          file={map}
          onFile={onMap}
          onOpen={onOpen}
        />
      )}
    </Card>
  );
}
