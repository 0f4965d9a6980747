import { limits, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import {
  type AskedContent,
  type Contents,
  type Packed,
  readContents,
  type Told,
} from './contents.ts';
import type { Placed } from './deriving.ts';
import { findNames, nameOfItem } from './names.ts';
import { isNumbering } from './rules.ts';

/** What events move, with what lies in containers in their place; see `Contents` for `ran_out`. */
export type Unpacked = { placed: Placed[]; ran_out: boolean };

const isContainer = ({ item }: Placed): boolean => item.kind === 'container';
const isMoved = ({ place, effect }: Placed): boolean => place !== null && effect.kind === 'moved';

/**
 * Puts what lies in containers in their place. One that is beside its own goods is the label on
 * them, one whose content nobody tells is the label of whatever is beside it, and one in another
 * that is named as well goes with that. What is not known, or too much to look into, stays as it
 * is named.
 */
export async function unpack(tx: Tx, placed: readonly Placed[]): Promise<Unpacked> {
  const told = placed.filter((one) => !(isContainer(one) && isNumbering(one.captured.event)));
  if (!told.some(isContainer)) return { placed: told, ran_out: false };
  const events = [...Map.groupBy(told, ({ captured }) => captured.id).values()].map(loadOf);
  const asked = events.flatMap(askedIn);
  const names = await findNames(tx, [...new Set(asked.map(({ container }) => container))]);
  // Pallets that are none of its owner's concern are left to be left out.
  const meant = asked.filter(({ container }) => names.get(container)?.product_id !== null);
  const some = meant.slice(0, limits.stock_containers);
  const contents = await readContents(tx, some, events.length === 1);
  const room = { left: limits.stock_unpacked };
  const unpacked = events.flatMap((load) => unpackEvent(load, contents, room));
  const ran_out = contents.ran_out || meant.length > limits.stock_containers || room.left < 0;
  return { placed: unpacked, ran_out };
}

/** What one event moves: each container once, however it is written. */
type Load = {
  all: readonly Placed[];
  containers: readonly Placed[];
  /** Containers that go; of one that changes its state what goes is what comes. */
  going: ReadonlySet<string>;
  /** Whether things are named beside them. */
  things: boolean;
};

function loadOf(all: readonly Placed[]): Load {
  const met = new Set<string>();
  const once = all.filter((one) => {
    if (!isContainer(one)) return true;
    const key = `${one.item.name} ${one.effect.sign}`;
    const isNew = !met.has(key);
    met.add(key);
    return isNew;
  });
  const containers = once.filter(isContainer);
  const going = containers.filter(({ effect }) => effect.sign === -1);
  const things = once.some(({ item }) => item.thing === true);
  return { all: once, containers, going: new Set(going.map(({ item }) => item.name)), things };
}

const askedOf = ({ going, things }: Load, { item, at }: Placed): AskedContent => {
  return { container: item.name, at, comes: !going.has(item.name), things };
};

function askedIn(load: Load): AskedContent[] {
  const moved = load.containers.filter(isMoved);
  return moved.length > limits.stock_containers_of_event
    ? []
    : moved.map((one) => askedOf(load, one));
}

function unpackEvent(load: Load, contents: Contents, room: { left: number }): readonly Placed[] {
  if (load.containers.length === 0) return load.all;
  const isMuch = load.containers.length > limits.stock_containers_of_event;
  const told = new Map(
    load.containers.map((one): [Placed, Told] => {
      if (isMuch) return [one, 'unread'];
      return [one, isMoved(one) ? contents.of(askedOf(load, one)) : 'unknown'];
    }),
  );
  const sides = new Map(([1, -1] as const).map((sign) => [sign, sideOf(load, told, sign)]));
  const amounts = [...sides.values()].reduce((sum, one) => sum + one.amounts, 0);
  room.left -= amounts;
  const fits = amounts <= limits.stock_content_amounts && room.left >= 0;
  return load.all.flatMap((one) => {
    const side = sides.get(one.effect.sign);
    if (!isContainer(one) || side === undefined) return [one];
    if (side.within.has(one.item.name)) return [];
    const content = told.get(one) ?? 'unknown';
    if (content === 'unread' || !fits || side.is_much) return [one];
    if (content === 'unknown') return side.goods > 0 ? [] : [one];
    if (isLabel(content, side)) return [];
    return content.amounts.map((amount) => ({
      ...one,
      item: nameOfItem(amount.item),
      effect: { ...one.effect, ...amount, made: null },
    }));
  });
}

/** What comes, or what goes, by one event. */
type Side = {
  goods: number;
  /** Lots by product, of goods by the lot and of things. */
  lots: Map<string, Set<string>>;
  things: string[];
  things_of: Set<string>;
  within: Set<string>;
  amounts: number;
  is_much: boolean;
};

function sideOf({ all, containers }: Load, told: ReadonlyMap<Placed, Told>, sign: 1 | -1): Side {
  const side: Side = {
    ...{ goods: 0, lots: new Map(), things: [], things_of: new Set() },
    ...{ within: new Set(), amounts: 0, is_much: false },
  };
  for (const { item, effect } of all) {
    if (item.kind === 'container' || effect.sign !== sign) continue;
    side.goods += 1;
    if (item.thing) {
      side.things.push(canonicalIdentity(effect.item));
      side.things_of.add(item.name);
    } else side.lots.set(item.name, (side.lots.get(item.name) ?? new Set()).add(item.lot));
  }
  const here = containers.filter(({ effect }) => effect.sign === sign);
  for (const one of here) {
    const content = told.get(one);
    if (typeof content !== 'object') continue;
    side.amounts += content.amounts.length;
    for (const inner of content.within) side.within.add(inner);
  }
  side.is_much = side.things.length * here.length > limits.stock_things_beside;
  return side;
}

/** Whether the goods that are named beside a container are what lies in it. */
function isLabel({ amounts, things }: Packed, side: Side): boolean {
  const isSame = amounts.some((amount) => {
    const { name, lot } = nameOfItem(amount.item);
    if (amount.by_class && side.things_of.has(name)) return true;
    const beside = side.lots.get(name);
    return beside !== undefined && (lot === '' || beside.has(lot) || beside.has(''));
  });
  return isSame || side.things.some((thing) => things.has(thing));
}
