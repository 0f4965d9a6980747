import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { operations } from '../../web/src/generated/api.ts';
import { say } from '../conformance/world/client.ts';
import { tellCollections } from '../conformance/world/collections.ts';
import { tellRights } from '../conformance/world/data-rights.ts';
import { type Send, sender, tellGoods } from '../conformance/world/goods-events.ts';
import {
  tellDetours,
  tellDocuments,
  tellMembers,
  tellMoney,
  tellWebhooks,
} from '../conformance/world/other-commands.ts';
import { tellRecalls } from '../conformance/world/recalls.ts';
import { tellReleases } from '../conformance/world/releases.ts';
import { tellScans } from '../conformance/world/scans.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { tellStockroom } from '../conformance/world/stockroom.ts';
import { tellStandingQueries } from '../conformance/world/subscriptions.ts';
import { tap } from '../conformance/world/tap.ts';
import {
  type By,
  cast,
  type Player,
  plainly,
  tellStory,
} from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';

const failsThere = `do $$ begin raise exception 'broken on purpose'; end $$`;
/** The server ends the connection: whoever holds it hears of it with the next answer. */
const killsItself = 'select pg_terminate_backend(pg_backend_pid())';
const collides = `do $$ begin raise exception 'on purpose' using errcode = '40001'; end $$`;

let world: World<Player>;
let watch: ReturnType<typeof tap>;

/** From now on each statement that writes leaves a line of it, gone with its transaction. */
const writesAreKept = `
  create table written (at bigint generated always as identity primary key, what text not null);
  create function keep_written() returns trigger language plpgsql security definer as
    $$ begin insert into written (what) values (tg_op || ' ' || tg_table_name); return null; end $$;
  do $$ declare one regclass; begin
    for one in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'written'
    loop
      execute format('create trigger zz_keep_written after insert or update or delete on %s
        for each statement execute function keep_written()', one);
    end loop;
  end $$`;

beforeAll(async () => {
  world = await openWorld(cast);
  watch = tap(world.test.store.database.app);
  await world.test.store.database.owner.query(writesAreKept);
}, 60_000);
afterAll(() => world?.close());

/** All that was ever written, and kept. */
async function writes(): Promise<unknown> {
  const { rows } = await world.test.store.database.owner.query(
    'select count(*), max(at), (select what from written order by at desc limit 1) from written',
  );
  return rows;
}

/** In which ways a statement can break, and what its client is told then. */
const breaks = {
  'in the database': 500,
  'before it is sent': 500,
  // Nobody knows what became of it: only asking again under the same key tells.
  'with its connection': 503,
} as const;
type Break = keyof typeof breaks;
/** PGlite is one connection, in our own process: nothing can cut it. */
const ways = (Object.keys(breaks) as Break[]).filter(
  (how) => how !== 'with its connection' || inject('postgres') !== null,
);

/** Breaks the n-th statement of whatever is asked next; says whether there was one. */
function breakAt(n: number, how: Break): () => boolean {
  let count = 0;
  watch((text) => {
    if (text === 'rollback' || ++count !== n) return undefined;
    if (how !== 'before it is sent') {
      const instead = how === 'in the database' ? failsThere : killsItself;
      return text.startsWith('begin') ? `begin; ${instead}` : instead;
    }
    throw new Error('broken on purpose');
  });
  return () => {
    watch(null);
    return count >= n;
  };
}

const broken = new Map<string, number>();
// Two transactions, and the second one only signs in who has joined by the first.
const inTwoSteps = new Set<string>(['invitation.accept']);

/**
 * Asks with one key until nothing breaks: at every statement of the command, in each way. What
 * failed must have left nothing behind, and the last, unbroken try must find a clean table.
 */
const stubbornly: By = async (who, name, given = {}) => {
  const plain = plainly(world);
  if (operations[name].method === 'GET' || inTwoSteps.has(name)) return plain(who, name, given);
  const headers = { ...given.headers, 'idempotency-key': world.test.store.newId() };
  const before = await writes();
  for (let n = 1; n < 300; n++) {
    for (const how of ways) {
      const wasBroken = breakAt(n, how);
      const { status, body } = await say(world.server, world.keys[who], name, {
        ...given,
        headers,
      });
      const at = `${name}, statement ${n} broken ${how}: ${body}`;
      if (!wasBroken()) {
        expect(status, at).toBeLessThan(300);
        expect(await writes(), at).not.toEqual(before);
        return JSON.parse(body);
      }
      expect(status, at).toBe(breaks[how]);
      expect(await writes(), at).toEqual(before);
      broken.set(name, n);
    }
  }
  throw new Error(`${name} has no end.`);
};

/** The same for what a system sends to the binding of EPCIS, which knows an event by its name. */
const sendStubbornly: Send = async (who, method, path, given) => {
  const send = sender(world);
  if (method === 'GET') return send(who, method, path, given);
  const before = await writes();
  for (let n = 1; n < 300; n++) {
    for (const how of ways) {
      const wasBroken = breakAt(n, how);
      const said = await send(who, method, path, given);
      if (!wasBroken()) return said;
      const at = `${method} ${path}, statement ${n} broken ${how}: ${said.body}`;
      expect(said.status, at).toBe(breaks[how]);
      const words = path.startsWith('/epcis')
        ? 'epcisException:ImplementationException'
        : 'kernel.';
      expect(said.body, at).toContain(words);
      expect(await writes(), at).toEqual(before);
      broken.set(`${method} ${path.split('/').slice(0, 3).join('/')}`, n);
    }
  }
  throw new Error(`${path} has no end.`);
};

describe('a command that breaks at any of its statements', () => {
  it('leaves nothing behind of goods that a system tells of', async () => {
    await tellGoods(world, stubbornly, sendStubbornly);
    for (const one of ['capture', 'events', 'queries']) {
      expect(broken.get(`POST /epcis/${one}`), one).toBeGreaterThan(4);
    }
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  }, 300_000);

  it('leaves nothing behind of stock that a warehouse moves', async () => {
    await tellStockroom(world, stubbornly, sendStubbornly);
    expect(broken.get('place.keep_stock')).toBeGreaterThan(6);
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  }, 600_000);

  it('leaves nothing behind, and is done once when it is asked again', async () => {
    const story = await tellStory(world, stubbornly);
    await tellDocuments(world, stubbornly);
    await tellDetours(world, story, stubbornly);
    await tellMoney(world, story, stubbornly);
    await tellStandingQueries(world, stubbornly);
    await tellCollections(world, stubbornly);
    await tellReleases(world, stubbornly);
    await tellWebhooks(world, stubbornly);
    await tellRecalls(world, story, stubbornly);
    await tellScans(world, stubbornly);
    await tellRights(world, story, stubbornly);
    await tellMembers(world, story, stubbornly);
    expect(broken.size).toBeGreaterThan(30);
    expect(broken.get('despatch.send')).toBeGreaterThan(10);
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  }, 600_000);

  it('is tried again by itself where it only collided', async () => {
    const body = {
      seller_id: world.parties.maker.id,
      requested_on: '2026-12-01',
      lines: [{ name: '面粉', unit: 'KGM', quantity: '1', price: '3' }],
    };
    for (let n = 2; n < 40; n++) {
      let count = 0;
      watch((text) => {
        if (text === 'rollback' || ++count !== n) return undefined;
        return text.startsWith('begin') ? `begin; ${collides}` : collides;
      });
      const number = `C-${n}`;
      const given = { body: { ...body, number }, headers: { 'idempotency-key': number } };
      const { status, body: said } = await say(
        world.server,
        world.keys.dealer,
        'order.place',
        given,
      );
      watch(null);
      expect(status, `statement ${n}: ${said}`).toBe(201);
    }
    const { rows } = await world.test.store.database.owner.query(
      `select count(*)::int as all, count(distinct number)::int as numbers from purchase_order
        where number like 'C-%'`,
    );
    expect(rows[0]).toEqual({ all: 38, numbers: 38 });
  });

  const behind = ways.filter((how) => how !== 'before it is sent');
  it.each(behind)('is done once where it broke %s, behind the commit', async (how) => {
    const number = `LOST-${how}`;
    const given = {
      body: {
        number,
        seller_id: world.parties.maker.id,
        requested_on: '2026-12-01',
        lines: [{ name: '面粉', unit: 'KGM', quantity: '1', price: '3' }],
      },
      headers: { 'idempotency-key': number },
    };
    const breaking = how === 'in the database' ? failsThere : killsItself;
    watch((text) => (text === 'commit' ? `commit; ${breaking}` : undefined));
    const first = await say(world.server, world.keys.dealer, 'order.place', given);
    watch(null);
    expect(first.status).toBe(breaks[how]);
    const again = await say(world.server, world.keys.dealer, 'order.place', given);
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    const { rows } = await world.test.store.database.owner.query(
      `select 1 from purchase_order where number = $1`,
      [number],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('a transaction that could not be opened', () => {
  it('does nothing on PGlite, where its role is all that holds it back', async () => {
    const small = await openWorld(cast, { place: 'pglite' });
    try {
      const { owner, app } = small.test.store.database;
      const countRows = async () =>
        (
          await owner.query(
            `select (select count(*) from place) + (select count(*) from fact) as n`,
          )
        ).rows[0].n;
      const before = await countRows();
      const listen = tap(app);
      listen((text) => {
        if (text.startsWith('begin')) throw new Error('broken on purpose');
        return undefined;
      });
      const adding = small.as('maker', async (tx) =>
        tx.write(
          tx.db.insertInto('counter').values({
            chain_id: tx.chain,
            owner_id: tx.actor.party,
            series: 'loose',
            value: 1n,
          }),
        ),
      );
      await expect(adding).rejects.toThrow('broken on purpose');
      const said = await say(small.server, small.keys.maker, 'place.create', {
        body: { name_zh: '一号库', kind: 'warehouse' },
      });
      listen(null);
      expect(said.status).toBe(500);
      expect(await countRows()).toEqual(before);
      expect((await owner.query(`select 1 from counter where series = 'loose'`)).rows).toEqual([]);
    } finally {
      await small.close();
    }
  }, 60_000);
});
