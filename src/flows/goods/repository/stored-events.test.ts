import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../../kernel/testing.ts';
import type { EpcisEvent } from '../epcis/event.ts';
import { goods } from '../index.ts';
import { storeEvents } from './stored-events.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore([goods]);
});
afterAll(() => opened.close());

const events = Array.from(
  { length: 9 },
  (_, at): EpcisEvent => ({
    type: 'ObjectEvent',
    eventID: `urn:uuid:known-${at}`,
    eventTime: '2026-03-02T01:00:00.000Z',
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    epcList: ['https://id.gs1.org/01/06901234000016/21/A1'],
  }),
);
const declared = events.map((event) => ({
  ...event,
  errorDeclaration: { declarationTime: '2026-03-02T02:00:00.000Z' },
}));

const store = (tx: Tx, all: readonly EpcisEvent[]) =>
  storeEvents(
    tx,
    all.map((event) => ({
      ...{ event, parties: [tx.actor.party], prefixes: {}, capture_id: null, movement: null },
    })),
  );

/** So many transactions of this test wait for another. */
async function waiting(): Promise<number> {
  const { rows } = await opened.store.database.owner.query(
    `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0].n;
}

test('who tell of known events in other orders wait in one order, and once', async (context) => {
  if (opened.store.database.place === 'pglite') context.skip(); // it runs one at a time
  const { as } = await openTestChain(opened.store, { maker: 'core' });
  await as('maker', (tx) => store(tx, events));
  // One in the middle is under way, and comes to nothing: both of the others get as far as that.
  const stored = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const undone = as('maker', async (tx) => {
    await store(tx, declared.slice(4, 5));
    stored.resolve();
    await end.promise;
    throw new Error('undone');
  });
  await stored.promise;
  let tries = 0;
  const both = [declared, declared.toReversed()].map((all) =>
    as('maker', (tx) => {
      tries++;
      return store(tx, all);
    }),
  );
  await expect.poll(waiting, { timeout: 20_000 }).toBe(2);
  end.resolve();
  await expect(undone).rejects.toThrow('undone');
  const outcomes = (await Promise.all(both)).map((all) => all.map(({ outcome }) => outcome));
  expect(outcomes.flat().toSorted()).toEqual([
    ...declared.map(() => 'known'),
    ...declared.map(() => 'stored'),
  ]);
  expect(tries).toBe(2);
});
