import { useState } from 'react';
import { Button } from '../../../controls/Button.tsx';
import { TextField } from '../../../controls/Field.tsx';
import { StepForm } from '../../../controls/StepForm.tsx';
import { useFormat } from '../../../kernel/format/format.ts';
import { saveText } from '../../../table/sheet.ts';
import { TextFile } from '../../TextFile.tsx';
import { EXAMPLE_AREAS } from '../example.ts';
import { type AreaFault, type Areas, MOST_BYTES, MOST_FEATURES, readAreas } from './areas.ts';
import type { MapFile } from './source.ts';
import { useMapTexts } from './texts.ts';

const LIMIT = `${MOST_BYTES / 1e6} MB`;
const MOST_CREDIT = 200;

/** Areas of the reader's own, read in this page, with what is to be printed under them. */
export function MapFileForm({ onFile }: { onFile: (file: MapFile) => void }) {
  const t = useMapTexts();
  const format = useFormat();
  const [read, setRead] = useState<ReturnType<typeof readAreas> | 'too_big'>();
  const [credit, setCredit] = useState('');
  const areas = typeof read === 'object' && 'areas' in read ? read : undefined;
  return (
    <StepForm
      submit={t('send')}
      busy={false}
      error={null}
      disabled={!areas}
      onSubmit={() => areas && onFile({ ...areas, credit: credit.trim() })}
    >
      <p className="muted">{t('form_help')}</p>
      <div>
        <Button
          size="small"
          kind="quiet"
          icon="download"
          onClick={() => saveText('areas.geojson', EXAMPLE_AREAS, 'application/geo+json')}
        >
          {t('save_example')}
        </Button>
      </div>
      <TextFile
        label={t('file')}
        hint={
          areas
            ? t('file_read', { count: format.count(areas.areas.length) })
            : t('file_hint', { limit: LIMIT })
        }
        accept=".geojson,.json,application/geo+json,application/json"
        fault={faultIn(read, t)}
        most={{ bytes: MOST_BYTES, onMore: () => setRead('too_big') }}
        onText={(text) => setRead(text === '' ? undefined : readAreas(text))}
      />
      {Array.isArray(read) && <Faults faults={read} />}
      <TextField
        label={t('credit_field')}
        hint={t('credit_hint')}
        optional
        value={credit}
        maxLength={MOST_CREDIT}
        onChange={setCredit}
      />
    </StepForm>
  );
}

function faultIn(
  read: Areas | readonly AreaFault[] | 'too_big' | undefined,
  t: ReturnType<typeof useMapTexts>,
): string | undefined {
  if (read === 'too_big') return t('too_big', { limit: LIMIT });
  return read && !('areas' in read) ? t('refused') : undefined;
}

function Faults({ faults }: { faults: readonly AreaFault[] }) {
  const t = useMapTexts();
  const format = useFormat();
  return (
    <ul className="bullets small" role="alert">
      {faults.map(({ reason, feature, at, value }) => (
        <li key={`${at} ${reason}`} className="map-fault">
          {feature > 0 && t('at_feature', { feature, at })}
          {feature === 0 && at && t('at_file', { at })}
          {t(reason, { value, limit: format.count(MOST_FEATURES) })}
        </li>
      ))}
    </ul>
  );
}
