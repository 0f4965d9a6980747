import { type RawBuilder, sql } from 'kysely';
import { inMilliseconds } from '../epcis/instant.ts';
import type { Condition, EventQuery } from '../epcis/query/condition.ts';

/**
 * What the database can look for by its indexes: never fewer events than the query asks for. Each
 * event that is found is held against the whole query afterwards (`matches`), so that the language
 * has one meaning, here and in a subscription.
 */
export type Narrowing = {
  /** Conditions on the columns of `event`, named `e`. */
  columns: RawBuilder<unknown>[];
  /** Conditions on `event_item`, named `i`: where events are looked for by what they name. */
  items: RawBuilder<unknown> | null;
  /** Whether what is found fits, but for a millisecond at a bound: a page is read as it is. */
  isWhole: boolean;
  /** Whether events that were declared wrong are asked for: by their own name they can be. */
  hasVoid: boolean;
};

const declared = sql`e.declares_error`;

type Part = { column?: RawBuilder<unknown>; item?: RawBuilder<unknown>; isWhole?: boolean };

const anyOf = (column: string, values: readonly string[]) =>
  sql`${sql.ref(column)} = any(${values}::text[])`;

const COLUMNS: Readonly<Record<string, string>> = {
  type: 'e.type',
  action: 'e.action',
  bizStep: 'e.biz_step',
  disposition: 'e.disposition',
  eventID: 'e.event_uri',
};
const INSTANTS: Readonly<Record<string, string>> = {
  eventTime: 'e.event_time',
  recordTime: 'e.recorded_at',
};

/**
 * Columns have milliseconds, rounded; what a query says beyond them is left to the event. Undefined
 * where no column has the year (check-event.ts).
 */
function near(value: string, milliseconds: number): string | undefined {
  const time = Date.parse(inMilliseconds(value) ?? value) + milliseconds;
  const text = new Date(time).toISOString();
  return /^\d{4}-/.test(text) && !text.startsWith('0000') ? text : undefined;
}

function partOf(condition: Condition): Part {
  switch (condition.on) {
    case 'value': {
      const { of, values } = condition;
      const column = COLUMNS[of];
      if (column !== undefined) return { column: anyOf(column, values), isWhole: true };
      if (of === 'errorReason' || of === 'correctiveEventID') return { column: declared };
      return of === 'transformationID' ? { item: anyOf('i.item', values) } : {};
    }
    case 'instant': {
      const { of, compare, value } = condition;
      if (of === 'declarationTime') return { column: declared };
      const column = INSTANTS[of];
      if (column === undefined) return {};
      const bound = near(value, compare === 'GE' ? -1 : 1);
      if (bound === undefined) return {};
      const way = sql.raw(compare === 'GE' ? '>=' : '<');
      return { column: sql`${sql.ref(column)} ${way} ${bound}::timestamptz`, isWhole: true };
    }
    case 'place': {
      const column = condition.of === 'readPoint' ? 'e.read_point' : 'e.biz_location';
      return { column: anyOf(column, condition.values), isWhole: true };
    }
    case 'typed':
      return condition.of === 'bizTransactionList'
        ? { item: anyOf('i.item', condition.values) }
        : {};
    case 'match':
      return matchPart(condition);
    case 'exists':
      return condition.of === 'errorDeclaration' ? { column: declared, isWhole: true } : {};
    default:
      return {};
  }
}

function matchPart({ places }: Extract<Condition, { on: 'match' }>): Part {
  if (places.some((place) => place === null)) return {};
  const found = places.flatMap((place) => place ?? []);
  const whole = found.filter(({ isWhole }) => isWhole).map(({ item }) => item);
  const ranges = found
    .filter(({ isWhole }) => !isWhole)
    .map(({ item }) => sql`(i.item >= ${item} and i.item < ${item + LAST})`);
  return { item: sql`(${sql.join([anyOf('i.item', whole), ...ranges], sql` or `)})` };
}

/** Behind every identity that begins in the same way: URIs are ASCII. */
const LAST = '\u{10ffff}';

export function narrowingOf({ conditions }: Pick<EventQuery, 'conditions'>): Narrowing {
  const parts = conditions.map(partOf);
  return {
    columns: parts.flatMap(({ column }) => column ?? []),
    items: parts.find(({ item }) => item !== undefined)?.item ?? null,
    isWhole: parts.every(({ isWhole }) => isWhole === true),
    hasVoid: conditions.some((one) => one.on === 'value' && one.of === 'eventID'),
  };
}
