import type { EpcisEvent, QuantityElement } from '../epcis/event.ts';
import { lotDataOf } from '../epcis/lot-data.ts';
import { plainDecimal } from '../epcis/plain-decimal.ts';
import { bareWord } from '../epcis/vocabulary.ts';
import type { Disposition } from '../events.ts';

/**
 * What a captured event means for the stock of the place that it names. The whole table stands in
 * this file; words are those of CBV 2.0, sections 7.1 (business steps) and 7.2 (dispositions).
 *
 * | Event               | Action  | Step       | Stock                  |
 * | ------------------- | ------- | ---------- | ---------------------- |
 * | Object              | ADD     | any        | in                     |
 * | Object              | DELETE  | any        | out                    |
 * | Object              | OBSERVE | `incoming` | in                     |
 * | Object              | OBSERVE | `outgoing` | out                    |
 * | Object              | OBSERVE | `counting` | is what it says        |
 * | Object              | OBSERVE | `deciding` | another disposition    |
 * | Object              | OBSERVE | any other  | –                      |
 * | Transformation      | –       | any        | inputs out, outputs in |
 * | Aggregation         | any     | any        | –                      |
 * | Association         | any     | any        | –                      |
 * | Transaction         | any     | any        | –                      |
 *
 * A TransactionEvent says which document goods belong to, and an aggregation in what they lie:
 * how much there is stays the same. A container stands for what lies in it then (`unpacking.ts`),
 * but where its number is given or taken away (`isNumbering`), and where it is counted: which
 * pallets there are is not how much of a lot there is.
 */
const incoming = new Set([
  // "added to the receiver's inventory"; `accepting` is its finer form, and excludes it.
  'receiving',
  'accepting',
  // What was said to have left has not.
  'void_shipping',
]);

/** `departing` is the finer form of `shipping`, `consigning` the one with a change of owner. */
const outgoing = new Set([
  'shipping',
  'departing',
  'consigning',
  'retail_selling',
  'dispensing',
  'destroying',
]);

const counting = new Set(['cycle_counting', 'stock_taking']);

/** Steps that say in what state goods are from now on; at all others a disposition is repeated. */
const deciding = new Set(['holding', 'inspecting', 'repairing']);

/** Steps at which goods that are only seen move stock. */
export const movingSteps: readonly string[] = [...incoming, ...outgoing, ...counting, ...deciding];

const asStock: Readonly<Record<string, Disposition>> = {
  damaged: 'damaged',
  needs_replacement: 'damaged',
  returned: 'returned',
  recalled: 'recalled',
  expired: 'non_sellable_other',
  inactive: 'non_sellable_other',
  mismatch_class: 'non_sellable_other',
  mismatch_instance: 'non_sellable_other',
  mismatch_quantity: 'non_sellable_other',
  no_pedigree_match: 'non_sellable_other',
  non_conformant: 'non_sellable_other',
  non_sellable_other: 'non_sellable_other',
  stolen: 'non_sellable_other',
  unavailable: 'non_sellable_other',
  unknown: 'non_sellable_other',
};

/** In which of the stock's states goods of a disposition are: in sale, unless it says otherwise. */
export function dispositionInStock(written: string | undefined): Disposition {
  const word = written === undefined ? undefined : bareWord('disposition', written.trim());
  return asStock[word ?? ''] ?? 'sellable_accessible';
}

/** So much of one item, as the event writes it. `quantity` null: the event does not say. */
export type Amount = { item: string; quantity: string | null; uom: string | null };

/** What one event says of the stock at one place. */
export type Effect = Amount & {
  /** The place as it is written; null where the event names none. */
  place: string | null;
  kind: 'moved' | 'counted';
  /** Of a movement: whether goods come in or go out of this disposition. */
  sign: 1 | -1;
  disposition: Disposition;
  /** Of what is made by the event: lot and date from its master data. */
  made: Made | null;
};
export type Made = { lot: string | null; best_before: string | null };

const elements = (list: readonly QuantityElement[] | undefined): Amount[] =>
  (list ?? []).map(({ epcClass, quantity, uom }) => ({
    item: epcClass.trim(),
    quantity: quantity === undefined ? null : (plainDecimal(quantity) ?? null),
    uom: uom?.trim() ?? null,
  }));

const things = (list: readonly string[] | undefined): Amount[] =>
  (list ?? []).map((epc) => ({ item: epc.trim(), quantity: '1', uom: null }));

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Lot and date of what comes into being. */
function madeBy({ ilmd }: EpcisEvent): Made | null {
  if (ilmd === undefined) return null;
  const date =
    lotDataOf(ilmd, 'bestBeforeDate') ?? lotDataOf(ilmd, 'itemExpirationDate', 'sellByDate');
  const lot = lotDataOf(ilmd, 'lotNumber');
  return {
    lot: lot !== undefined && lot !== '' && lot.length <= 20 ? lot : null,
    best_before: date !== undefined && DAY.test(date) ? date.slice(0, 10) : null,
  };
}

const whereTo = ({ bizLocation, readPoint }: EpcisEvent) =>
  (bizLocation ?? readPoint)?.id.trim() ?? null;
const whereFrom = ({ bizLocation, readPoint }: EpcisEvent) =>
  (readPoint ?? bizLocation)?.id.trim() ?? null;

type Said = Omit<Effect, keyof Amount | 'made'> & { made?: Made | null };
const all = (amounts: readonly Amount[], said: Said): Effect[] =>
  amounts.map((amount) => ({ made: null, ...said, ...amount }));

/** The state that goods are said to have been in: the only word of EPCIS for what was before. */
function stateBefore({ persistentDisposition }: EpcisEvent): Disposition | null {
  const [left] = persistentDisposition?.unset ?? [];
  return left === undefined ? null : dispositionInStock(left);
}

/**
 * Goods are in another state from now on, out of the one that the event unsets, or else out of
 * sale. Nothing is put on recall by this: a recall stands on the platform and holds its goods
 * itself, and a warehouse that repeats it would hold the same cartons twice.
 */
function changeOf(event: EpcisEvent, step: string, amounts: readonly Amount[]): Effect[] {
  const before = stateBefore(event) ?? 'sellable_accessible';
  const silent = step === 'holding' ? 'non_sellable_other' : before;
  const after = event.disposition === undefined ? silent : dispositionInStock(event.disposition);
  if (after === before || after === 'recalled') return [];
  const said = { place: whereTo(event), kind: 'moved' } as const;
  return [
    ...all(amounts, { ...said, sign: -1, disposition: before }),
    ...all(amounts, { ...said, sign: 1, disposition: after }),
  ];
}

function ofObjects(event: EpcisEvent): Effect[] {
  const amounts = [...things(event.epcList), ...elements(event.quantityList)];
  const step = event.bizStep === undefined ? '' : (bareWord('bizStep', event.bizStep.trim()) ?? '');
  const state = dispositionInStock(event.disposition);
  const comes = { place: whereTo(event), kind: 'moved', sign: 1, disposition: state } as const;
  if (event.action === 'ADD') return all(amounts, { ...comes, made: madeBy(event) });
  if (event.action === 'DELETE' || outgoing.has(step)) {
    // What goes was in sale, or in the state that the event says it has left.
    const disposition = stateBefore(event) ?? 'sellable_accessible';
    return all(amounts, { place: whereFrom(event), kind: 'moved', sign: -1, disposition });
  }
  if (incoming.has(step)) return all(amounts, comes);
  if (counting.has(step)) return all(amounts, { ...comes, kind: 'counted' });
  return deciding.has(step) ? changeOf(event, step, amounts) : [];
}

function ofTransformation(event: EpcisEvent): Effect[] {
  const said = { place: whereTo(event), kind: 'moved' } as const;
  const inputs = [...things(event.inputEPCList), ...elements(event.inputQuantityList)];
  const outputs = [...things(event.outputEPCList), ...elements(event.outputQuantityList)];
  const disposition = stateBefore(event) ?? 'sellable_accessible';
  return [
    ...all(inputs, { ...said, sign: -1, disposition }),
    ...all(outputs, {
      ...said,
      sign: 1,
      disposition: dispositionInStock(event.disposition),
      made: madeBy(event),
    }),
  ];
}

/** Whether a container gets its number or loses it, with whatever is in it or not. */
export const isNumbering = ({ type, action, bizStep }: EpcisEvent): boolean =>
  type === 'ObjectEvent' &&
  (action === 'ADD' ||
    (action === 'DELETE' && bareWord('bizStep', bizStep?.trim() ?? '') === 'decommissioning'));

/** What an event says of stock, in the order of its fields; a declaration of an error, nothing. */
export function effectsOf(event: EpcisEvent): Effect[] {
  if (event.errorDeclaration !== undefined) return [];
  if (event.type === 'ObjectEvent') return ofObjects(event);
  return event.type === 'TransformationEvent' ? ofTransformation(event) : [];
}

/** Whether goods leave a place at this step, to be found again at another. */
export const isLeaving = (step: string | null) =>
  step === 'shipping' || step === 'departing' || step === 'consigning';
/** Whether goods arrive from another place at this step. */
export const isArriving = (step: string | null) => step === 'receiving' || step === 'accepting';
