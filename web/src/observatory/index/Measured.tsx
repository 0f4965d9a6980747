import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import type { Search } from '../../kernel/search.ts';
import { Explained } from './Explained.tsx';
import { HowItIsMade } from './HowItIsMade.tsx';
import type { MapFile } from './map/source.ts';
import { NotMeasured } from './NotMeasured.tsx';
import { Results } from './Results.tsx';
import { takesWeights } from './recipe.ts';
import { Sensitivity } from './Sensitivity.tsx';
import { useIndexTexts } from './texts.ts';
import { type Loaded, usePeriods } from './use-index.ts';
import { WeightSliders } from './WeightSliders.tsx';

type Props = {
  index: MeasuredIndex;
  loaded: Loaded;
  busy: boolean;
  search: Search;
  onChange: (more: Search) => void;
  /** The reader's own map; it stays in this page. */
  map: MapFile | undefined;
  onMap: (map: MapFile | undefined) => void;
};

/** The index of one period: who stands where as far as that can be told, and why. */
export function Measured({ index, loaded, busy, search, onChange, map, onMap }: Props) {
  const t = useIndexTexts();
  const read = useBilingual();
  const periods = usePeriods(index);
  const period = periods.find((one) => one === search.period) ?? periods[0] ?? null;
  const scores = index.scores.filter((one) => one.period === period);
  const chosen = scores.find(({ unit }) => unit === search.unit);
  const without = index.without_index.filter((one) => one.period === period);
  return (
    <>
      {periods.length > 1 && (
        <SelectField
          label={t('period')}
          value={period ?? ''}
          options={periods.map((one) => ({ value: one ?? '', label: one ?? '–' }))}
          onChange={(value) => onChange({ period: value })}
        />
      )}
      <div className="halves">
        <div className="stack">
          <Results
            index={index}
            scores={scores}
            without={without}
            busy={busy}
            look={search.look === 'map' ? 'map' : 'intervals'}
            isExample={loaded.origin === 'example'}
            map={map}
            onLook={(look) => onChange({ look: look === 'map' ? look : '' })}
            onMap={onMap}
            onOpen={(unit) => onChange({ unit })}
          />
          {without.length > 0 && (
            <Card title={t('without')}>
              <ul className="bullets">
                {without.map(({ unit, name, reason }) => (
                  <li key={unit}>
                    <span className="strong">{name}</span> {read(reason)}
                  </li>
                ))}
              </ul>
            </Card>
          )}
        </div>
        <div className="stack">
          <NotMeasured list={index.not_measured} />
          <Sensitivity index={index} />
          <WeightSliders
            index={index}
            isGiven={takesWeights(loaded.files.recipe)}
            busy={busy}
            address={search.weights ?? ''}
            onChange={(weights) => onChange({ weights })}
          />
        </div>
      </div>
      <HowItIsMade index={index} />
      <Drawer
        open={chosen !== undefined}
        title={t('explained', { name: chosen?.name ?? '' })}
        onClose={() => onChange({ unit: '' })}
      >
        {chosen && <Explained loaded={loaded} score={chosen} weights={search.weights ?? ''} />}
      </Drawer>
    </>
  );
}
