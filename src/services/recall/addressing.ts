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

/**
 * Whom to ask about each of the goods: who has them, or at whose place they are, or who they are on
 * their way to. What was sold or used up has nobody; where nothing more is seen, the one behind.
 * @param ownerOf the party that runs a place, by the place's URI
 */
export function addressGoods(list: Recall, ownerOf: ReadonlyMap<string, string>): Addressed[] {
  const placed = (place: string | null) => {
    const owner = place === null ? undefined : ownerOf.get(place);
    return owner === undefined ? place : uriOfParty(owner);
  };
  const rows: Addressed[] = [
    ...list.there.flatMap((group) =>
      group.rows.map((goods) => ({ goods, uri: group.possessor ?? placed(group.place) })),
    ),
    ...list.on_the_way.map((goods) => ({ goods, uri: placed(towardsOf(goods)) })),
    ...list.ended.map((goods) => ({ goods, uri: null })),
  ];
  const told = new Set(rows.map(({ goods, uri }) => `${goods.item} ${uri}`));
  const listed = new Map([...list.unknown].map((goods) => [goods.item, goods]));
  for (const { item, ask } of list.ask) {
    const uri = placed(ask.id);
    if (told.has(`${item} ${uri}`)) continue;
    told.add(`${item} ${uri}`);
    rows.push({ goods: listed.get(item) ?? unseen(item), uri });
    listed.delete(item);
  }
  return [...rows, ...[...listed.values()].map((goods) => ({ goods, uri: null }))];
}

const unseen = (item: string): ListedGoods => ({
  ...{ item, lot: null, state: 'unknown', place: null, inside: null, ended: null },
  ...{ quantity: null, unit: '' },
});
