import { Decimal } from '../../../kernel/index.ts';
import { isArriving, isLeaving } from './rules.ts';
import type { Lived } from './thread.ts';

/** Why an event may be what a count and the events of a row parted over. */
export const suspicions = [
  'other_side_differs',
  'looks_twice',
  'voided_after',
  'below_zero',
  'recorded_late',
  'near_count',
  'other_side_silent',
] as const;
export type Suspicion = (typeof suspicions)[number];

export type Suspect = {
  event_id: string;
  at: string;
  step: string | null;
  quantity: string;
  why: Suspicion;
  /** Whether it accounts for the whole of the difference. */
  explains: boolean;
  zh: string;
  en: string;
};

/** What the other side of a movement recorded of the same goods; null: nothing that is seen. */
export type OtherSide = { quantity: string | null; event_id: string | null };

export type Span = {
  /** Events behind the former count, up to this one and a little beyond it. */
  events: readonly Lived[];
  /** When this count was, and when it was recorded; null where none has come yet. */
  counted: { at: string; recorded_at: string } | null;
  /** What the count found beyond the events; below zero, what it missed. */
  difference: string | null;
  others: ReadonlyMap<string, OtherSide>;
};

const MINUTE_MS = 60_000;
/** Two of the same within so long may be one that was told twice. */
const TWICE_MS = 48 * 60 * MINUTE_MS;
/** So near to a count, an event may have been on its other side. */
export const NEAR_MS = 30 * MINUTE_MS;

const time = (text: string) => new Date(text).getTime();
const amount = (quantity: string) => new Decimal(quantity).abs().toFixed();

type Words = Pick<Suspect, 'zh' | 'en'>;
type Judge = (one: Lived, span: Span) => { effect: string | null; words: Words } | null;

/** Sent or received here, and another quantity on the other side: that one may be right. */
const otherSideDiffers: Judge = ({ entry }, { others }) => {
  const other = others.get(entry.event_id)?.quantity ?? null;
  if (other === null || new Decimal(other).eq(amount(entry.quantity))) return null;
  const sign = entry.quantity.startsWith('-') ? -1 : 1;
  const effect = new Decimal(other).minus(amount(entry.quantity)).times(sign).toFixed();
  const [own, theirs] = [amount(entry.quantity), new Decimal(other).toFixed()];
  return sign < 0
    ? {
        effect,
        words: {
          zh: `这里发出 ${own}，收货方记录收到 ${theirs}。`,
          en: `${own} were shipped here; the receiver recorded ${theirs}.`,
        },
      }
    : {
        effect,
        words: {
          zh: `这里收到 ${own}，发货方记录发出 ${theirs}。`,
          en: `${own} were received here; the sender recorded ${theirs}.`,
        },
      };
};

const documentsOf = ({ entry }: Lived) => (entry.documents ?? []).map(({ id }) => id);

/** Whether one entry takes back what another moved; both are trade's. */
const takesBack = (one: Lived['entry'], other: Lived['entry']) =>
  one.takes_back && one.step === other.step && new Decimal(one.quantity).plus(other.quantity).eq(0);

const looksTwice: Judge = (one, { events }) => {
  const { entry } = one;
  const twin = events.find((other) => {
    const earlier = other.entry;
    return (
      earlier.event_id < entry.event_id &&
      earlier.voided_by === null &&
      !events.some((third) => takesBack(third.entry, earlier)) &&
      earlier.kind === 'moved' &&
      earlier.step === entry.step &&
      new Decimal(earlier.quantity).eq(entry.quantity) &&
      Math.abs(time(earlier.at) - time(entry.at)) <= TWICE_MS
    );
  });
  if (!twin) return null;
  const shared = documentsOf(one).some((id) => documentsOf(twin).includes(id));
  const effect = new Decimal(entry.quantity).negated().toFixed();
  return {
    effect,
    words: shared
      ? {
          zh: '同一单据下有另一个步骤、数量都相同的事件，可能重复采集。',
          en: 'Another event of the same step and quantity names the same document: told twice?',
        }
      : {
          zh: '48小时内有另一个步骤、数量都相同的事件，可能重复采集。',
          en: 'Another event of the same step and quantity lies within 48 hours: told twice?',
        },
  };
};

const belowZero: Judge = ({ entry, balance }) => {
  if (!entry.quantity.startsWith('-') || !balance.startsWith('-')) return null;
  const short = amount(balance);
  return {
    effect: short,
    words: {
      zh: `这一事件使账面低于零（${balance}）：至少有 ${short} 的入库没有记录。`,
      en: `It took the row below zero (${balance}): at least ${short} came in unrecorded.`,
    },
  };
};

const recordedLate: Judge = ({ entry }, { counted }) => {
  if (counted === null || entry.recorded_at <= counted.recorded_at) return null;
  if (time(entry.at) > time(counted.at)) return null;
  return {
    effect: new Decimal(entry.quantity).negated().toFixed(),
    words: {
      zh: '盘点入账之后才补录，盘点时的账面里没有它。',
      en: 'Recorded after the count was: the books that were counted against did not have it.',
    },
  };
};

const nearCount: Judge = ({ entry }, { counted }) => {
  if (counted === null) return null;
  const apart = time(entry.at) - time(counted.at);
  if (Math.abs(apart) > NEAR_MS) return null;
  const minutes = Math.round(Math.abs(apart) / MINUTE_MS);
  const effect = apart > 0 ? entry.quantity : new Decimal(entry.quantity).negated().toFixed();
  return {
    effect,
    words: {
      zh: `与盘点只差 ${minutes} 分钟，实物可能在盘点的另一侧。`,
      en: `${minutes} minutes from the count: the goods may have been on its other side.`,
    },
  };
};

const otherSideSilent: Judge = ({ entry }, { others }) => {
  if (!isArriving(entry.step) || !entry.quantity || entry.quantity.startsWith('-')) return null;
  const other = others.get(entry.event_id);
  if (other === undefined || other.quantity !== null) return null;
  return {
    effect: new Decimal(entry.quantity).negated().toFixed(),
    words: {
      zh: '没有看到与之对应的发货事件。',
      en: 'No shipping that belongs to it is seen.',
    },
  };
};

const judges: readonly (readonly [Suspicion, Judge])[] = [
  ['other_side_differs', otherSideDiffers],
  ['looks_twice', looksTwice],
  ['below_zero', belowZero],
  ['recorded_late', recordedLate],
  ['near_count', nearCount],
  ['other_side_silent', otherSideSilent],
];

/** Taken back after the count: if it had happened after all, its goods are where it said. */
function voidedAfter({ entry }: Lived, { counted }: Span): { effect: string; words: Words } | null {
  if (counted === null || entry.voided_at === null) return null;
  if (entry.voided_at <= counted.recorded_at) return null;
  return {
    effect: entry.quantity,
    words: {
      zh: '盘点之后被声明有误而撤销。若它确实发生过，差异由此而来。',
      en: 'Declared wrong after the count. If it did happen, the difference is its own.',
    },
  };
}

const MOST = 10;

/**
 * Events of a span that may be what parted the count from the books, the likeliest first: those
 * that account for the whole difference before those that do not, then by the order of
 * `suspicions`. Each event once, with its strongest reason.
 */
export function suspectsOf(span: Span): Suspect[] {
  const found = span.events.flatMap((one): Suspect[] => {
    const { entry } = one;
    if (entry.kind === 'counted') return [];
    const counted = span.counted;
    const isBehind = counted !== null && time(entry.at) > time(counted.at);
    const judged =
      entry.voided_by === null
        ? judges.flatMap(([why, judge]) => {
            if (isBehind && why !== 'near_count') return [];
            const said = judge(one, span);
            return said ? [{ why, ...said }] : [];
          })
        : [voidedAfter(one, span)].flatMap((said) =>
            said ? [{ why: 'voided_after' as const, ...said }] : [],
          );
    return judged.flatMap(({ why, effect, words }) => {
      const { difference } = span;
      const explains = difference !== null && effect !== null && new Decimal(effect).eq(difference);
      // Much lies near a count; it is worth a word where it makes up for what is missing.
      if (why === 'near_count' && !explains) return [];
      const { event_id, at, step } = entry;
      const quantity = new Decimal(entry.quantity).toFixed();
      return [{ event_id, at, step, quantity, why, explains, ...words }];
    });
  });
  const weight = ({ explains, why }: Suspect) =>
    (explains ? 0 : suspicions.length) + suspicions.indexOf(why);
  const ranked = found.toSorted((one, other) => weight(one) - weight(other));
  const seen = new Set<string>();
  return ranked.filter(({ event_id }) => !seen.has(event_id) && seen.add(event_id)).slice(0, MOST);
}

/** Events whose other side is worth looking for. */
export const hasOtherSide = ({ entry }: Lived) =>
  entry.voided_by === null && (isLeaving(entry.step) || isArriving(entry.step));
