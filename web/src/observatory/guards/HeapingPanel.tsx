import { Card } from '../../controls/Card.tsx';
import { ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { About, Findings, useChance } from './Findings.tsx';
import type { PanelProps } from './GuardsPage.tsx';
import { useGuardTexts } from './texts.ts';

/** Whether figures were rounded, item by item and group by group: nothing has to be chosen. */
export function HeapingPanel({ collection: { id } }: PanelProps) {
  const t = useGuardTexts();
  const read = useBilingual();
  const chance = useChance();
  const found = useApi('guard.heaping', { query: { collection_id: id } });
  if (found.isError) return <ProblemNotice error={found.error} />;
  if (found.data?.collection_id !== id) return <Skeleton rows={4} />;
  const { findings, least, units } = found.data;
  return (
    <Card title={t('heaping')} note={t('looked', { count: units })}>
      <div className="stack">
        <Findings
          findings={findings}
          least={least}
          keyOf={({ item, group }) => `${item.code} ${group.by} ${group.code}`}
          headOf={({ item }) => read(item.name)}
          under={(one) => (
            <>
              {t('figures_heaping', {
                index: one.index === null ? '–' : Math.round(one.index),
                left: one.left_out,
              })}
              {' · '}
              {t('figures_chance', { chance: chance(one.chance) })}
            </>
          )}
        />
        <About about={found.data} />
      </div>
    </Card>
  );
}
