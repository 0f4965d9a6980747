import type { Recall, RecallRow } from '../../flows/goods/index.ts';

/** One kind of goods at one place that a recall has to find. */
export type ListedGoods = Pick<
  RecallRow,
  'item' | 'lot' | 'state' | 'place' | 'inside' | 'ended' | 'quantity' | 'unit'
>;

/** Goods with the one to ask about them, by the URI that events name it by; null: nobody known. */
export type Addressed = { readonly goods: ListedGoods; readonly uri: string | null };

const uriOfParty = (id: string) => `urn:uuid:${id}`;

/** Who the goods go to; the one that has them in hand before the one that owns them. */
const closeness = ['possessing_party', 'owning_party', 'location'];

function towardsOf({ towards }: RecallRow): string | null {
  const at = (type: string) => closeness.indexOf(type) >>> 0;
  return towards.toSorted((one, other) => at(one.type) - at(other.type))[0]?.id ?? null;
}

/** Who let goods go in these ways may know who bought them, and can put up a warning. */
const SOLD: ReadonlySet<string> = new Set(['sold', 'dispensed']);

/**
 * Whom to ask about each of the goods: who has them, or at whose place they are, or who they are on
 * their way to; of what was sold, who sold it. What was used up or destroyed has nobody; where
 * nothing more is seen, the one behind. A container is listed only where it is all that leads to
 * somebody: its content has lines.
 * @param partyOf the party that a URI names, or that runs the place that it names: events may know
 *   one party under several names, and it is asked once
 */
export function addressGoods(list: Recall, partyOf: ReadonlyMap<string, string>): Addressed[] {
  const named = (uri: string | null) => {
    const party = uri === null ? undefined : partyOf.get(uri);
    return party === undefined ? uri : uriOfParty(party);
  };
  const all: (Addressed & { goods: RecallRow })[] = [
    ...list.there.flatMap((group) =>
      group.rows.map((goods) => ({ goods, uri: named(group.possessor ?? group.place) })),
    ),
    ...list.on_the_way.map((goods) => ({ goods, uri: named(towardsOf(goods)) })),
    ...list.ended.map((goods) => {
      const isSold = SOLD.has(goods.ended ?? '');
      return { goods, uri: isSold ? named(goods.possessor ?? goods.place) : null };
    }),
  ];
  const rows: Addressed[] = all.filter(({ goods }) => goods.is === 'affected');
  const containers = new Set(
    [...all.map(({ goods }) => goods), ...list.unknown].flatMap(({ is, item }) =>
      is === 'holds' ? item : [],
    ),
  );
  const told = new Set(rows.map(({ goods, uri }) => `${goods.item} ${uri}`));
  const listed = new Map(
    list.unknown.flatMap((goods) => (goods.is === 'affected' ? [[goods.item, goods]] : [])),
  );
  const asked = new Set(rows.map(({ uri }) => uri));
  // Content first: a container is a line only for whom nothing else is one.
  const ask = list.ask.toSorted(
    (one, other) => Number(containers.has(one.item)) - Number(containers.has(other.item)),
  );
  for (const { item, ask: end } of ask) {
    const uri = named(end.id);
    if (told.has(`${item} ${uri}`) || (containers.has(item) && asked.has(uri))) continue;
    told.add(`${item} ${uri}`);
    asked.add(uri);
    rows.push({ goods: listed.get(item) ?? unseen(item), uri });
    listed.delete(item);
  }
  return [...rows, ...[...listed.values()].map((goods) => ({ goods, uri: null }))];
}

const unseen = (item: string): ListedGoods => ({
  ...{ item, lot: null, state: 'unknown', place: null, inside: null, ended: null },
  ...{ quantity: null, unit: '' },
});
