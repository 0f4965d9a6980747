import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { recordFacts } from '../trust/facts.ts';
import { sealAll } from '../trust/sealer.ts';
import type { Courier } from './courier.ts';
import { listMessages } from './messages.ts';
import { webhookKeysOf } from './signing-key.ts';
import { newKey, openReceiver, type Receiver, rulesFor } from './testing.ts';
import { createWebhook } from './webhooks.ts';

export type Name = 'maker' | 'dealer' | 'stranger';
type Chain = Awaited<ReturnType<typeof openTestChain<Name>>>;

type Props = { test: TestStore; chain: Chain; receiver: Receiver; courier: Courier };

/**
 * A database for one test file; for each test a chain of three and a receiver that may be called,
 * and nothing left of what the test before had waiting. Its parts are there while a test runs.
 */
export function stageForWebhooks() {
  const props = {} as Props;
  const sealKey = newKey();
  beforeAll(async () => {
    // The reference library of the signatures looks at the machine's own clock.
    props.test = await openTestStore([], { start: new Date().toISOString() });
    props.courier = { store: props.test.store, keys: await webhookKeysOf([newKey()]) };
  }, 60_000);
  afterAll(() => props.test?.close());
  beforeEach(async () => {
    const { test } = props;
    test.clock.set(new Date());
    props.receiver = await openReceiver();
    test.store.call_rules = rulesFor(props.receiver);
    const roles = { maker: 'core', dealer: 'dealer', stranger: 'supplier' } as const;
    props.chain = await openTestChain<Name>(test.store, roles);
  });
  afterEach(async () => {
    await props.test.store.database.owner.query('delete from webhook');
    await props.receiver.close();
  });
  return Object.assign(props, actsOn(props, sealKey));
}

function actsOn(props: Props, sealKey: ReturnType<typeof newKey>) {
  const seal = () => sealAll(props.test.store, sealKey);
  return {
    seal,
    later: (seconds: number) =>
      props.test.clock.set(new Date(props.test.clock.now().getTime() + seconds * 1_000)),
    /** Facts of the maker that the named parties see, numbered, and sealed. */
    async happen(count: number, sees: readonly Name[] = ['maker'], type = 'test.thing.happened') {
      const { as, parties } = props.chain;
      const facts = Array.from({ length: count }, (_, n) => ({
        type,
        subject: parties.maker.id,
        parties: sees.map((name) => parties[name].id),
        body: { n, text: '水饺', amount_minor: 12n },
      }));
      const ids = await as('maker', (tx) => recordFacts(tx, facts));
      await seal();
      return ids;
    },
    subscribe: (name: Name, given: Partial<Parameters<typeof createWebhook>[1]> = {}) =>
      props.chain.as(name, (tx) =>
        createWebhook(tx, { url: props.receiver.url, description: 'ERP', kinds: [], ...given }),
      ),
    messagesOf: async (name: Name, id: string) =>
      (await props.chain.as(name, (tx) => listMessages(tx, id, { limit: 200 }))).items,
    /** The facts that came to the receiver, in order. */
    told: () => props.receiver.calls.map(({ json }) => json.data.id),
    /** The messages that they came in. */
    ids: () => props.receiver.calls.map(({ id }) => id),
  };
}
