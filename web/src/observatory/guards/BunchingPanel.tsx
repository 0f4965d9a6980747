import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { TextField } from '../../controls/Field.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { SelectField } from '../../controls/SelectField.tsx';
import type { GuardBunching } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { About, Findings, useChance } from './Findings.tsx';
import type { PanelProps } from './GuardsPage.tsx';
import { useGuardTexts } from './texts.ts';

const SIDES = ['at_least', 'at_most'] as const;
type Side = (typeof SIDES)[number];
const isFigure = (text: string) => /^-?\d{1,15}(\.\d{1,10})?$/.test(text) && Number(text) !== 0;

/** Whether firms report so as to pass a threshold, which the reader names. */
export function BunchingPanel({ collection: { id }, items, asked, ask }: PanelProps) {
  const t = useGuardTexts();
  const read = useBilingual();
  const [entry, setEntry] = useState({
    item: asked.item ?? '',
    at: asked.at ?? '',
    wanted: SIDES.find((one) => one === asked.wanted) ?? ('at_least' as Side),
  });
  const change = (part: Partial<typeof entry>) => setEntry({ ...entry, ...part });
  const isAsked = Boolean(asked.item && asked.at && isFigure(asked.at));
  return (
    <Card title={t('bunching')}>
      <div className="stack">
        <form
          className="guard-asking"
          onSubmit={(event) => {
            event.preventDefault();
            ask(entry);
          }}
        >
          <SelectField
            label={t('item')}
            placeholder={t('choose')}
            value={entry.item}
            options={items.map(({ code, name }) => ({ value: code, label: read(name) }))}
            onChange={(item) => change({ item })}
          />
          <TextField
            label={t('threshold')}
            hint={t('threshold_hint')}
            inputMode="decimal"
            value={entry.at}
            onChange={(at) => change({ at: at.trim() })}
          />
          <SelectField
            label={t('wanted')}
            value={entry.wanted}
            options={SIDES.map((value) => ({ value, label: t(`wanted_${value}`) }))}
            onChange={(value) => change({ wanted: value === 'at_most' ? value : 'at_least' })}
          />
          <Button type="submit" disabled={!entry.item || !isFigure(entry.at)}>
            {t('look')}
          </Button>
        </form>
        {isAsked && (
          <Found
            {...{ collection_id: id, item: asked.item ?? '', at: asked.at ?? '' }}
            wanted={SIDES.find((one) => one === asked.wanted) ?? 'at_least'}
          />
        )}
      </div>
    </Card>
  );
}

type FoundProps = { collection_id: string; item: string; at: string; wanted: Side };

function Found(query: FoundProps) {
  const t = useGuardTexts();
  const chance = useChance();
  const found = useApi('guard.bunching', { query });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (!found.data) return <Skeleton rows={3} />;
  return (
    <>
      <Findings
        findings={found.data.findings}
        least={found.data.least}
        keyOf={({ group }) => `${group.by} ${group.code}`}
        under={(one) => (
          <>
            <p>
              {one.windows
                .map(({ width, reached, missed }) =>
                  t('figures_bunching', { width: `${width * 100}%`, reached, missed }),
                )
                .join(' · ')}
              {' · '}
              {t('figures_chance', { chance: chance(one.chance) })}
            </p>
            <Bars bins={one.bins} at={found.data.at} label={t('bars')} />
          </>
        )}
      />
      <About about={found.data} />
    </>
  );
}

const WIDTH = 200;
const HEIGHT = 44;

type BarsProps = { bins: GuardBunching['findings'][number]['bins']; at: string; label: string };

/** Firms around the threshold, which stands in the middle. */
function Bars({ bins, at, label }: BarsProps) {
  const most = Math.max(1, ...bins);
  const step = WIDTH / bins.length;
  return (
    <figure className="guard-bars">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${label}：${bins.join(' ')}`}>
        {bins.map((count, place) => {
          const height = (count / most) * (HEIGHT - 4);
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={place}
              x={place * step + 1}
              y={HEIGHT - height}
              width={step - 2}
              height={height}
            />
          );
        })}
        <line x1={WIDTH / 2} x2={WIDTH / 2} y1="0" y2={HEIGHT} />
      </svg>
      <figcaption>
        {label} · {at}
      </figcaption>
    </figure>
  );
}
