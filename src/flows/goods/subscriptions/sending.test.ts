import { describe, expect, it } from 'vitest';
import { limits, listFacts, openLog, type Tx } from '../../../kernel/index.ts';
import { readEpcis } from '../epcis/read.ts';
import { type NewEvent, storeEvents } from '../repository/stored-events.ts';
import { sendDue, startSubscriptions } from './sender.ts';
import { answered, eventNamed, namesIn, stageForSubscriptions } from './testing.ts';

const stage = stageForSubscriptions();
const { later, capture, subscribe, show, go, told } = stage;
const pause_s = limits.epcis_subscription_interval_ms / 1_000;
const numbered = (count: number, word: string) =>
  Array.from({ length: count }, (_, at) => `${word}-${String(at).padStart(3, '0')}`);
const packed = (names: readonly string[]) => names.map((name) => eventNamed(name));

const until = async (done: () => boolean) => {
  for (let tries = 0; tries < 400 && !done(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** Events as a command stores them, so that a test has its transaction in hand. */
function store(tx: Tx, names: readonly string[], ...others: string[]): Promise<unknown> {
  const events = names.map((name): NewEvent => {
    const bare = { '@context': CONTEXT, ...eventNamed(name) };
    const { document } = readEpcis(Buffer.from(JSON.stringify(bare)));
    const [event] = document?.events ?? [];
    if (!event) throw new Error('an event that can be read');
    const parties = [tx.actor.party, ...others];
    return { event, parties, prefixes: {}, capture_id: null, movement: null };
  });
  return storeEvents(tx, events);
}
const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];

describe('an event that is committed late', () => {
  it('is told though others with later ids went before it', async () => {
    await subscribe('maker');
    let commit = () => {};
    const gate = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let begun = () => {};
    const stored = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { maker } = stage.repository.parties;
    const slow = stage.repository.as('dealer', async (tx) => {
      await store(tx, ['slow'], maker.id);
      begun();
      await gate;
    });
    await stored;
    later(1);
    await capture('maker', packed(['quick-1']));
    await go();
    expect(told()).toEqual([['quick-1']]);
    // As long as a transaction may take, and more events all the while.
    for (let minute = 1; minute <= limits.transaction_ms / 60_000; minute++) {
      later(60);
      await capture('maker', packed([`quick-1${minute}`]));
      await go();
    }
    commit();
    await slow;
    later(limits.epcis_subscription_sweep_ms / 1_000);
    await go();
    const names = told().flat();
    expect(names.at(-1)).toBe('slow');
    expect(names.length).toBe(new Set(names).size);
    // Notes of what was sent are kept no longer than something may come beside it.
    later(limits.epcis_subscription_overlap_ms / 1_000 + 1);
    await go();
    const { owner } = stage.repository.test.store.database;
    const { rows } = await owner.query('select event_id from subscription_event');
    expect(rows).toEqual([]);
    expect(told().flat()).toEqual(names);
  });
});

describe('a receiver that is away', () => {
  it('for a day gets everything in order once it answers', async () => {
    const at = await subscribe('maker');
    stage.receiver.answers(() => ({ status: 503 }));
    const names = numbered(250, 'day');
    for (let hour = 0; hour < 25; hour++) {
      await capture('maker', packed(names.slice(hour * 10, hour * 10 + 10)));
      later(3_600);
      await go();
    }
    expect((await show('maker', at)).lastNotifiedAt).toBeUndefined();
    const tries = stage.receiver.calls.length;
    // 5 s, 5 min, 30 min, 2, 5, 10 h: about as often as the schedule of webhooks has it.
    expect(tries).toBeLessThan(12);
    expect(new Set(stage.receiver.calls.map(({ body }) => namesIn(body)[0]))).toEqual(
      new Set(['day-000']),
    );
    stage.receiver.answers(() => ({ status: 200 }));
    later(86_400);
    while ((await go()) > 0) later(pause_s);
    expect(told().slice(tries).flat()).toEqual(names);
    const most = Math.max(...told().map(({ length }) => length));
    expect(most).toBeLessThanOrEqual(limits.epcis_subscription_events);
  });

  it('is waited for as long as it asks; a success that is not 200 is no 200', async () => {
    const at = await subscribe('maker');
    await capture('maker', packed(['asked']));
    await go(async () => answered(429, '7200'));
    later(7_000);
    expect(await go()).toBe(0);
    later(201);
    stage.receiver.answers(() => ({ status: 202 }));
    expect(await go()).toBe(1);
    expect((await show('maker', at)).lastNotifiedAt).toBeUndefined();
    later(pause_s);
    expect(await go()).toBe(0);
    expect(told()).toEqual([['asked']]);
  });

  it.each([
    [503, limits.webhook_failing_days, 'failing'],
    [410, 0, 'gone'],
  ] as const)(
    'and answers %i is left after %i days, and its owner told',
    async (status, days, off) => {
      const at = await subscribe('maker');
      await capture('maker', packed([`left-${status}`]));
      for (let day = 0; day <= days + 1; day++) {
        await go(async () => answered(status));
        later(86_401);
      }
      const shown = await show('maker', at);
      expect(shown).toMatchObject({ state: 'off', offReason: off });
      const { items } = await stage.repository.as('maker', (tx) => listFacts(tx, { limit: 5 }));
      expect(items).toContainEqual(
        expect.objectContaining({
          type: 'goods.subscription.switched_off',
          body: { reason: off, query_name: 'packs' },
        }),
      );
      const { owner } = stage.repository.test.store.database;
      const { rows } = await owner.query(
        `select kind from security_event order by happened_at desc, id desc limit 1`,
      );
      expect(rows).toEqual([{ kind: 'webhook_switched_off' }]);
      expect(await go()).toBe(0);
      // Whoever subscribes anew from there on has missed nothing.
      await subscribe('maker', { stream: true, initialRecordTime: shown.minRecordTime });
      await go();
      expect(told().flat()).toContain(`left-${status}`);
    },
  );
});

describe('a receiver that takes little at once', () => {
  it('is sent halves until it takes them, and everything in order', async () => {
    await subscribe('maker');
    const most = 12;
    stage.receiver.answers(({ body }) => ({
      status: namesIn(body).length > most ? 413 : 200,
    }));
    const names = numbered(130, 'half');
    await capture('maker', packed(names));
    await go();
    const sizes = told().map(({ length }) => length);
    expect(sizes.slice(0, 5)).toEqual([100, 50, 25, 12, 13]);
    const taken = told().filter(({ length }) => length <= most);
    expect(taken.flat()).toEqual(names);
  });

  it('keeps one event that is too large by itself, and its owner knows', async () => {
    await subscribe('maker');
    stage.receiver.answers(({ body }) => ({ status: body.includes('huge') ? 413 : 200 }));
    await capture('maker', packed(['small-1', 'huge', 'small-2']));
    await go();
    const taken = told().filter((names) => !names.includes('huge'));
    expect(taken.flat()).toEqual(['small-1', 'small-2']);
    const { items } = await stage.repository.as('maker', (tx) => listFacts(tx, { limit: 5 }));
    const fact = items.find(({ type }) => type === 'goods.subscription.event_set_aside');
    const { owner } = stage.repository.test.store.database;
    const { rows } = await owner.query(`select id from event where event_uri = 'urn:uuid:huge'`);
    expect(fact?.body).toMatchObject({ event_id: rows[0]?.id });
  });
});

describe('several servers on one database', () => {
  it('send each event once between them, and to one receiver one document at a time', async () => {
    await subscribe('maker');
    stage.receiver.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return { status: 200 };
    });
    const names = numbered(900, 'shared');
    for (let at = 0; at < names.length; at += 300) {
      await capture('maker', packed(names.slice(at, at + 300)));
    }
    const log = openLog('silent');
    const servers = [1, 2, 3].map(() => startSubscriptions(stage.sender, log));
    await until(() => told().flat().length >= names.length);
    await Promise.all(servers.map((one) => one.stop()));
    expect(told().flat()).toEqual(names);
    expect(stage.receiver.mostAtOnce()).toBe(1);
  }, 60_000);

  it('follow one that was killed behind its call, with the same document', async () => {
    await subscribe('maker');
    await capture('maker', packed(['twice-1', 'twice-2']));
    const ids: (string | undefined)[] = [];
    let reached = () => {};
    const dying = new Promise<void>((resolve) => {
      reached = resolve;
    });
    sendDue({
      ...stage.sender,
      // The receiver has it; whoever sent it is gone before it can write that down.
      send: ({ headers }) => {
        ids.push(headers['webhook-id']);
        reached();
        return new Promise(() => {});
      },
    }).catch(() => {});
    await dying;
    expect(await go()).toBe(0);
    await capture('maker', packed(['behind']));
    later(limits.webhook_lease_ms / 1_000 + 1);
    await go();
    expect(told()).toEqual([['twice-1', 'twice-2'], ['behind']]);
    expect(stage.receiver.calls[0]?.id).toBe(ids[0]);
  });

  it('stop within their time though a receiver hangs; the next has the document', async () => {
    await subscribe('maker');
    stage.receiver.answers(() => new Promise(() => {}));
    await capture('maker', packed(['hangs']));
    const server = startSubscriptions(stage.sender, openLog('silent'));
    await until(() => stage.receiver.calls.length === 1);
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(limits.stop_ms);
    stage.receiver.answers(() => ({ status: 200 }));
    expect(await go()).toBe(1);
    expect(told()).toEqual([['hangs'], ['hangs']]);
  });
});
