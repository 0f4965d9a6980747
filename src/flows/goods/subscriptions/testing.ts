import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Letter, Outcome } from '../../../kernel/index.ts';
import {
  type Call,
  newKey,
  openReceiver,
  type Receiver,
  rulesFor,
  webhookKeysOf,
} from '../../../kernel/testing.ts';
import { documentOf, openRepository, type Repository } from '../binding/testing.ts';
import { type SubscriptionSender, sendDue } from './sender.ts';

export type Name = 'maker' | 'dealer' | 'rival';
type Props = { repository: Repository; receiver: Receiver; sender: SubscriptionSender };

export const dealerGln = '6945678000003';
const json = { 'content-type': 'application/json' };

/** An event of packing, or of whatever else, under a name of its own. */
export const eventNamed = (name: string, more: object = {}) => ({
  type: 'ObjectEvent',
  eventID: `urn:uuid:${name}`,
  eventTime: '2026-03-02T01:00:00.000Z',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'packing',
  epcList: [`https://id.gs1.org/01/06901234000016/21/${name}`],
  ...more,
});

/** The names of the events in a document that was sent, in its order. */
export function namesIn(body: string): string[] {
  const { eventList } = JSON.parse(body).epcisBody.queryResults.resultsBody;
  return (eventList as { eventID: string }[]).map(({ eventID }) =>
    eventID.replace('urn:uuid:', ''),
  );
}

export const answered = (status: number, retry_after: string | null = null): Outcome => ({
  error: status < 300 ? null : 'status',
  status,
  excerpt: null,
  retry_after,
});

/**
 * A repository for one test file with three firms and, for each test, a receiver of the maker's;
 * nothing is subscribed to that the test before has left.
 */
export function stageForSubscriptions() {
  const props = {} as Props;
  beforeAll(async () => {
    props.repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
    const { database } = props.repository.test.store;
    await database.owner.query('update party set gln = $2 where id = $1', [
      props.repository.parties.dealer.id,
      dealerGln,
    ]);
  }, 60_000);
  afterAll(() => props.repository?.close());
  beforeEach(async () => {
    const { test, send } = props.repository;
    // Ids never go back, nor does the clock: what the test before has recorded is long ago.
    test.clock.set(new Date(test.clock.now().getTime() + 86_400_000));
    props.receiver = await openReceiver();
    props.receiver.answers(() => ({ status: 200 }));
    test.store.call_rules = rulesFor(props.receiver);
    props.sender = { store: test.store, keys: await webhookKeysOf([newKey()]) };
    const body = JSON.stringify({ name: 'packs', query: { EQ_bizStep: ['packing'] } });
    for (const name of ['maker', 'dealer'] as const) {
      await send(name, 'POST', '/queries', { headers: json, body });
    }
  });
  afterEach(async () => {
    const { owner } = props.repository.test.store.database;
    await owner.query('delete from query_subscription');
    await owner.query('delete from subscription_event');
    await owner.query('delete from named_query');
    await props.receiver.close();
  });
  return Object.assign(props, actsOn(props));
}

function actsOn(props: Props) {
  const ask = (name: Name, more: object, headers: Record<string, string> = {}, query = 'packs') =>
    props.repository.send(name, 'POST', `/queries/${query}/subscriptions`, {
      headers: { ...json, ...headers },
      body: JSON.stringify({ dest: props.receiver.url, ...more }),
    });
  return {
    later: (seconds: number) => {
      const { clock } = props.repository.test;
      clock.set(new Date(clock.now().getTime() + seconds * 1_000));
    },
    capture: async (name: Name, events: readonly object[]) => {
      const given = { headers: json, body: documentOf(events) };
      const { status, body } = await props.repository.send(name, 'POST', '/capture', given);
      if (status !== 202) throw new Error(body);
    },
    ask,
    /** Subscribes, and gives the path of the subscription. */
    async subscribe(name: Name, more: object = { stream: true }, query = 'packs') {
      const reply = await ask(name, more, {}, query);
      if (reply.status !== 201) throw new Error(reply.body);
      return String(reply.headers.location).replace('/epcis', '');
    },
    show: async (name: Name, at: string) =>
      JSON.parse((await props.repository.send(name, 'GET', at)).body),
    /** Sends what is due, by whatever door a test gives it. */
    go: (send?: (letter: Letter) => Promise<Outcome>) =>
      sendDue(send ? { ...props.sender, send } : props.sender),
    /** The events that the receiver was sent, document by document. */
    told: () =>
      props.receiver.calls
        .filter(({ headers }: Call) => headers['content-type'] === 'application/json')
        .map(({ body }) => namesIn(body)),
  };
}
