import { useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import type { IndustryMatrix } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { depthOf } from './shares.ts';
import { useMatrixTexts } from './texts.ts';

const DECIMALS = 3;

/** A heat map that is a table: the numbers stand in its cells, and darkness only helps the eye. */
export function HeatTable({ matrix }: { matrix: IndustryMatrix }) {
  const t = useMatrixTexts();
  const format = useFormat();
  const read = useBilingual();
  const [shown, setShown] = useState<'direct' | 'full'>('direct');
  const { sectors } = matrix;
  const rows = matrix[shown];
  const largest = Math.max(...rows.flat());
  return (
    <Card
      title={t('heat')}
      note={t('heat_note')}
      action={
        <Choice
          label={t('per')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'direct', label: t('direct') },
            { value: 'full', label: t('full') },
          ]}
        />
      }
    >
      <section className="heat-frame" aria-label={t('heat')}>
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">{t('supplier')}</th>
              {sectors.map(({ code, name }) => (
                <th key={code} scope="col">
                  {read(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={sectors[i]?.code}>
                <th scope="row">{sectors[i] && read(sectors[i].name)}</th>
                {row.map((value, j) => (
                  <HeatCell
                    key={sectors[j]?.code}
                    depth={depthOf(value, largest)}
                    text={format.decimal(value.toFixed(DECIMALS), DECIMALS)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

/** In percent; on a darker ground the figures could not be read in either theme. */
const DARKEST = 36;

function HeatCell({ depth, text }: { depth: number; text: string }) {
  const ink = Math.round(depth * DARKEST);
  return (
    <td style={{ background: `color-mix(in srgb, var(--ink) ${ink}%, var(--card))` }}>{text}</td>
  );
}
