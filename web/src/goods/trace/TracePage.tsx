import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { TraceAnswer } from '../../generated/api.ts';
import { ask } from '../../kernel/api/ask.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { writeSearch } from '../../kernel/search.ts';
import { Page } from '../../shell/Page.tsx';
import { useNames } from './names.ts';
import { ShareCard } from './ShareCard.tsx';
import { TraceGraph } from './TraceGraph.tsx';
import { useTraceTexts } from './texts.ts';
import { type Cell, layTrace } from './trace-layout.ts';
import './trace.css';

type Asked = {
  item?: string;
  direction?: 'forward' | 'backward';
  spread?: 'content' | 'contact';
  quantity?: string;
  unit?: string;
};

/** Forward: what it affected. Backward: where it came from. */
export function TracePage() {
  const t = useTraceTexts();
  const names = useNames();
  const navigate = useNavigate();
  const asked = useSearch({ strict: false }) as Asked;
  const { item = '', direction = 'forward', spread = 'content', quantity, unit } = asked;
  const found = useQuery({
    queryKey: ['trace.run', item, direction, spread, quantity, unit],
    queryFn: ({ signal }) =>
      ask('trace.run', {
        body: {
          direction,
          spread,
          items: [{ item }],
          ...(quantity && unit ? { quantity: { value: quantity, unit } } : {}),
        },
        signal,
      }),
  });
  const change = (more: Asked) =>
    void navigate({ to: `/trace${writeSearch({ ...asked, ...more })}`, replace: true });
  const thing = names.thing(item);
  const extent = `/extent${writeSearch({ item, spread })}`;
  const title = direction === 'forward' ? 'trace_forward' : 'trace_backward';
  return (
    <Page
      title={t(title, { thing })}
      back={`/things${writeSearch({ item })}`}
      subtitle={found.data && <Summary answer={found.data} />}
      tools={
        direction === 'forward' && (
          <Choice
            label={t('spread')}
            value={spread}
            onChange={(value) => change({ spread: value })}
            options={[
              { value: 'content', label: t('spread_content') },
              { value: 'contact', label: t('spread_contact') },
            ]}
          />
        )
      }
      action={
        direction === 'forward' && (
          <span className="row">
            <Link to={extent} className="button is-plain is-medium">
              {t('extent')}
            </Link>
            <Link to={`/recall${writeSearch({ item })}`} className="button is-primary is-medium">
              {t('recall')}
            </Link>
          </span>
        )
      }
    >
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={8} />}
      {found.data && (
        <Found
          answer={found.data}
          extent={extent}
          quantity={quantity ?? ''}
          unit={unit ?? ''}
          onAmount={change}
        />
      )}
    </Page>
  );
}

function Summary({ answer }: { answer: TraceAnswer }) {
  const t = useTraceTexts();
  const format = useFormat();
  const places = new Set(answer.events.map((one) => one.biz_location ?? one.read_point));
  places.delete(null);
  const count = (value: number) => format.count(value);
  return t('found', {
    nodes: count(answer.nodes.length),
    events: count(answer.events.length),
    places: count(places.size),
  });
}

type FoundProps = {
  answer: TraceAnswer;
  extent: string;
  quantity: string;
  unit: string;
  onAmount: (amount: { quantity: string; unit: string }) => void;
};

function Found({ answer, extent, quantity, unit, onAmount }: FoundProps) {
  const t = useTraceTexts();
  const { zone } = useFormat();
  const layout = useMemo(() => layTrace(answer, zone), [answer, zone]);
  const [chosen, setChosen] = useState<Cell | null>(null);
  const cell = layout.cells.find(({ key }) => key === chosen?.key) ?? layout.cells.at(-1) ?? null;
  return (
    <>
      {answer.cut && (
        <Notice tone="caution">
          {t('cut')}{' '}
          {answer.direction === 'forward' && <Link to={extent}>{t('extent_instead')}</Link>}
        </Notice>
      )}
      <Card title={t('graph')}>
        <TraceGraph layout={layout} chosen={cell?.key ?? null} onChoose={setChosen} />
      </Card>
      <div className="halves">
        {cell && <Unfolded cell={cell} />}
        {answer.dead_ends.length > 0 && <DeadEnds answer={answer} />}
      </div>
      {answer.direction === 'forward' && (
        <ShareCard answer={answer} quantity={quantity} unit={unit} onAmount={onAmount} />
      )}
    </>
  );
}

const MOST_SHOWN = 200;

function Unfolded({ cell }: { cell: Cell }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const place = cell.place === null ? t('no_place') : names.place(cell.place);
  const day = cell.day === '' ? '–' : format.date(cell.day);
  return (
    <Card title={t('unfolded', { place, day })}>
      <ul className="thing-list">
        {cell.nodes.slice(0, MOST_SHOWN).map(({ item, is, at }) => (
          <li key={item}>
            <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
            <Tag tone={is === 'affected' ? 'late' : 'plain'}>{t(is)}</Tag>
            {at && <span className="muted">{t('since', { time: format.instant(at) })}</span>}
          </li>
        ))}
        {cell.nodes.length > MOST_SHOWN && (
          <li className="muted">{t('more_things', { count: cell.nodes.length - MOST_SHOWN })}</li>
        )}
      </ul>
    </Card>
  );
}

function DeadEnds({ answer }: { answer: TraceAnswer }) {
  const t = useTraceTexts();
  const names = useNames();
  const sentence = answer.direction === 'forward' ? 'ask_more' : 'ask_before';
  return (
    <Card title={t('ask')}>
      <ul className="thing-list">
        {answer.dead_ends.slice(0, MOST_SHOWN).map(({ item, event, ask: whom }) => (
          <li key={`${item} ${event}`}>
            <Link to={`/events/${event}`}>
              {t(sentence, { thing: names.thing(item), party: names.party(whom.id) })}
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
