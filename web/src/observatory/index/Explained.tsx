import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { IndexExplanation } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { NotMeasured } from './NotMeasured.tsx';
import { useRankWords } from './rank-words.ts';
import { readWeights, withWeights } from './recipe.ts';
import { useIndexTexts } from './texts.ts';
import type { Loaded, Score } from './use-index.ts';

type Row = IndexExplanation['rows'][number];
type Props = { loaded: Loaded; score: Score; weights: string };

/** Where a score comes from, level by level, down to the cell of the file. */
export function Explained({ loaded, score, weights }: Props) {
  const t = useIndexTexts();
  const words = useRankWords();
  const { files, number } = loaded;
  const { unit, period } = score;
  const found = useQuery({
    queryKey: ['index.explain', number, weights, unit, period],
    queryFn: ({ signal }) =>
      ask('index.explain', {
        body: {
          ...files,
          recipe: withWeights(files.recipe, readWeights(weights)),
          unit,
          ...(period === null ? {} : { period }),
        },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="stack">
      <p className="explained-rank">
        {words.range(score.rank)} · {t('score', { value: words.value(score.index) })}
      </p>
      <p className="muted">{t('explained_note')}</p>
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={8} />}
      {found.data && (
        <>
          <ul className="explained">
            {found.data.rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a node has nothing but its place.
              <li key={at} style={{ paddingLeft: row.depth * 16 }}>
                <OneRow row={row} />
              </li>
            ))}
          </ul>
          <NotMeasured list={found.data.not_measured} />
        </>
      )}
    </div>
  );
}

function OneRow({ row }: { row: Row }) {
  const t = useIndexTexts();
  const format = useFormat();
  const read = useBilingual();
  const { name, value, share, words, formula, steps, cell } = row;
  return (
    <details className="explained-row">
      <summary>
        <span className={row.depth < 2 ? 'strong' : ''}>{name}</span>
        {share !== null && (
          <span className="muted small">
            {t('weight_of', { percent: format.decimal((share * 100).toFixed(0)) })}
          </span>
        )}
        <span className="number">
          {value === null ? t('no_value') : format.decimal(value.toFixed(1))}
        </span>
      </summary>
      <div className="stack-tight explained-more">
        <p>{read(words)}</p>
        {cell === null && <code className="formula">{formula}</code>}
        {cell && <Cell cell={cell} />}
        {steps.length > 0 && <Steps steps={steps} />}
      </div>
    </details>
  );
}

function Cell({ cell }: { cell: NonNullable<Row['cell']> }) {
  const t = useIndexTexts();
  const format = useFormat();
  const { row, column, value, unit } = cell;
  return (
    <p>
      <span className="muted">{t('cell', { row, column })}</span>{' '}
      <strong>
        {value === null
          ? t('cell_empty')
          : t('cell_value', { value: format.decimal(String(value)), unit })}
      </strong>
    </p>
  );
}

const DIGITS = 6;
const short = (value: number) => String(Number(value.toPrecision(DIGITS)));

function Steps({ steps }: { steps: Row['steps'] }) {
  const t = useIndexTexts();
  const read = useBilingual();
  const shown = (value: number | null) => (value === null ? t('cell_empty') : short(value));
  return (
    <ol className="stack-tight">
      {steps.map(({ step, before, after, words, formula, numbers }) => (
        <li key={step}>
          <p>
            {read(words)}{' '}
            <strong>{t('before_after', { before: shown(before), after: shown(after) })}</strong>
          </p>
          <code className="formula">
            {formula}
            {Object.entries(numbers).map(
              ([name, value]) => ` · ${name} = ${typeof value === 'number' ? short(value) : value}`,
            )}
          </code>
        </li>
      ))}
    </ol>
  );
}
