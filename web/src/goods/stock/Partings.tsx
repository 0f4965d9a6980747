import { Link } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { Notice } from '../../controls/Notice.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { StockPartings } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useWords } from '../trace/words.ts';
import { useStockTexts } from './texts.ts';

type Parting = StockPartings['partings'][number];
const LOOKED_THROUGH = 2_000;

/** Where counts and events part, the newest first; or that they do not. */
export function Partings({ found, unit }: { found: StockPartings; unit: string }) {
  const t = useStockTexts();
  if (found.partings.length === 0) {
    return (
      <p className="muted">
        {found.counts === 0 ? t('no_count') : t('all_agree', { count: found.counts })}
      </p>
    );
  }
  return (
    <>
      {found.partings.map((one) => (
        <OneParting key={one.to?.event_id ?? 'now'} parting={one} unit={unit} />
      ))}
      {found.is_cut && <Notice tone="plain">{t('cut', { count: LOOKED_THROUGH })}</Notice>}
    </>
  );
}

function OneParting({ parting, unit }: { parting: Parting; unit: string }) {
  const t = useStockTexts();
  const read = useBilingual();
  const word = useWords();
  const format = useFormat();
  const quantity = (text: string) => format.quantity(text, unit);
  const { from, to, expected, difference, events, suspects } = parting;
  const start = from.at === null ? t('beginning') : format.instant(from.at);
  const apart = (text: string) =>
    t(text.startsWith('-') ? 'less_found' : 'more_found', {
      quantity: quantity(text.replace('-', '')),
    });
  const span = { from: start, balance: quantity(from.balance), count: events };
  return (
    <Card>
      <div className="stack-tight">
        <p className="strong late">
          {to && difference
            ? t('parted', {
                ...{ at: format.instant(to.at), counted: quantity(to.counted) },
                ...{ expected: quantity(expected), difference: apart(difference) },
              })
            : t('below', { expected: quantity(expected) })}
        </p>
        <p className="muted">{t(to ? 'span' : 'span_open', span)}</p>
        {suspects.length === 0 ? (
          <p>{t('no_suspect')}</p>
        ) : (
          <>
            <h3>{t('suspects')}</h3>
            <ol className="stock-suspects">
              {suspects.map((one) => (
                <li key={one.event_id}>
                  <Link to={`/events/${one.event_id}`}>
                    {format.instant(one.at)} · {word('step', one.step)} · {quantity(one.quantity)}
                  </Link>
                  {one.explains && <Tag tone="waiting">{t('explains')}</Tag>}
                  <p>{read(one)}</p>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </Card>
  );
}
