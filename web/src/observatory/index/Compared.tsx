import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Progress, Skeleton } from '../../controls/Progress.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { IndexComparison, MeasuredIndex } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useFormat } from '../../kernel/format/format.ts';
import type { Search } from '../../kernel/search.ts';
import { TextFile } from '../TextFile.tsx';
import { ComparedUnits } from './ComparedUnits.tsx';
import { NotMeasured } from './NotMeasured.tsx';
import { type RecipeGiven, readWeights, VARIANTS, variantOf, withWeights } from './recipe.ts';
import { readRecipeFile } from './recipe-file.ts';
import { useIndexTexts } from './texts.ts';
import { type Loaded, usePeriods } from './use-index.ts';

type Props = {
  index: MeasuredIndex;
  loaded: Loaded;
  search: Search;
  onChange: (more: Search) => void;
};

const OTHERS = [...VARIANTS, 'weights', 'file'] as const;
type Other = (typeof OTHERS)[number];

/** The same data under two recipes: whose rank moves beyond doubt, and whose nobody can say. */
export function Compared({ index, loaded, search, onChange }: Props) {
  const t = useIndexTexts();
  const [file, setFile] = useState<{ recipe: RecipeGiven | null | undefined }>();
  const hasWeights = Object.keys(readWeights(search.weights)).length > 0;
  const offered = OTHERS.filter((one) => one !== 'weights' || hasWeights);
  const other = offered.find((one) => one === search.with) ?? 'equal';
  const recipe = otherRecipe(loaded, other, search, file?.recipe);
  const compared = useCompared(loaded, recipe);
  return (
    <>
      <Card title={t('compare_title')}>
        <div className="stack">
          <SelectField
            label={t('with')}
            value={other}
            options={offered.map((one) => ({ value: one, label: t(`with_${one}`) }))}
            onChange={(value) => onChange({ with: value })}
          />
          {other === 'file' && (
            <TextFile
              label={t('choose_file')}
              accept=".json,application/json"
              fault={file?.recipe === null ? t('wrong_json') : undefined}
              onText={(text) => setFile({ recipe: readRecipeFile(text) })}
            />
          )}
          {compared.isFetching && <Progress label={t('computing')} done={0} />}
          {compared.isError && <ProblemNotice error={compared.error} />}
        </div>
      </Card>
      {recipe && compared.isPending && <Skeleton rows={8} />}
      {compared.data && <Found index={index} compared={compared.data} search={search} />}
    </>
  );
}

/** The other recipe; undefined as long as a file has to be chosen. */
function otherRecipe(
  { files }: Loaded,
  other: Other,
  search: Search,
  file: RecipeGiven | null | undefined,
): RecipeGiven | undefined {
  if (other === 'file') return file ?? undefined;
  if (other === 'weights') return withWeights(files.recipe, readWeights(search.weights));
  return variantOf(files.recipe, other);
}

function useCompared({ number, files }: Loaded, other: RecipeGiven | undefined) {
  return useQuery({
    queryKey: ['index.compare', number, JSON.stringify(other)],
    queryFn: ({ signal }) =>
      ask('index.compare', { body: { ...files, other: other ?? {} }, signal }),
    enabled: other !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type FoundProps = { index: MeasuredIndex; compared: IndexComparison; search: Search };

function Found({ index, compared, search }: FoundProps) {
  const t = useIndexTexts();
  const format = useFormat();
  const periods = usePeriods(index);
  const period = periods.find((one) => one === search.period) ?? periods[0] ?? null;
  const units = compared.units.filter((one) => one.period === period);
  const moved = units.filter(({ is_apart }) => is_apart).length;
  const correlation = compared.periods.find((one) => one.period === period)?.rank_correlation;
  const counts = { units: format.count(units.length), moved: format.count(moved) };
  return (
    <div className="halves">
      <Card title={t(moved > 0 ? 'compare_says' : 'compare_none', counts)}>
        {correlation != null && (
          <p className="muted">
            {t('correlation', { value: format.decimal(correlation.toFixed(2)) })}
          </p>
        )}
        <ComparedUnits
          units={units}
          names={new Map(index.scores.map(({ unit, name }) => [unit, name]))}
        />
      </Card>
      <NotMeasured list={compared.not_measured.other} />
    </div>
  );
}
