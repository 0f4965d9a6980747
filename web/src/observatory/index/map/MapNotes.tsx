import { SelectField } from '../../../controls/SelectField.tsx';
import type { Area } from './areas.ts';
import type { Matching } from './matching.ts';
import { useNameList } from './name-list.ts';
import type { Source } from './source.ts';
import { useMapTexts } from './texts.ts';

type Props = {
  source: Source;
  matching: Matching | undefined;
  units: number;
  onProperty: (property: string) => void;
};

/** Under a map: what it is, who reviewed it, and which units and areas are left over. */
export function MapNotes({ source, matching, units, onProperty }: Props) {
  const t = useMapTexts();
  const { kind, credit, matchings } = source;
  return (
    <div className="stack-tight small">
      {kind === 'file' ? (
        <p className={credit ? '' : 'map-caution'}>
          {credit ? t('credit', { credit }) : t('no_credit')}
        </p>
      ) : (
        <p className="strong">{t(kind)}</p>
      )}
      {kind === 'file' && !matching && <p className="map-caution">{t('matched_none')}</p>}
      {kind === 'file' && matching && (
        <p className="muted">
          {t('matched', { property: matching.property, units, count: matching.areas.size })}
        </p>
      )}
      {matching && <LeftOver matching={matching} hasBare={kind === 'file'} />}
      {kind === 'file' && matching && matchings.length > 1 && (
        <SelectField
          label={t('property')}
          value={matching.property}
          options={matchings.map(({ property, areas }) => ({
            value: property,
            label: t('property_option', { property, count: areas.size }),
          }))}
          onChange={onProperty}
        />
      )}
    </div>
  );
}

/** Squares of provinces that are not asked about are no news; areas of a file may be a mistake. */
function LeftOver({ matching, hasBare }: { matching: Matching; hasBare: boolean }) {
  const t = useMapTexts();
  const inWords = useNameList();
  const { doubtful, units_without, areas_without, property } = matching;
  const titleOf = ({ properties, number }: Area) =>
    properties.name || properties[property] || t('feature', { number });
  return (
    <>
      {doubtful.length > 0 && (
        <p className="map-caution">
          {t('doubtful', {
            count: doubtful.length,
            names: inWords(
              doubtful.map(({ unit, areas }) =>
                t('doubtful_unit', {
                  name: unit.name,
                  features: areas.map(({ number }) => number).join(t('comma')),
                }),
              ),
            ),
          })}
        </p>
      )}
      {units_without.length > 0 && (
        <p className="map-caution">
          {t('units_without', {
            count: units_without.length,
            names: inWords(units_without.map(({ name }) => name)),
          })}
        </p>
      )}
      {hasBare && areas_without.length > 0 && (
        <p className="muted">
          {t('areas_without', {
            count: areas_without.length,
            names: inWords(areas_without.map(titleOf)),
          })}
        </p>
      )}
    </>
  );
}
