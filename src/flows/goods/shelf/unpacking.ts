import { limits, type Tx } from '../../../kernel/index.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { type AskedContent, type Contents, type Packed, readContents } from './contents.ts';
import type { Placed } from './deriving.ts';
import { findNames, nameOfItem } from './names.ts';
import { isNumbering } from './rules.ts';

/** A container that is named where its owner's stock moves. */
type Container = Placed & { place: object };

const isContainer = ({ item }: Placed): boolean => item.kind === 'container';
const isMoved = (one: Placed): one is Container =>
  isContainer(one) && one.place !== null && one.effect.kind === 'moved';
const askedOf = ({ item, at, effect }: Placed): AskedContent => {
  return { container: item.name, at, comes: effect.sign === 1 };
};

/**
 * Puts what lies in containers in their place. One that is beside its own goods is the label on
 * them, and one in another container that is named as well goes with that. What lies in one that
 * nobody can tell stays as it is named.
 */
export async function unpack(tx: Tx, placed: readonly Placed[]): Promise<Placed[]> {
  const told = placed.filter((one) => !(isContainer(one) && isNumbering(one.captured.event)));
  if (!told.some(isContainer)) return told;
  const events = [...Map.groupBy(told, ({ captured }) => captured.id).values()];
  const asked = await withoutDismissed(tx, boundedOf(events));
  const contents = await readContents(tx, asked);
  const room = { left: limits.stock_unpacked };
  return events.flatMap((all) => unpackEvent(all, contents, room));
}

/** What is looked into for one document; the rest waits to be matched. */
function boundedOf(events: readonly (readonly Placed[])[]): AskedContent[] {
  const times = new Map<string, number>();
  return events.flatMap((all) => {
    const moved = all.filter(isMoved);
    if (moved.length > limits.stock_containers_of_event) return [];
    return moved.map(askedOf).filter(({ container }) => {
      const named = (times.get(container) ?? 0) + 1;
      times.set(container, named);
      return named <= limits.stock_container_named && times.size <= limits.stock_containers;
    });
  });
}

/** Pallets that are none of its owner's concern are left to be left out. */
async function withoutDismissed(tx: Tx, asked: readonly AskedContent[]): Promise<AskedContent[]> {
  const names = await findNames(tx, [...new Set(asked.map(({ container }) => container))]);
  return asked.filter(({ container }) => names.get(container)?.product_id !== null);
}

function unpackEvent(
  all: readonly Placed[],
  contents: Contents,
  room: { left: number },
): readonly Placed[] {
  const containers = all.filter(isContainer);
  if (containers.length === 0) return all;
  const goods = all.filter((one) => !isContainer(one));
  const packed = new Map(
    containers.map((one) => [one, isMoved(one) ? contents.of(askedOf(one)) : null]),
  );
  const inner = new Set([...packed.values()].flatMap((one) => [...(one?.within ?? [])]));
  const amounts = [...packed.values()].reduce((sum, one) => sum + (one?.amounts.length ?? 0), 0);
  const isTooMuch = amounts > Math.min(limits.stock_content_amounts, room.left);
  if (!isTooMuch) room.left -= amounts;
  return all.flatMap((one) => {
    if (!isContainer(one)) return [one];
    if (inner.has(one.item.name)) return [];
    const content = isTooMuch ? null : (packed.get(one) ?? null);
    const beside = goods.filter((other) => other.effect.sign === one.effect.sign);
    if (isLabel(one, content, beside, contents)) return [];
    if (content === null) return [one];
    return content.amounts.map((amount) => ({
      ...one,
      item: nameOfItem(amount.item),
      effect: { ...one.effect, ...amount },
    }));
  });
}

/** Whether the goods that are named beside a container are what lies in it. */
function isLabel(
  one: Placed,
  content: Packed | null,
  beside: readonly Placed[],
  contents: Contents,
): boolean {
  if (content === null) return beside.length > 0;
  const { container, at, comes } = askedOf(one);
  return beside.some(({ item, effect }) => {
    const isSame = content.amounts.some((amount) => {
      const { name, lot } = nameOfItem(amount.item);
      const isLot = lot === item.lot || lot === '' || item.lot === '';
      return name === item.name && isLot && (amount.by_class || item.thing !== true);
    });
    if (isSame || item.thing !== true) return isSame;
    return contents.around(canonicalIdentity(effect.item), at, comes).has(container);
  });
}
