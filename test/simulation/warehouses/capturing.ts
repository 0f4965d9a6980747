import type { EventJson } from '../doors.ts';
import { type Command, command, type View } from '../part.ts';

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** A place of the actor's that events can name, whoever moves its stock at the moment. */
async function dockOf(view: View) {
  const { items } = await view.read('place.list', { query: { limit: 20 } });
  return view.pick(items.filter(({ owner_id, gln }) => owner_id === view.me && gln !== null));
}

/** When something happened: just now, some days ago, or by a clock that goes ahead of ours. */
function happenedAt(view: View): string {
  const thrown = view.dice.fraction();
  if (thrown < 0.6) return view.instant(-view.dice.between(0, 90));
  return view.instant(thrown < 0.93 ? -view.dice.between(90, 6_000) : view.dice.between(1, 900));
}

const steps = [
  ...Array.from({ length: 4 }, () => ({ bizStep: 'receiving' })),
  ...Array.from({ length: 4 }, () => ({ bizStep: 'shipping', disposition: 'in_transit' })),
  ...Array.from({ length: 2 }, () => ({ bizStep: 'cycle_counting' })),
  { bizStep: 'inspecting', disposition: 'damaged' },
  { bizStep: 'holding', disposition: 'recalled' },
  { bizStep: 'destroying', action: 'DELETE' },
  { bizStep: 'commissioning', action: 'ADD' },
  { bizStep: 'storing' },
] as const;

/** Something that happened to goods at this dock; goods or units that nobody knows among it. */
function eventAt(view: View, gln: string, gtins: readonly string[]): EventJson {
  const { dice, me } = view;
  const dock = { id: `https://id.gs1.org/414/${gln}` };
  const gtin = dice.chance(0.95) ? dice.pick(gtins) : '09521234001010';
  const epcClass = `https://id.gs1.org/01/${gtin}/10/${dice.pick(['L1', 'L1', 'L2', 'W9'])}`;
  const uom = dice.chance(0.95) ? dice.pick(['KGM', 'CT']) : 'PA';
  return {
    type: 'ObjectEvent',
    eventID: `urn:jingwei:wms:${me.slice(-6)}:${dice.between(1, 999_999_999)}`,
    eventTime: happenedAt(view),
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    ...dice.pick(steps),
    quantityList: [{ epcClass, quantity: dice.between(1, 60), uom }],
    readPoint: dock,
    bizLocation: dock,
  };
}

const declaredWrong = (view: View, event: EventJson): EventJson => ({
  ...event,
  errorDeclaration: { declarationTime: view.instant(0), reason: 'did_not_occur' },
});

/** One that the repository has: as it is, declared wrong, or told otherwise under its name. */
async function knownEvent(view: View): Promise<EventJson[]> {
  const query = { perPage: 30, orderBy: 'eventTime', orderDirection: 'DESC' };
  const { epcisBody } = await view.read('epcis.event_list', { query });
  const known = view.pick(epcisBody.queryResults.resultsBody.eventList);
  if (!known) return [];
  const { recordTime: _, errorDeclaration: __, ...event } = known;
  const thrown = view.dice.fraction();
  if (thrown < 0.6) return [declaredWrong(view, event)];
  return [thrown < 0.9 ? event : { ...event, eventTime: happenedAt(view) }];
}

/** What one message tells: some new events, or an old one once more. */
async function eventsOf(view: View): Promise<EventJson[]> {
  if (view.dice.chance(0.3)) return knownEvent(view);
  const dock = await dockOf(view);
  const { items } = await view.read('product.list', { query: { owner_id: view.me, limit: 10 } });
  const gtins = items.flatMap(({ gtin }) => gtin ?? []);
  if (!dock?.gln || gtins.length === 0) return [];
  const { gln } = dock;
  const events = Array.from({ length: view.dice.between(1, 4) }, () => eventAt(view, gln, gtins));
  const [first] = events;
  // A declaration that overtakes what it is about.
  if (first && view.dice.chance(0.1)) return [declaredWrong(view, first), ...events];
  return events;
}

const capture: Command = command({
  name: 'epcis.capture',
  duty: 'capture',
  weight: 12,
  async choose(view) {
    const eventList = await eventsOf(view);
    if (eventList.length === 0) return null;
    const document = {
      '@context': [context],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: view.instant(0),
      epcisBody: { eventList },
    };
    const proceeds = view.dice.chance(0.3) ? { 'gs1-capture-error-behaviour': 'proceed' } : {};
    return {
      bytes: new TextEncoder().encode(JSON.stringify(document)),
      headers: { 'content-type': 'application/ld+json', ...proceeds },
    };
  },
});

const keep: Command = command({
  name: 'place.keep_stock',
  duty: 'capture',
  weight: 1,
  async choose(view) {
    const dock = await dockOf(view);
    if (!dock) return null;
    const other = dock.stock_kept_by === 'events' ? 'platform' : 'events';
    const kept_by = view.dice.chance(0.9) ? other : 'events';
    return { params: { id: dock.id }, body: { kept_by, reason: '换仓库系统' } };
  },
});

const say: Command = command({
  name: 'stock_name.say',
  duty: 'capture',
  weight: 1,
  async choose(view) {
    const { items } = await view.read('stock.unknown_list', { query: { limit: 10 } });
    const unknown = view.pick(items.filter(({ what }) => what === 'goods'));
    const products = await view.read('product.list', { query: { owner_id: view.me, limit: 10 } });
    const product = view.pick(products.items);
    if (!unknown || !product) return null;
    const product_id = view.dice.chance(0.8) ? product.id : null;
    return { body: { name: unknown.name, product_id } };
  },
});

const match: Command = command({
  name: 'stock_name.match',
  duty: 'capture',
  weight: 1,
  choose: async () => ({}),
});

export const commands: readonly Command[] = [capture, keep, say, match];
