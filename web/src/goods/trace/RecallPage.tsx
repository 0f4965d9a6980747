import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Notice, ProblemNotice } from '../../controls/Notice.tsx';
import { Skeleton } from '../../controls/Progress.tsx';
import type { RecallList } from '../../generated/api.ts';
import { addressOf, ask } from '../../kernel/api/ask.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { useLanguage } from '../../kernel/i18n/texts.ts';
import { writeSearch } from '../../kernel/search.ts';
import { useMay } from '../../kernel/session.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column } from '../../table/columns.ts';
import { Rows } from '../../table/Rows.tsx';
import { OpenForm } from '../recall/OpenForm.tsx';
import { useRecallTexts } from '../recall/texts.ts';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import './trace.css';

type Row = RecallList['on_the_way'][number];

/** From a suspicion to the list of what is where; nothing is left behind. */
export function RecallPage() {
  const t = useTraceTexts();
  const recall = useRecallTexts();
  const may = useMay();
  const names = useNames();
  const format = useFormat();
  const language = useLanguage();
  const [opening, setOpening] = useState(false);
  const { item = '' } = useSearch({ strict: false }) as { item?: string };
  const body = { items: [{ item }] };
  const found = useQuery({
    queryKey: ['recall.try', item],
    queryFn: ({ signal }) => ask('recall.try', { body, signal }),
  });
  const sheet = (rule: 'food_safety' | 'food_traceability') => (
    <a
      className="button is-plain is-medium"
      href={addressOf('recall.sheet', {}, { item, rule, language })}
      download={`${rule}.xlsx`}
    >
      {t(`sheet_${rule}`)}
    </a>
  );
  return (
    <Page
      title={t('recall_title')}
      back={`/things${writeSearch({ item })}`}
      subtitle={
        found.data &&
        t('recall_subtitle', { thing: names.thing(item), time: format.instant(found.data.at) })
      }
      notice={
        found.data?.is_cut && (
          <Notice tone="caution">
            {t('recall_cut')}{' '}
            <Link to={`/extent${writeSearch({ item })}`}>{t('extent_instead')}</Link>
          </Notice>
        )
      }
      action={
        found.data &&
        may('goods.recall.open') && (
          <Button kind="primary" onClick={() => setOpening(true)}>
            {recall('start')}
          </Button>
        )
      }
      tools={
        <span className="row">
          {sheet('food_safety')}
          {sheet('food_traceability')}
        </span>
      }
    >
      {found.isError && <ProblemNotice error={found.error} />}
      {found.isPending && <Skeleton rows={8} />}
      {found.data && <List list={found.data} />}
      <Drawer open={opening} title={recall('start')} onClose={() => setOpening(false)}>
        <OpenForm item={item} />
      </Drawer>
    </Page>
  );
}

function List({ list }: { list: RecallList }) {
  const t = useTraceTexts();
  const names = useNames();
  const there = list.there.flatMap(({ rows }) => rows);
  const parts = [
    ['recall_way', list.on_the_way],
    ['recall_unknown', list.unknown],
    ['recall_ended', list.ended],
  ] as const;
  return (
    <>
      {there.length > 0 && (
        <Card
          title={t('recall_there')}
          note={t('recall_places', { count: new Set(there.map(({ place }) => place)).size })}
        >
          <Goods rows={there} />
        </Card>
      )}
      {parts.map(
        ([name, rows]) =>
          rows.length > 0 && (
            <Card key={name} title={t(name)}>
              <Goods rows={rows} />
            </Card>
          ),
      )}
      {list.ask.length > 0 && (
        <Card title={t('recall_ask')}>
          <ul className="thing-list">
            {list.ask.map(({ item, event, ask: whom }) => (
              <li key={`${item} ${event}`}>
                <Link to={`/events/${event}`}>
                  {t('ask_more', { thing: names.thing(item), party: names.party(whom.id) })}
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

const MOST_ROWS = 200;

const rowKey = ({ item, state, place, possessor, inside, ended, unit }: Row) =>
  [item, state, place, possessor, inside, ended, unit].join();

function Goods({ rows }: { rows: readonly Row[] }) {
  const t = useTraceTexts();
  const format = useFormat();
  const names = useNames();
  const where = (row: Row) => {
    if (row.ended) {
      const by = row.possessor ? names.party(row.possessor) : row.place && names.place(row.place);
      return [t(`ended_${row.ended}` as 'ended_sold'), by].filter(Boolean).join(' · ');
    }
    const towards = row.towards.map(({ id }) => names.party(id)).join('；');
    return row.state === 'in_transit' && towards ? towards : names.place(row.place);
  };
  const columns: Column<Row>[] = [
    {
      ...{ id: 'item', label: t('item'), card: 'title' },
      cell: ({ item, is }) => (
        <>
          <Link to={`/things${writeSearch({ item })}`}>{names.thing(item)}</Link>
          {is === 'holds' && <span className="muted"> {t('holds')}</span>}
        </>
      ),
    },
    { id: 'where', label: t('where'), cell: where },
    {
      ...{ id: 'inside', label: t('inside') },
      cell: ({ inside }) => (inside ? names.thing(inside) : '–'),
    },
    {
      ...{ id: 'quantity', label: t('quantity'), figure: true, card: 'aside' },
      cell: ({ quantity, unit }) => (quantity === null ? '–' : format.quantity(quantity, unit)),
    },
    {
      ...{ id: 'last_seen', label: t('last_seen'), figure: true },
      cell: ({ last_seen }) => (last_seen ? format.instant(last_seen) : '–'),
    },
  ];
  return (
    <>
      <Rows columns={columns} rows={rows.slice(0, MOST_ROWS)} rowKey={rowKey} />
      {rows.length > MOST_ROWS && (
        <p className="muted">{t('more_things', { count: rows.length - MOST_ROWS })}</p>
      )}
    </>
  );
}
