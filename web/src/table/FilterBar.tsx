import { useEffect, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { DateInput } from '../controls/DateInput.tsx';
import { Drawer } from '../controls/Drawer.tsx';
import { Icon } from '../controls/Icon.tsx';
import { PHONE, useMedia } from '../kernel/use-media.ts';
import type { Column, Filter } from './columns.ts';
import type { ListState } from './list-state.ts';
import { useTableTexts } from './texts.ts';

type Props<Row> = {
  filters: readonly Filter[];
  columns: readonly Column<Row>[];
  state: ListState;
};

/** The conditions of a list: in one row on a desk, behind one button on a phone. */
export function FilterBar<Row>({ filters, columns, state }: Props<Row>) {
  const t = useTableTexts();
  const phone = useMedia(PHONE);
  const [open, setOpen] = useState(false);
  const count = Object.keys(state.conditions).length;
  const text = filters.filter(({ kind }) => kind === 'text');
  const rest = filters.filter(({ kind }) => kind !== 'text');
  const clear = count > 0 && (
    <Button kind="quiet" onClick={state.clearConditions}>
      {t('clear')}
    </Button>
  );
  if (!phone) {
    return (
      <div className="filters">
        {[...text, ...rest].map((filter) => (
          <FilterEntry key={filter.id} filter={filter} state={state} />
        ))}
        {clear}
      </div>
    );
  }
  return (
    <div className="filters">
      {text.map((filter) => (
        <FilterEntry key={filter.id} filter={filter} state={state} />
      ))}
      <Button icon="filter" aria-label={t('filter')} onClick={() => setOpen(true)}>
        {count > 0 ? count : null}
      </Button>
      <Drawer open={open} title={t('filter')} onClose={() => setOpen(false)} footer={clear}>
        <div className="stack">
          {rest.map((filter) => (
            <FilterEntry key={filter.id} filter={filter} state={state} />
          ))}
          <OrderEntry columns={columns} state={state} />
        </div>
      </Drawer>
    </div>
  );
}

function FilterEntry({ filter, state }: { filter: Filter; state: ListState }) {
  if (filter.kind === 'text') return <TextEntry filter={filter} state={state} />;
  if (filter.kind === 'dates') return <DatesEntry filter={filter} state={state} />;
  return <ChoiceEntry filter={filter} state={state} />;
}

type EntryProps<Kind extends Filter['kind']> = {
  filter: Extract<Filter, { kind: Kind }>;
  state: ListState;
};

const TYPING_PAUSE_MS = 300;

/** Asks the server when the typing pauses, not at each letter. */
function TextEntry({ filter, state }: EntryProps<'text'>) {
  const stored = state.conditions[filter.id] ?? '';
  const [typed, setTyped] = useState(stored);
  useEffect(() => setTyped(stored), [stored]);
  useEffect(() => {
    if (typed === stored) return;
    const timer = setTimeout(() => state.setConditions({ [filter.id]: typed }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, stored, state, filter.id]);
  return (
    <label className="filter-search">
      <Icon name="search" size={16} />
      <span className="hidden-text">{filter.label}</span>
      <input
        className="input"
        type="search"
        placeholder={filter.label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}

function ChoiceEntry({ filter, state }: EntryProps<'choice'>) {
  const t = useTableTexts();
  const value = state.conditions[filter.id] ?? '';
  return (
    <label className="filter-choice">
      <span className="muted">{filter.label}</span>
      <select
        className="input"
        value={value}
        onChange={(event) => state.setConditions({ [filter.id]: event.target.value })}
      >
        <option value="">{t('all')}</option>
        {filter.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function DatesEntry({ filter, state }: EntryProps<'dates'>) {
  const t = useTableTexts();
  const ends = [
    { name: `${filter.id}_from`, label: t('from') },
    { name: `${filter.id}_to`, label: t('to') },
  ];
  return (
    <fieldset className="filter-dates">
      <legend className="muted">{filter.label}</legend>
      {ends.map(({ name, label }) => (
        <DateInput
          key={name}
          label={`${filter.label} ${label}`}
          placeholder={label}
          value={state.conditions[name] ?? ''}
          onChange={(value) => state.setConditions({ [name]: value })}
        />
      ))}
    </fieldset>
  );
}

/** Cards have no heads to click: the order of the list is chosen here. */
function OrderEntry<Row>({ columns, state }: Omit<Props<Row>, 'filters'>) {
  const t = useTableTexts();
  const sortable = columns.filter(({ sortable }) => sortable);
  if (sortable.length === 0) return null;
  return (
    <div className="stack-tight">
      <span className="muted">{t('order')}</span>
      <div className="row">
        {sortable.map(({ id, label }) => {
          const active = state.sort?.by === id;
          return (
            <Button
              key={id}
              size="small"
              kind={active ? 'primary' : 'plain'}
              onClick={() => state.sortBy(id)}
            >
              {label}
              {active && (state.sort?.down ? ' ↓' : ' ↑')}
            </Button>
          );
        })}
      </div>
    </div>
  );
}
