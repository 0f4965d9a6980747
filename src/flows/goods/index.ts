import type { Module } from '../../kernel/index.ts';
import { epcisBindings } from './binding/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { captureBindings } from './binding/index.ts';
export { ownsGtin, registerPrefix } from './company-prefixes.ts';
export { checkedEvents, type HashedEvent, hashEvents } from './epcis/event-hashes.ts';
export { readResolverPath, writeDigitalLink } from './epcis/identity/digital-link.ts';
export { canonicalIdentity } from './epcis/identity/identity.ts';
export { checkIdentity, type Gs1Identity, KEYS as gs1Keys } from './epcis/identity/keys.ts';
export { eventsShown } from './event-search.ts';
export { businessSteps, type EventItem, type GoodsEvent } from './events.ts';
export { loadExtents } from './extent/extent.ts';
export {
  type Gtins,
  type HeldStock,
  heldSettlement,
  holdStock,
  holdsFirst,
  type LotOfProduct,
  ownLotsOf,
  settleHeldStock,
} from './held-stock.ts';
export { type ItemStep, type ItemStory, storyOfItem } from './item-story.ts';
export {
  addPlace,
  getOwnPlace,
  getPlaceOf,
  listPlaces,
  type NewPlace,
  ownersOfPlaces,
  ownPlacesNamed,
  type Place,
  place,
} from './places.ts';
export type { MadeLot } from './production/lots.ts';
export { getProduction, recordedProduction } from './production/recorded.ts';
export { type Production, storeProduction } from './production/recording.ts';
export { withdrawProduction } from './production/withdrawal.ts';
export { reconcileStock } from './reconciliation.ts';
export { membersNamed } from './repository/audience.ts';
export { isNamed } from './repository/naming.ts';
export { heldLeft, listHeldLeft } from './shelf/held-left.ts';
export { changeKeeping, keepers, newKeeping } from './shelf/keeping.ts';
export { type CatalogueProduct, lookUpNames, nameOf, renameGoods } from './shelf/names.ts';
export { rebuildFromEvents } from './shelf/rebuilding.ts';
export { sayNames, settlePacked, waitingNames } from './shelf/unknown.ts';
export { countStock, listStock, recordEvents, stockCount } from './stock.ts';
export { startSubscriptions } from './subscriptions/sender.ts';
export * from './trace/index.ts';
export { deadEnd, readBeside, siteOf, traceGoods, traceQuestion } from './tracing.ts';

/** 物流: what happened to things. */
export const goods: Module = {
  name: 'goods',
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  bindings: epcisBindings,
  faults: fault.table,
};
