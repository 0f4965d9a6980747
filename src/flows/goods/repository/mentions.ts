import type { EpcisEvent, QuantityElement } from '../epcis/event.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { plainDecimal } from '../epcis/plain-decimal.ts';

/** As what an event names a thing. */
export type Role =
  | 'epc'
  | 'parent'
  | 'child'
  | 'input'
  | 'output'
  /** A business transaction and a transformation are named too, and found in the same way. */
  | 'transaction'
  | 'transformation';

/** A thing that an event names, in its canonical writing; `quantity` in the unit `uom`, if any. */
export type Mention = {
  item: string;
  role: Role;
  /** Named by its class or lot, with or without a quantity, and not as one thing. */
  by_class: boolean;
  quantity: string | null;
  uom: string | null;
};

/** Everything that an event names, in the order of the standard's fields. */
export function mentionsOf(event: EpcisEvent): Mention[] {
  const found: Mention[] = [];
  const things = (role: Role, uris: readonly (string | undefined)[] | undefined) => {
    for (const uri of uris ?? []) {
      if (uri === undefined) continue;
      const item = canonicalIdentity(uri.trim());
      found.push({ item, role, by_class: false, quantity: null, uom: null });
    }
  };
  const amounts = (role: Role, elements: readonly QuantityElement[] | undefined) => {
    for (const { epcClass, quantity, uom } of elements ?? []) {
      const amount = quantity === undefined ? null : (plainDecimal(quantity) ?? null);
      const item = canonicalIdentity(epcClass.trim());
      found.push({ item, role, by_class: true, quantity: amount, uom: uom ?? null });
    }
  };
  things('epc', event.epcList);
  amounts('epc', event.quantityList);
  things('parent', [event.parentID]);
  things('child', event.childEPCs);
  amounts('child', event.childQuantityList);
  things('input', event.inputEPCList);
  amounts('input', event.inputQuantityList);
  things('output', event.outputEPCList);
  amounts('output', event.outputQuantityList);
  things('transformation', [event.transformationID]);
  things(
    'transaction',
    event.bizTransactionList?.map(({ id }) => id),
  );
  return found;
}
