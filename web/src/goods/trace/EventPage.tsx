import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Card } from '../../controls/Card.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { GoodsEventDetail } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useMay, useSession } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import { useWords } from './words.ts';
import './trace.css';

/** One event: what it says in words, and as it is written in both bindings. */
export function EventPage() {
  const t = useTraceTexts();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useApi('event.get', { params: { id } });
  if (found.data?.id === id) return <Event event={found.data} />;
  return (
    <Page title={t('event')} back="/events">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

function Event({ event }: { event: GoodsEventDetail }) {
  const t = useTraceTexts();
  const word = useWords();
  const format = useFormat();
  const title = event.biz_step ? word('step', event.biz_step) : word('type', event.type);
  const isVoid = event.story.some(({ id, voided }) => id === event.id && voided);
  return (
    <Page
      title={title}
      back="/events"
      subtitle={
        <span className="row">
          {format.instant(event.event_time)}
          {event.declares_error && <Tag tone="late">{t('declares')}</Tag>}
        </span>
      }
      notice={isVoid && <Notice tone="late">{t('voided_says')}</Notice>}
      tools={!isVoid && <Correct event={event} />}
    >
      <div className="halves">
        <Card title={t('things')}>
          <Things event={event} />
        </Card>
        <Card>
          <Facts event={event} />
        </Card>
      </div>
      <Written event={event} />
    </Page>
  );
}

/** A production that the reader's own firm has recorded here can be taken back. */
function Correct({ event }: { event: GoodsEventDetail }) {
  const t = useTraceTexts();
  const may = useMay();
  const { party } = useSession();
  const { source, biz_step, capturer_id, declares_error } = event;
  const isProduction = source === 'trade' && biz_step === 'creating_class_instance';
  if (!isProduction || declares_error || capturer_id !== party.id) return null;
  if (!may('goods.production.withdraw')) return null;
  return (
    <Link className="button is-plain is-medium" to={`/stock/productions/${event.id}`}>
      {t('correct')}
    </Link>
  );
}

function Things({ event }: { event: GoodsEventDetail }) {
  const t = useTraceTexts();
  const word = useWords();
  const format = useFormat();
  const names = useNames();
  return (
    <ul className="thing-list">
      {event.things.map(({ item, role, quantity, uom }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event may name a thing twice, in order.
        <li key={`${at} ${item}`}>
          {role === 'transaction' || role === 'transformation' ? (
            <span className="thing-uri">{item}</span>
          ) : (
            <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
          )}
          <span className="muted">{word('role', role)}</span>
          {quantity !== null && (
            <span className="figure">{uom ? format.quantity(quantity, uom) : quantity}</span>
          )}
        </li>
      ))}
      {event.thing_count > event.things.length && (
        <li className="muted">
          {t('more_things', { count: event.thing_count - event.things.length })}
        </li>
      )}
    </ul>
  );
}

function Facts({ event }: { event: GoodsEventDetail }) {
  const t = useTraceTexts();
  const word = useWords();
  const format = useFormat();
  const names = useNames();
  const partyName = usePartyName();
  return (
    <dl className="facts">
      <dt>{t('type')}</dt>
      <dd>
        {word('type', event.type)} {event.action}
      </dd>
      <dt>{t('disposition')}</dt>
      <dd>{word('disposition', event.disposition)}</dd>
      <dt>{t('read_point')}</dt>
      <dd>{names.place(event.read_point)}</dd>
      <dt>{t('biz_location')}</dt>
      <dd>{names.place(event.biz_location)}</dd>
      <dt>{t('capturer')}</dt>
      <dd>{partyName(event.capturer_id)}</dd>
      <dt>{t('recorded')}</dt>
      <dd>{format.instant(event.recorded_at)}</dd>
      <dt>{t('event_id')}</dt>
      <dd className="facts-wide thing-uri">{event.event_id}</dd>
      {event.story.length > 1 && (
        <>
          <dt>{t('story')}</dt>
          <dd className="facts-wide">
            {event.story.map(({ id, recorded_at, declares_error }) => (
              <div key={id}>
                <Link to={`/events/${id}`}>{format.instant(recorded_at)}</Link>{' '}
                {declares_error ? t('declares') : t('voided')}
              </div>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function Written({ event }: { event: GoodsEventDetail }) {
  const t = useTraceTexts();
  const [binding, setBinding] = useState<'json' | 'xml'>('json');
  const text = binding === 'json' ? JSON.stringify(JSON.parse(event.json), null, 2) : event.xml;
  return (
    <Card
      title={t('raw')}
      action={
        <Choice
          label={t('raw')}
          value={binding}
          onChange={setBinding}
          options={[
            { value: 'json', label: 'JSON-LD' },
            { value: 'xml', label: 'XML' },
          ]}
        />
      }
    >
      <pre className="written">{text}</pre>
    </Card>
  );
}
