import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modules } from '../../src/app/modules.ts';
import { appRole, keeperRole, sealerRole } from '../../src/kernel/db/place.ts';
import { openTestStore, type TestStore } from '../../src/kernel/testing.ts';
import { readCatalogue } from './catalogue/catalogue.ts';
import { brokenRules, type Finding } from './catalogue/day-one-rules.ts';

let test: TestStore;
let client: pg.PoolClient;

beforeAll(async () => {
  test = await openTestStore(modules);
  client = await test.store.database.owner.connect();
});
afterAll(async () => {
  client.release();
  await test.close();
});

const broken = async () =>
  brokenRules(await readCatalogue(client, appRole, sealerRole, keeperRole));

/** What is wrong once `sql` has run; nothing of it stays. */
async function brokenAfter(sql: string): Promise<Finding[]> {
  await client.query('begin');
  try {
    await client.query(sql);
    return await broken();
  } finally {
    await client.query('rollback');
  }
}

const table = (rest = '') =>
  `create table bad (chain_id uuid not null, id uuid not null, owner_id uuid not null,
     primary key (chain_id, id)); ${rest}`;
const walled = (rest = '') =>
  table(`call shard('bad', reads => 'owner_id = :actor', writes => 'owner_id = :actor',
    changes => 'update'); ${rest}`);

describe('the day-one rules of storage', () => {
  it('hold for every table of every module', async () => {
    expect(await broken()).toEqual([]);
  });

  it('have nothing against a table that keeps them', async () => {
    expect(await brokenAfter(walled())).toEqual([]);
  });
});

/** Each rule with a table (or another thing) that breaks it and nothing else. */
const seeds: [rule: RegExp, sql: string, at?: string][] = [
  [/row-level security is off/, table()],
  [/not forced/, walled('alter table bad no force row level security')],
  [/no policy says who may read/, walled('drop policy reads on bad')],
  [/UPDATE is granted and no policy/, walled('drop policy changes on bad')],
  [/DELETE is granted and no policy/, walled('grant delete on bad to jingwei_app')],
  [
    /sub-select/,
    walled(`create policy more on bad for select using (chain_id =
      nullif(current_setting('jingwei.chain_id', true), '')::uuid and exists (select 1))`),
  ],
  [
    /does not hold the row to its chain/,
    walled(`create policy more on bad for select using (true)`),
  ],
  [
    /does not hold the row to its chain/,
    walled(`create policy more on bad for select using (owner_id is not null or chain_id =
      nullif(current_setting('jingwei.chain_id', true), '')::uuid)`),
  ],
  [
    /does not hold the row to its chain/,
    walled(`create policy more on bad for select using (chain_id =
      nullif(current_setting('jingwei.chain_id', true), '')::uuid or owner_id = id)`),
  ],
  [
    /calls coalesce\(\)/,
    walled(`create policy more on bad for select using (chain_id =
      nullif(current_setting('jingwei.chain_id', true), '')::uuid
      and coalesce(owner_id, id) = id)`),
  ],
  [
    /restrictive/,
    walled(`create policy more on bad as restrictive for select using (chain_id =
      nullif(current_setting('jingwei.chain_id', true), '')::uuid)`),
  ],
  [/one policy for every command/, walled(`create policy more on bad using (true)`)],
  [/chain_id is text/, 'create table bad (chain_id text primary key)'],
  [/chain_id may be null/, 'create table bad (chain_id uuid, id uuid)'],
  [
    /chain_id has a default/,
    walled(`alter table bad alter chain_id set default '${'0'.repeat(32)}'`),
  ],
  [/no primary key/, 'create table bad (chain_id uuid not null)'],
  [/index bad_pkey is led by id/, 'create table bad (chain_id uuid not null, id uuid primary key)'],
  [/index bad_once is led by id/, walled('create unique index bad_once on bad (id, chain_id)')],
  [/index bad_slow is led by owner_id/, walled('create index bad_slow on bad (owner_id)')],
  [/led by an expression/, walled('create index bad_lower on bad (lower(owner_id::text))')],
  [/index bad_brin/, walled('create index bad_brin on bad using brin (id)')],
  [
    /foreign key bad_party_fkey to party/,
    walled('alter table bad add constraint bad_party_fkey foreign key (owner_id) references party'),
  ],
  [
    /trigger bad_trigger/,
    walled(`create function bad_trigger() returns trigger language plpgsql as 'begin end';
      create trigger bad_trigger before insert on bad execute function bad_trigger()`),
  ],
  [/identity column/, walled('alter table bad add serial_no int generated always as identity')],
  [/a sequence/, walled('alter table bad add serial_no serial'), 'bad_serial_no_seq'],
  [/TRUNCATE is granted/, walled('grant truncate on bad to jingwei_app')],
  [/TRUNCATE is granted/, walled('grant truncate on bad to public')],
  [/DELETE is granted$/, walled('grant delete on bad to jingwei_app')],
  [/append-only, and may be changed/, 'grant update (body) on fact to jingwei_app', 'fact'],
  [/append-only, and may be changed/, 'grant delete on entry_line to public', 'entry_line'],
  [
    /append-only, and not on the list/,
    table(`call shard('bad', reads => 'owner_id = :actor', writes => 'owner_id = :actor')`),
  ],
  [/no chain_id, and no reason/, 'create table bad (id uuid primary key)'],
  [/jingwei_app owns it/, walled('alter table bad owner to jingwei_app')],
  [/owns bad/, walled('alter table bad owner to jingwei_app'), appRole],
  [/is bypassrls/, 'alter role jingwei_app bypassrls', appRole],
  [/is a member of jingwei_sealer/, 'grant jingwei_sealer to jingwei_app', appRole],
  [/is bypassrls/, 'alter role jingwei_sealer bypassrls', sealerRole],
  [/jingwei_sealer may UPDATE/, 'grant update (body) on fact to jingwei_sealer', 'fact'],
  [/jingwei_sealer may SELECT/, walled('grant select on bad to jingwei_sealer')],
  [/INSERT is granted and no policy/, 'grant insert on seal to jingwei_app', 'seal'],
  [
    /no policy says who may read/,
    walled(`drop policy reads on bad; create policy sealer_reads on bad for select to jingwei_sealer
      using (chain_id = nullif(current_setting('jingwei.chain_id', true), '')::uuid)`),
  ],
  [
    /policy more is for pg_monitor/,
    walled(`create policy more on bad for select to pg_monitor
      using (chain_id = nullif(current_setting('jingwei.chain_id', true), '')::uuid)`),
  ],
  [/no backup would hold/, walled('drop policy keeper_reads on bad')],
  [/jingwei_keeper may UPDATE/, 'grant update (body) on fact to jingwei_keeper', 'fact'],
  [/jingwei_keeper may DELETE/, walled('grant delete on bad to jingwei_keeper')],
  [
    /policy keeper_appends is for jingwei_keeper/,
    walled('create policy keeper_appends on bad for insert to jingwei_keeper with check (true)'),
  ],
  [
    /policy keeper_reads does not hold/,
    walled(`drop policy keeper_reads on bad;
      create policy keeper_reads on bad for select using (true)`),
  ],
  [/is bypassrls/, 'alter role jingwei_keeper bypassrls', keeperRole],
  [/is superuser/, 'alter role jingwei_app superuser', appRole],
  [/member of pg_read_all_data/, 'grant pg_read_all_data to jingwei_app', appRole],
  [/over the wall/, 'create view bad as select * from fact', 'bad'],
  [
    /owner’s rights/,
    `create function bad() returns bigint language sql security definer
      as 'select count(*) from fact'`,
  ],
];

describe('a broken rule is found and named', () => {
  it.each(seeds)('%s', async (rule, sql, at = 'bad') => {
    const found = await brokenAfter(sql);
    expect(found.filter((one) => one.at === at).map((one) => one.broken)).toContainEqual(
      expect.stringMatching(rule),
    );
  });
});
