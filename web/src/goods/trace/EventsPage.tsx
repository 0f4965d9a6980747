import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Empty } from '../../controls/Empty.tsx';
import { TextField } from '../../controls/Field.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { GoodsEvent } from '../../generated/api.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { usePartyName } from '../../kernel/parties.ts';
import { writeSearch } from '../../kernel/search.ts';
import { Page } from '../../shell/Page.tsx';
import type { Column, Filter } from '../../table/columns.ts';
import { DataList } from '../../table/DataList.tsx';
import { useListState } from '../../table/list-state.ts';
import { Camera } from '../Camera.tsx';
import { SaveQuery } from '../standing/SaveQuery.tsx';
import { useNames } from './names.ts';
import { useTraceTexts } from './texts.ts';
import { itemOf } from './thing-codes.ts';
import { useWords } from './words.ts';

const STEPS = [
  'commissioning',
  'creating_class_instance',
  'shipping',
  'receiving',
  'packing',
  'unpacking',
  'loading',
  'storing',
  'inspecting',
  'returning',
  'cycle_counting',
  'stock_taking',
  'retail_selling',
  'destroying',
] as const;
const TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'TransformationEvent',
  'TransactionEvent',
  'AssociationEvent',
] as const;

const NOTHING_FIXED = {};

/** Everything that happened to goods, by the query language of EPCIS; and the way to one thing. */
export function EventsPage() {
  const t = useTraceTexts();
  const [finding, setFinding] = useState(false);
  const filters = useFilters();
  const { conditions } = useListState(filters, NOTHING_FIXED);
  return (
    <Page
      title={t('title')}
      subtitle={t('subtitle')}
      tools={
        <span className="row">
          <SaveQuery conditions={conditions} />
          <Link to="/event-queries" className="button is-plain is-medium">
            {t('standing')}
          </Link>
          <Link to="/recalls" className="button is-plain is-medium">
            {t('recalls')}
          </Link>
        </span>
      }
      action={
        <Button kind="primary" onClick={() => setFinding(true)}>
          {t('find')}
        </Button>
      }
    >
      <DataList<GoodsEvent>
        path="/api/v1/events"
        columns={useColumns()}
        filters={filters}
        rowKey={({ id }) => id}
        rowLink={({ id }) => `/events/${id}`}
        isLate={({ declares_error }) => declares_error}
        name={t('export_events')}
        empty={<Empty title={t('none')}>{t('none_more')}</Empty>}
      />
      <Drawer open={finding} title={t('find')} onClose={() => setFinding(false)}>
        <Finder />
      </Drawer>
    </Page>
  );
}

/** A code, scanned or typed, leads to the thing. */
function Finder() {
  const t = useTraceTexts();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [unread, setUnread] = useState(false);
  function open(text: string) {
    const item = itemOf(text);
    if (item === undefined) return setUnread(true);
    void navigate({ to: `/things${writeSearch({ item })}` });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    open(code);
  }
  return (
    <div className="stack">
      <p className="muted">{t('find_hint')}</p>
      <Camera
        onCode={(text) => {
          setCode(text);
          open(text);
        }}
      />
      <form className="stack" onSubmit={submit}>
        <TextField
          label={t('code')}
          value={code}
          autoComplete="off"
          fault={unread ? t('code_fault') : undefined}
          onChange={(text) => {
            setCode(text);
            setUnread(false);
          }}
        />
        <Button kind="primary" size="large" type="submit" disabled={!code.trim()}>
          {t('find_action')}
        </Button>
      </form>
    </div>
  );
}

function useFilters(): Filter[] {
  const t = useTraceTexts();
  const word = useWords();
  return [
    { kind: 'text', id: 'item', label: t('item') },
    {
      kind: 'choice',
      id: 'biz_step',
      label: t('step'),
      options: STEPS.map((value) => ({ value, label: word('step', value) })),
    },
    {
      kind: 'choice',
      id: 'type',
      label: t('type'),
      options: TYPES.map((value) => ({ value, label: word('type', value) })),
    },
    { kind: 'dates', id: 'at', label: t('days') },
    { kind: 'text', id: 'query', label: t('language') },
  ];
}

function useColumns(): Column<GoodsEvent>[] {
  const t = useTraceTexts();
  const word = useWords();
  const format = useFormat();
  const names = useNames();
  const partyName = usePartyName();
  const things = ({ things: first, thing_count }: GoodsEvent) => {
    const shown = first.filter(({ role }) => role !== 'transaction').slice(0, 2);
    const rest = thing_count - shown.length;
    const texts = shown.map(({ item, quantity, uom }) =>
      quantity === null
        ? names.thing(item)
        : `${names.thing(item)} ${uom ? format.quantity(quantity, uom) : quantity}`,
    );
    return [...texts, ...(rest > 0 ? [t('more_things', { count: rest })] : [])].join('；');
  };
  const place = ({ biz_location, read_point }: GoodsEvent) =>
    names.place(biz_location ?? read_point);
  const step = ({ biz_step, type }: GoodsEvent) =>
    biz_step === null ? word('type', type) : word('step', biz_step);
  return [
    {
      id: 'event_time',
      label: t('time'),
      card: 'aside',
      short: true,
      cell: ({ event_time }) => format.instant(event_time),
      text: ({ event_time }) => event_time,
    },
    {
      id: 'biz_step',
      label: t('step'),
      card: 'title',
      short: true,
      cell: (row) => (
        <span className="row">
          {step(row)}
          {row.declares_error && <Tag tone="late">{t('declares')}</Tag>}
        </span>
      ),
      text: step,
    },
    { id: 'things', label: t('things'), card: 'wide', cell: things, text: things },
    { id: 'place', label: t('place'), cell: place, text: place },
    {
      id: 'capturer_id',
      label: t('capturer'),
      cell: ({ capturer_id }) => partyName(capturer_id),
      text: ({ capturer_id }) => partyName(capturer_id),
    },
  ];
}
