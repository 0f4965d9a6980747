import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Card } from '../../controls/Card.tsx';
import { DateInput } from '../../controls/DateInput.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { Thing } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { writeSearch } from '../../kernel/search.ts';
import { Page } from '../../shell/Page.tsx';
import { EventLine } from './EventLine.tsx';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import { useWords } from './words.ts';
import './trace.css';

type Asked = { item?: string; on?: string };

/** Where one thing or lot is: the answer first, then what it is in and holds, then its life. */
export function ThingPage() {
  const t = useTraceTexts();
  const { item = '', on } = useSearch({ strict: false }) as Asked;
  const { offset } = useEndOfDay();
  const at = on ? `${on}T23:59:59${offset}` : undefined;
  const found = useApi('thing.get', { query: { item, ...(at ? { at } : {}) } }, item !== '');
  if (found.data && !found.isPlaceholderData) return <OneThing thing={found.data} on={on} />;
  return (
    <Page title={t('find')} back="/events">
      {found.isError ? <ProblemNotice error={found.error} /> : <Skeleton rows={6} />}
    </Page>
  );
}

/** The end of a day is meant in the chain's zone, as every day on a screen is. */
function useEndOfDay() {
  const { zone } = useFormat();
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return { offset: name === undefined || name === 'GMT' ? 'Z' : name.slice(3) };
}

function OneThing({ thing, on }: { thing: Thing; on: string | undefined }) {
  const t = useTraceTexts();
  const names = useNames();
  const navigate = useNavigate();
  const { item } = thing;
  const to = (path: string, search = {}) => `${path}${writeSearch({ item, ...search })}`;
  const more = (
    <span className="row">
      <Link to={to('/trace', { direction: 'backward' })} className="button is-plain is-medium">
        {t('backward')}
      </Link>
      <Link to={to('/recall')} className="button is-plain is-medium">
        {t('recall')}
      </Link>
    </span>
  );
  return (
    <Page
      title={names.thing(item)}
      back="/events"
      subtitle={<span className="thing-uri">{item}</span>}
      notice={thing.is_cut && <Notice tone="caution">{t('cut')}</Notice>}
      tools={more}
      action={
        <Link to={to('/trace', { direction: 'forward' })} className="button is-primary is-medium">
          {t('forward')}
        </Link>
      }
    >
      <div className="halves">
        <Card>
          <Whereabouts thing={thing} />
          <div className="row card-foot as-of">
            <span>{t('as_of')}</span>
            <DateInput
              label={t('as_of')}
              value={on ?? ''}
              onChange={(date) =>
                void navigate({ to: to('/things', date ? { on: date } : {}), replace: true })
              }
            />
          </div>
        </Card>
        <Card title={thing.is_class ? t('parts') : t('contents', { count: thing.content_count })}>
          {thing.is_class ? <Parts thing={thing} /> : <Contents thing={thing} />}
        </Card>
      </div>
      <Card
        title={t('history')}
        {...(thing.event_count > thing.events.length
          ? { note: t('events_more', { count: thing.events.length, all: thing.event_count }) }
          : {})}
      >
        <ol className="event-lines">
          {thing.events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      </Card>
    </Page>
  );
}

function Whereabouts({ thing }: { thing: Thing }) {
  const t = useTraceTexts();
  const word = useWords();
  const format = useFormat();
  const names = useNames();
  const { state, place, ended, towards, last_place, possessor, owner, disposition } = thing;
  const since = (said: { since: string } | null) =>
    said && <span className="muted"> {t('since', { time: format.instant(said.since) })}</span>;
  const headline =
    state === 'at' && place
      ? t('state_at', { place: names.place(place.value) })
      : state === 'ended' && ended
        ? t(`ended_${ended.value}` as 'ended_sold')
        : t(`state_${state}` as 'state_in_transit');
  return (
    <>
      <p className="where">
        {headline}
        {since(place ?? ended ?? towards)}
      </p>
      <dl className="facts">
        {towards && (
          <>
            <dt>{t('towards')}</dt>
            <dd>{towards.value.map(({ id }) => names.party(id)).join('；')}</dd>
          </>
        )}
        {state !== 'at' && last_place && (
          <>
            <dt>{t('last_place')}</dt>
            <dd>
              {names.place(last_place.value)}
              {since(last_place)}
            </dd>
          </>
        )}
        {possessor && (
          <>
            <dt>{t('possessor')}</dt>
            <dd>{names.party(possessor.value)}</dd>
          </>
        )}
        {owner && (
          <>
            <dt>{t('owner')}</dt>
            <dd>{names.party(owner.value)}</dd>
          </>
        )}
        {disposition && (
          <>
            <dt>{t('disposition')}</dt>
            <dd>{word('disposition', disposition.value)}</dd>
          </>
        )}
        {thing.inside.length > 0 && (
          <>
            <dt>{t('inside')}</dt>
            <dd>
              {thing.inside.map(({ item }) => (
                <div key={item}>
                  <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
                </div>
              ))}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

function Contents({ thing }: { thing: Thing }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const { contents, content_count } = thing;
  if (contents.length === 0) return <p className="muted">–</p>;
  return (
    <ul className="thing-list">
      {contents.map(({ item, since }) => (
        <li key={item}>
          <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
          {since && <span className="muted">{t('since', { time: format.instant(since) })}</span>}
        </li>
      ))}
      {content_count > contents.length && (
        <li className="muted">{t('more_things', { count: content_count - contents.length })}</li>
      )}
    </ul>
  );
}

function Parts({ thing }: { thing: Thing }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  return (
    <ul className="thing-list">
      {thing.parts.map((part) => {
        const { state, place, inside, towards, ended, quantity, unit } = part;
        const where =
          state === 'in_transit'
            ? towards.map(({ id }) => names.party(id)).join('；')
            : inside !== null
              ? names.thing(inside)
              : [ended && t(`ended_${ended}` as 'ended_sold'), place && names.place(place)]
                  .filter(Boolean)
                  .join(' · ');
        // Taken from where no event had brought it: not a place, but where it came from.
        const isSource = state === 'unknown' && quantity.startsWith('-');
        return (
          <li key={[state, place, inside, ended, unit].join()}>
            <span>{where || names.place(place)}</span>
            <span className="muted">{t(isSource ? 'part_source' : `part_${state}`)}</span>
            <span className="figure">{format.quantity(quantity, unit)}</span>
          </li>
        );
      })}
    </ul>
  );
}
