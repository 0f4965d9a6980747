import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstIdAt } from '../../src/kernel/ids.ts';
import { exportFacts, forgetWhatIsDue, recordFacts, sealAll } from '../../src/kernel/index.ts';
import { sealBatch } from '../../src/kernel/trust/sealing.ts';
import { deliverDue } from '../../src/kernel/webhooks/courier.ts';
import { webhookKeysOf } from '../../src/kernel/webhooks/signing-key.ts';
import { operations } from '../../web/src/generated/api.ts';
import { brokenStatement, isScene, laidOut, statementsOf } from './statements/statement-rules.ts';
import { tellCollections } from './world/collections.ts';
import { tellRights } from './world/data-rights.ts';
import { tellGoods } from './world/goods-events.ts';
import {
  tellDetours,
  tellDocuments,
  tellLate,
  tellMembers,
  tellMoney,
  tellWebhooks,
} from './world/other-commands.ts';
import { tellRecalls } from './world/recalls.ts';
import { tellReleases } from './world/releases.ts';
import { tellScans } from './world/scans.ts';
import { unsound } from './world/soundness.ts';
import { tellStockroom } from './world/stockroom.ts';
import { tellStandingQueries, tellSubscriptions } from './world/subscriptions.ts';
import { sweep } from './world/sweep.ts';
import { tap } from './world/tap.ts';
import { cast, type Player, type Story, tellStory } from './world/trade-story.ts';
import { openWorld, type World } from './world/world.ts';

const heard = new Set<string>();
const called = new Set<string>();
let world: World<Player>;
let story: Story;
let owned: Set<string>;
let failed: string[];

/** One id of each kind that no command of the story answers. */
async function kept(): Promise<string[]> {
  const { rows } = await world.test.store.database.owner.query(
    `(select id from entry where owner_id = $1 limit 1) union all
     (select fact_id from sealed_fact where $1 = any(parties)
        order by position desc limit 1) union all
     (select id from document where owner_id = $1 order by tree is null limit 1) union all
     (select id from collection_ask where owner_id = $1 order by form_id limit 1) union all
     (select id from report where owner_id = $1 limit 1) union all
     (select id from form limit 1) union all
     (select id from release where is_published limit 1) union all
     (select id from webhook where owner_id = $1 limit 1) union all
     (select id from event where capturer_id = $1 order by id desc limit 1)`,
    [world.parties.maker.id],
  );
  return rows.map((row) => row.id as string);
}

/** More facts than a tile holds; then a first leaf is sealed alone, and behind it all others. */
async function seal({ test, chain, parties, as }: World<Player>): Promise<void> {
  const { id } = parties.maker;
  const fact = { type: 'goods.place.opened', subject: id, parties: [id], body: {} };
  await as('maker', (tx) => recordFacts(tx, Array(300).fill(fact)));
  const { privateKey } = generateKeyPairSync('ed25519');
  await sealBatch(test.store, chain.id, privateKey, firstIdAt(new Date(0)), 1);
  await sealAll(test.store, privateKey);
  await exportFacts(test.store, chain.id, async () => {});
}

const hear = (message: string) => {
  for (const text of statementsOf(message)) heard.add(text);
  return undefined;
};

type Watch = ReturnType<typeof tap>;

/** What is told is taken, refused, sent away for good, and withheld; then its owner leaves. */
async function deliver({ test, parties }: World<Player>, watchOwner: Watch): Promise<void> {
  const { store, clock } = test;
  const keys = await webhookKeysOf([generateKeyPairSync('ed25519').privateKey]);
  const said = [204, 500, 410];
  const send = async () => {
    const status = said.shift() ?? 204;
    const error = status < 300 ? null : ('status' as const);
    return { error, status, excerpt: null, retry_after: null };
  };
  const go = async () => {
    watchOwner(hear);
    await deliverDue({ store, keys, send });
    watchOwner(null);
    clock.set(new Date(clock.now().getTime() + 60_000));
  };
  const { owner } = store.database;
  const again = () =>
    owner.query(`update webhook set state = 'active', due_at = $1 where owner_id = $2`, [
      clock.now().toISOString(),
      parties.maker.id,
    ]);
  const stay = (status: string) =>
    owner.query('update member set status = $1 where party_id = $2', [status, parties.maker.id]);
  await go();
  await go();
  await again();
  await owner.query(
    `update webhook_message set fact_id = id, next_at = queued_at where state = 'waiting'`,
  );
  await go();
  await stay('left');
  await again();
  await go();
  await stay('active');
}

async function listen(): Promise<void> {
  const { app, owner } = world.test.store.database;
  const watch = tap(app);
  watch(hear);
  story = await tellStory(world);
  const watchOwner = tap(owner);
  watchOwner(hear);
  await seal(world);
  watchOwner(null);
  const { order, despatch, receipt, invoice, payment, agreement } = story;
  const ids = [order, despatch, receipt, invoice, payment, agreement].map(({ id }) => id);
  const keys = [world.keys.maker, world.keys.stranger];
  failed = await sweep(world, keys, [...ids, story.photo.id, ...story.products]);
  await tellDocuments(world);
  await tellDetours(world, story);
  await tellMoney(world, story);
  await tellGoods(world);
  await tellStockroom(world);
  await tellSubscriptions(world, async (work) => {
    watchOwner(hear);
    await work();
    watchOwner(null);
  });
  await tellStandingQueries(world);
  await tellCollections(world);
  await tellReleases(world);
  await tellWebhooks(world);
  await deliver(world, watchOwner);
  failed.push(...(await sweep(world, keys, [world.parties.dealer.id, ...ids, ...(await kept())])));
  await tellRecalls(world, story);
  await tellScans(world);
  await tellRights(world, story);
  await tellMembers(world, story);
  await tellLate(world);
  watchOwner(hear);
  await forgetWhatIsDue(world.test.store);
  watchOwner(null);
  watch(null);
}

beforeAll(async () => {
  world = await openWorld(cast);
  world.server.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode >= 300) return;
    called.add(`${request.method} ${request.routeOptions.url?.replaceAll(/:(\w+)/g, '{$1}')}`);
  });
  const { rows } = await world.test.store.database.owner.query(
    `select relname from pg_class c join pg_attribute a on a.attrelid = c.oid
      where a.attname = 'chain_id' and c.relkind in ('r', 'p') and not a.attisdropped`,
  );
  owned = new Set(rows.map((row) => row.relname as string));
  await listen();
}, 180_000);
afterAll(() => world?.close());

describe('what the application says to its database', () => {
  it('was heard on every route', () => {
    const silent = Object.entries(operations)
      .filter(([, { method, path }]) => !called.has(`${method} ${path}`))
      .map(([name]) => name);
    expect(silent).toEqual([]);
    expect(failed).toEqual([]);
  });

  it('keeps the rules of storage past one machine', () => {
    const broken = [...heard]
      .filter((text) => !isScene(text))
      .flatMap((text) => brokenStatement(text, owned).map((why) => `${why}: ${text}`));
    expect(broken).toEqual([]);
  });

  it('is what was reviewed', async () => {
    const texts = [...heard].filter((text) => !isScene(text)).toSorted();
    const head =
      '-- Every statement that the application runs in the conformance story, in normal form.\n' +
      '-- Made by `npx vitest run test/conformance/statements.test.ts -u`; review changes.\n\n';
    const page = `${head}${texts.map((text) => `${laidOut(text)};\n`).join('\n')}`;
    await expect(page).toMatchFileSnapshot('../../docs/reference/statements.sql');
  });

  it('left everything sound', async () => {
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  });
});

describe('a statement that breaks a rule is named', () => {
  const tables = new Set(['purchase_order', 'order_line', 'fact']);
  const filtered = 'from purchase_order where chain_id = $';
  it.each([
    ['not held', 'select id from purchase_order where id = $'],
    ['not held', 'update "purchase_order" set "state" = $ where "id" = $'],
    ['not held', 'insert into "fact" ("id") values ($)'],
    [
      'order_line l is not held',
      `select 1 ${filtered} and id in (select order_id from order_line l)`,
    ],
    [
      'order_line l is not held',
      'select 1 from "purchase_order" as "o" join "order_line" as "l" ' +
        'on "l"."order_id" = "o"."id" where "o"."chain_id" = $',
    ],
    [
      'no chain is given',
      'select 1 from purchase_order o join order_line l on l.chain_id = o.chain_id',
    ],
    ['set_config', `select set_config('jingwei.chain_id', $, true)`],
    ['SET LOCAL', 'set jingwei.chain_id = $'],
    ['tx.now', `select now() ${filtered}`],
    ['tx.now', `update purchase_order set changed_at = current_timestamp where chain_id = $`],
    ['application', `select gen_random_uuid() ${filtered}`],
    ['advisory', 'select pg_advisory_xact_lock($)'],
    ['row security', `insert into fact (chain_id, id) select chain_id, id ${filtered}`],
    ['recursive', 'with recursive n as (select 1 union all select i + 1 from n) select * from n'],
  ])('%s: %s', (why, text) => {
    expect(brokenStatement(text, tables).join()).toMatch(new RegExp(why));
  });

  it.each([
    'select "o"."id" from "purchase_order" as "o" left join "order_line" as "l" on ' +
      '"l"."chain_id" = "o"."chain_id" and "l"."order_id" = "o"."id" where "o"."chain_id" = $',
    'insert into fact (chain_id, id) select chain_id, id from purchase_order where chain_id = $ ' +
      'on conflict do nothing',
    'insert into "fact" ("chain_id", "id") values ($, $)',
    'with "fact" as (select 1 from purchase_order where chain_id = $) select * from "fact"',
    'select 1 from chain where slug = $',
  ])('and one that keeps them is not: %s', (text) => {
    expect(brokenStatement(text, tables)).toEqual([]);
  });

  it.each(['set local role postgres', 'begin isolation level serializable', 'set local x = 1'])(
    '%s is no scene of ours',
    (text) => {
      expect(isScene(text)).toBe(false);
    },
  );
});
