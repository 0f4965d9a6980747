import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileStock } from '../reconciliation.ts';
import { rebuildFromEvents } from './rebuilding.ts';
import { declaredWrong, kilos, openWarehouse, warehouseEvent } from './testing.ts';

let house: Awaited<ReturnType<typeof openWarehouse>>;
beforeAll(async () => {
  house = await openWarehouse();
  await house.keep('events');
});
afterAll(() => house.close());

type Said = {
  lot: string;
  minute: number;
  is: 'in' | 'out' | 'count';
  quantity: number;
  /** Declared wrong: never, before it comes, or after. */
  void: 'never' | 'before' | 'after';
  twice: boolean;
};

/** The plain rule, for one lot: the last count, and what has moved behind it. */
function expected(said: readonly Said[]): number {
  const live = said.filter((one) => one.void === 'never');
  const counts = live.filter(({ is }) => is === 'count');
  const last = counts.sort((one, other) => other.minute - one.minute)[0];
  const behind = live.filter(
    ({ is, minute }) => is !== 'count' && (last === undefined || minute > last.minute),
  );
  return behind.reduce(
    (sum, { is, quantity }) => sum + (is === 'in' ? quantity : -quantity),
    last?.quantity ?? 0,
  );
}

const steps = { in: 'receiving', out: 'shipping', count: 'cycle_counting' } as const;

function documentsOf(said: readonly Said[], run: string, cuts: readonly number[]): object[][] {
  const messages = said.flatMap((one) => {
    const event = warehouseEvent(
      one.minute,
      steps[one.is],
      kilos(`${run}${one.lot}`, one.quantity),
    );
    const wrong = declaredWrong(event);
    const plain = one.twice ? [event, event] : [event];
    if (one.void === 'before') return [wrong, ...plain];
    return one.void === 'after' ? [...plain, wrong] : plain;
  });
  const documents: object[][] = [];
  for (let at = 0; at < messages.length; ) {
    const size = 1 + (cuts[documents.length % cuts.length] ?? 0);
    documents.push(messages.slice(at, at + size));
    at += size;
  }
  return documents;
}

const saying = fc
  .uniqueArray(
    fc.record({
      lot: fc.constantFrom('A', 'B'),
      minute: fc.integer({ min: 1, max: 40 }),
      is: fc.constantFrom<Said['is']>('in', 'in', 'out', 'out', 'count'),
      quantity: fc.integer({ min: 1, max: 40 }).map((n) => n / 4),
      void: fc.constantFrom<Said['void']>('never', 'never', 'never', 'before', 'after'),
      twice: fc.boolean(),
    }),
    // Two counts of one lot at one time say two things; all else may share a minute.
    { selector: (one) => (one.is === 'count' ? `${one.lot} ${one.minute}` : one), maxLength: 14 },
  )
  .map((said) => said as Said[]);

test('stock is the last count and what moved behind it, in whatever order it came', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(saying, fc.array(fc.nat(4), { minLength: 1 }), async (said, cuts) => {
      run += 1;
      const name = `R${run}`;
      for (const events of documentsOf(said, name, cuts)) {
        const { capture } = await house.capture(events);
        expect(capture.errors).toEqual([]);
      }
      const found = new Map(
        (await house.stock())
          .map((row) => row.split(' '))
          .map(([lot, , quantity]) => [lot, Number(quantity)]),
      );
      for (const lot of ['A', 'B']) {
        const wanted = expected(said.filter((one) => one.lot === lot));
        expect(found.get(`${name}${lot}`) ?? 0, JSON.stringify(said)).toBe(wanted);
      }
      expect(await house.as('maker', reconcileStock)).toEqual([]);
    }),
    { numRuns: 25 },
  );
  const before = await house.stock();
  const rebuilt = await rebuildFromEvents((work) => house.as('maker', work));
  expect(rebuilt).toMatchObject({ entries: 0, rows: 0 });
  expect(await house.stock()).toEqual(before);
}, 120_000);
