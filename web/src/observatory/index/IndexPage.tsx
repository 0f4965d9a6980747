import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { MeasuredIndex } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useLanguage } from '../../kernel/i18n/texts.ts';
import type { Search } from '../../kernel/search.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { Compared } from './Compared.tsx';
import { EXAMPLES } from './example.ts';
import { FilesForm } from './FilesForm.tsx';
import { Measured } from './Measured.tsx';
import type { MapFile } from './map/source.ts';
import { readWeights } from './recipe.ts';
import { useIndexTexts } from './texts.ts';
import { type Loaded, useMeasured } from './use-index.ts';
import './index.css';

const EXAMPLE_NUMBERS = { zh: 1, en: 2 } as const;

/** An index as intervals, what its ranks hang on, what it does not measure, and other recipes. */
export function IndexPage() {
  const t = useIndexTexts();
  const language = useLanguage();
  const [own, setOwn] = useState<Loaded>();
  const [map, setMap] = useState<MapFile>();
  const [choosing, setChoosing] = useState(false);
  const { search, change } = useAddress();
  const example: Loaded = {
    number: EXAMPLE_NUMBERS[language],
    files: EXAMPLES[language],
    origin: 'example',
  };
  const loaded = own ?? example;
  const weights = readWeights(search.weights);
  const measured = useMeasured(loaded, weights);
  const take = (next: Loaded | undefined) => {
    setOwn(next);
    // Another version of the data has the same units; the example has none of them.
    if (!next) setMap(undefined);
    setChoosing(false);
    change({ weights: '', unit: '', period: '' });
  };
  const tab = search.tab === 'compare' ? 'compare' : 'one';
  return (
    <ObservatoryPage
      title={t('title')}
      subtitle={measured.data && <Subject index={measured.data} />}
      menu={
        <Choice
          label={t('view')}
          value={tab}
          onChange={(value) => change({ tab: value === 'one' ? '' : value })}
          options={[
            { value: 'one', label: t('one') },
            { value: 'compare', label: t('compare') },
          ]}
        />
      }
    >
      <Origin loaded={loaded} onChoose={() => setChoosing(true)} onBack={() => take(undefined)} />
      {measured.isError && (
        <ProblemNotice error={measured.error} onRetry={() => void measured.refetch()} />
      )}
      {measured.isPending && <Skeleton rows={10} />}
      {measured.data && tab === 'one' && (
        <Measured
          index={measured.data}
          loaded={loaded}
          busy={measured.isFetching}
          search={search}
          onChange={change}
          map={map}
          onMap={setMap}
        />
      )}
      {measured.data && tab === 'compare' && (
        <Compared index={measured.data} loaded={loaded} search={search} onChange={change} />
      )}
      <Drawer open={choosing} title={t('files_title')} onClose={() => setChoosing(false)}>
        <FilesForm onFiles={(files) => take({ number: numberAfter(own), files, origin: 'own' })} />
      </Drawer>
    </ObservatoryPage>
  );
}

/** Every set of files has a number of its own, so that no answer is taken for another's. */
const numberAfter = (own: Loaded | undefined) => Math.max(own?.number ?? 0, 2) + 1;

function useAddress() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = (more: Search) =>
    void navigate({
      to: '.',
      search: { ...search, ...more } as never,
      replace: true,
      resetScroll: false,
    });
  return { search, change };
}

function Subject({ index }: { index: MeasuredIndex }) {
  const t = useIndexTexts();
  const format = useFormat();
  const read = useBilingual();
  return t('subtitle', {
    name: read(index.name),
    units: format.count(new Set(index.scores.map(({ unit }) => unit)).size),
    indicators: format.count(index.elements.filter(({ unit }) => unit !== null).length),
    runs: format.count(index.uncertainty.runs),
  });
}

type OriginProps = { loaded: Loaded; onChoose: () => void; onBack: () => void };

/** Where the numbers come from stands above them. */
function Origin({ loaded, onChoose, onBack }: OriginProps) {
  const t = useIndexTexts();
  const isExample = loaded.origin === 'example';
  return (
    <Notice
      tone={isExample ? 'caution' : 'plain'}
      action={
        <span className="row">
          {!isExample && (
            <Button size="small" kind="quiet" onClick={onBack}>
              {t('to_example')}
            </Button>
          )}
          <Button size="small" onClick={onChoose}>
            {t('own_files')}
          </Button>
        </span>
      }
    >
      {t(isExample ? 'example' : 'own_note')}
    </Notice>
  );
}
