import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { IndustryMatrix } from '../../generated/api.ts';
import { ask, type InputOf } from '../../kernel/api/ask.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { ObservatoryPage } from '../ObservatoryPage.tsx';
import { EXAMPLE } from './example.ts';
import { HeatTable } from './HeatTable.tsx';
import { Readings } from './Readings.tsx';
import { ServiceFlows } from './ServiceFlows.tsx';
import { TableForm } from './TableForm.tsx';
import { useMatrixTexts } from './texts.ts';
import './matrix.css';

export type MatrixAsked = InputOf<'industry_matrix.measure'>['body'];
type Own = { number: number; asked: MatrixAsked };

/** Who takes what of whom, and what a table says of services in making and farming. */
export function MatrixPage() {
  const t = useMatrixTexts();
  const format = useFormat();
  const [own, setOwn] = useState<Own>();
  const [choosing, setChoosing] = useState(false);
  const found = useQuery({
    queryKey: ['industry_matrix.measure', own?.number ?? 0],
    queryFn: ({ signal }) =>
      ask('industry_matrix.measure', { body: own?.asked ?? EXAMPLE, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const take = (asked: MatrixAsked) => {
    setOwn({ number: (own?.number ?? 0) + 1, asked });
    setChoosing(false);
  };
  const { data } = found;
  return (
    <ObservatoryPage
      title={t('title')}
      subtitle={
        data && t('subtitle', { source: data.source, sectors: format.count(data.sectors.length) })
      }
    >
      <Notice
        tone="plain"
        action={
          <span className="row">
            {own && (
              <Button size="small" kind="quiet" onClick={() => setOwn(undefined)}>
                {t('to_example')}
              </Button>
            )}
            <Button size="small" onClick={() => setChoosing(true)}>
              {t('own_table')}
            </Button>
          </span>
        }
      >
        {t(own ? 'own_note' : 'example')}
      </Notice>
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={10} />}
      {data && <Found matrix={data} />}
      <Drawer open={choosing} title={t('table_title')} onClose={() => setChoosing(false)}>
        <TableForm onTable={take} />
      </Drawer>
    </ObservatoryPage>
  );
}

function Found({ matrix }: { matrix: IndustryMatrix }) {
  const t = useMatrixTexts();
  const read = useBilingual();
  const unsaid = new Map(
    matrix.measures.flatMap(({ does_not_say }) => does_not_say.map((one) => [one.en, one])),
  );
  return (
    <>
      {matrix.break && <Notice tone="caution">{read(matrix.break)}</Notice>}
      <Headline matrix={matrix} />
      <div className="halves">
        <HeatTable matrix={matrix} />
        <Card title={t('does_not_say')} className="is-caution">
          <ul className="bullets">
            {[...unsaid.values()].map((one) => (
              <li key={one.en}>{read(one)}</li>
            ))}
          </ul>
        </Card>
      </div>
      <ServiceFlows matrix={matrix} />
      <Readings matrix={matrix} />
    </>
  );
}

const HEADED = ['manufacturing', 'agriculture'] as const;

/** The two readings that most people mean, for making and for farming, in one sentence each. */
function Headline({ matrix }: { matrix: IndustryMatrix }) {
  const t = useMatrixTexts();
  const format = useFormat();
  const readingOf = (link: string, way: string) =>
    matrix.measures.find(
      ({ reading }) =>
        reading.link === link &&
        reading.way === way &&
        reading.per === 'output' &&
        reading.origin === matrix.origin,
    )?.value;
  return (
    <Card>
      <div className="stack-tight">
        {HEADED.map((group) => {
          const direct = readingOf(`services_to_${group}`, 'direct');
          const full = readingOf(`services_to_${group}`, 'requirement');
          if (direct === undefined || full === undefined) return null;
          const of = (value: number) => format.decimal((value * 100).toFixed(1));
          return (
            <p key={group} className="matrix-headline">
              {t('headline', {
                to: t(`group_${group}`),
                direct: of(direct),
                full: of(full),
              })}
            </p>
          );
        })}
        <p className="muted small">{t(`headline_${matrix.origin}`)}</p>
      </div>
    </Card>
  );
}
