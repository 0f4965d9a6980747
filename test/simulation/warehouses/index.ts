import { gs1CheckDigit } from '../../../src/kernel/index.ts';
import type { Actor, Part } from '../part.ts';
import { commands } from './capturing.ts';

const owners = ['miller', 'dealer'] as const;

const warehouse = (of: string): Actor => ({
  ...{ name: `${of}.warehouse`, of, scopes: ['goods.*.*', 'commerce.*.read'] },
  duties: ['capture'],
});

/**
 * A warehouse whose own system tells what happened there, at a place whose stock those events move
 * and sometimes the events of trade. What must hold of such stock is among what holds of all stock
 * (`trade/invariants.ts`, and `conformance/world/soundness.ts` after every few hundred steps).
 */
export const warehouses: Part = {
  name: 'warehouses',
  cast: { miller: 'supplier', dealer: 'dealer' },
  actors: owners.map(warehouse),
  commands,
  invariants: [],
  async set(by) {
    for (const [at, of] of owners.entries()) {
      const digits = `69012340001${at}`;
      const place = { name_zh: `${of}二号库`, gln: digits + gs1CheckDigit(digits) };
      const { id } = await by(of, 'place.create', { body: { ...place, kind: 'warehouse' } });
      const keeping = { kept_by: 'events', reason: '上线仓库系统' } as const;
      await by(of, 'place.keep_stock', { params: { id }, body: keeping });
    }
  },
};
