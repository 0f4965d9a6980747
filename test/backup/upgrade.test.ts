import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationSources } from '../../src/app/platform.ts';
import { checkDatabase } from '../../src/kernel/backup/check.ts';
import { makeBackup } from '../../src/kernel/backup/make.ts';
import { copyIn, copyOut, openDirect, readShapes } from '../../src/kernel/backup/snapshot.ts';
import { migrate, migrationsOf, migrationTable } from '../../src/kernel/db/migrate.ts';
import { openStore, sealAll, seatPerson } from '../../src/kernel/index.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { cast, type Player, tellStory } from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';
import { contentOf, emptyDatabase, restoreInto, type Target } from './targets.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const trust = { keys: [privateKey], kept: [] };
const folder = mkdtempSync(join(tmpdir(), 'jingwei-upgrade-'));

/** The newest migration of each module in three forms that this platform has had. */
const flows = { commerce: '0005', goods: '0001', money: '0003', data: '0001', trade: '0001' };
const past: [form: string, newest: Readonly<Record<string, string>>][] = [
  ['before facts were sealed', { kernel: '0004', ...flows }],
  ['with seals, before second factors', { kernel: '0005', ...flows }],
  ['before backups', { kernel: '0006', ...flows }],
];

let world: World<Player>;
const targets: Target[] = [];

beforeAll(async () => {
  world = await openWorld(cast);
  await tellStory(world);
  const person = { login: 'keeper', name: '仓管', role: 'trade', password_hash: 'hash' } as const;
  await world.as('maker', (tx) => seatPerson(tx, person));
  await sealAll(world.test.store, privateKey);
}, 120_000);
afterAll(async () => {
  await Promise.all(targets.map((one) => one.close()));
  await world.close();
  rmSync(folder, { recursive: true });
});

/** A database in a past form, with everything of the story that it has a place for. */
async function pastDatabase(newest: Readonly<Record<string, string>>): Promise<Target> {
  const target = await emptyDatabase();
  targets.push(target);
  const [from, to] = await Promise.all([
    openDirect(world.test.store.database.owner),
    openDirect(target.owner),
  ]);
  await to.query(migrationTable);
  for (const { id, hash, sql } of migrationsOf(migrationSources)) {
    const [module = '', number = ''] = id.split(/[/_]/);
    if (number > (newest[module] ?? '')) continue;
    await to.query(sql);
    await to.query('insert into migration values ($1, $2, $3)', [id, hash, '2026-01-01']);
  }
  const now = new Map((await readShapes(from)).map((table) => [table.name, table]));
  for (const { name, columns, key } of await readShapes(to)) {
    const sink = copyIn(to, name, columns);
    const done = new Promise((resolve, reject) => sink.on('finish', resolve).on('error', reject));
    expect(now.has(name)).toBe(true);
    for await (const text of copyOut(from, { name, columns, key })) sink.write(text);
    sink.end();
    await done;
  }
  if ((newest.goods ?? '') < '0002') await writeEventsAsBefore(from, to);
  await Promise.all([from.end(), to.end()]);
  return target;
}

type Database = Awaited<ReturnType<typeof openDirect>>;

/** Events as trade alone wrote them: EPCIS in JSON, and what moves stock inside of it. */
async function writeEventsAsBefore(from: Database, to: Database): Promise<void> {
  const { rows } = await from.query('select id, body, movement from event');
  const typed = (name: string, list: { type: string; id: string }[] = []) =>
    list.map(({ type, id }) => ({ type, [name]: id }));
  for (const { id, body, movement } of rows) {
    const before = {
      ...body,
      quantityList: body.quantityList.map((one: { quantity: string }) => ({
        ...one,
        quantity: Number(one.quantity),
      })),
      bizTransactionList: typed('bizTransaction', body.bizTransactionList),
      ...(body.sourceList ? { sourceList: typed('source', body.sourceList) } : {}),
      ...(body.destinationList
        ? { destinationList: typed('destination', body.destinationList) }
        : {}),
      'jingwei:stock': movement,
    };
    await to.query(
      `update event set body = $2, biz_step = $3, disposition = substring(disposition from '-(.*)')
        where id = $1`,
      [id, before, body.bizStep],
    );
  }
}

/** What an event is found by, and what it says: the same, whenever it was recorded. */
async function eventsOf(owner: Target['owner']) {
  const events = await owner.query(
    `select id, event_uri, type, action, biz_step, disposition, read_point, biz_location,
        declares_error, movement, body from event order by id`,
  );
  const items = await owner.query(
    `select event_id, place, item, role, by_class, quantity, uom, capturer_id, parties
       from event_item order by event_id, place`,
  );
  return { events: events.rows, items: items.rows };
}

/** Where goods lie and how many: the same, whatever else is said of them by now. */
async function shelvesOf(owner: Target['owner']) {
  const places = await owner.query(
    'select id, owner_id, gln, name_zh, name_en, kind, lon, lat, address from place order by id',
  );
  const stock = await owner.query(
    `select owner_id, place_id, product_id, lot, disposition, unit, quantity, best_before,
        negative_event_id
      from stock order by owner_id, place_id, product_id, lot, disposition, unit`,
  );
  return { places: places.rows, stock: stock.rows };
}

/** Who can sign in, and with what: the same, whatever is asked of them by now. */
async function accountsOf(owner: Target['owner']) {
  const accounts = await owner.query(
    `select id, login, name, password_hash, locale, created_at, disabled_at
      from user_account order by id`,
  );
  return accounts.rows;
}

/** What an upgrade never touches: not sign-ins, which 0006 ends, nor tables with new columns. */
async function lasting(
  owner: Target['owner'],
  names?: readonly string[],
): Promise<Record<string, string>> {
  const {
    migration,
    session,
    user_account,
    api_key,
    file,
    event,
    event_item,
    place,
    stock,
    ...content
  } = await contentOf(owner);
  if (!names) return content;
  return Object.fromEntries(names.map((name) => [name, content[name] ?? 'gone']));
}

const live = ({ owner }: Target) => ({ owner, place: 'server' as const });
const now = () => world.test.clock.now().toISOString();
const database = (target: Target) => ({ ...world.test.store.database, ...live(target) });

/** Everything as it was, sealed and sound, in the form of today. */
async function expectUpgraded(
  target: Target,
  before: Readonly<Record<string, string>>,
): Promise<void> {
  const names = Object.keys(before).filter((name) => !name.startsWith('seal'));
  const kept = Object.fromEntries(names.map((name) => [name, before[name]]));
  expect(await lasting(target.owner, names)).toEqual(kept);
  expect(await unsound(target.owner)).toEqual([]);
  const today = await eventsOf(world.test.store.database.owner);
  expect(await eventsOf(target.owner)).toEqual(today);
  expect(today.items.length).toBeGreaterThan(5);
  const shelves = await shelvesOf(world.test.store.database.owner);
  expect(await shelvesOf(target.owner)).toEqual(shelves);
  expect(shelves.stock.length).toBeGreaterThan(2);
  const accounts = await accountsOf(world.test.store.database.owner);
  expect(await accountsOf(target.owner)).toEqual(accounts);
  expect(accounts.length).toBeGreaterThan(0);
  await sealAll(openStore(database(target), world.test.clock), privateKey);
  const { findings, facts } = await checkDatabase(live(target), now(), trust);
  expect([findings, facts.pending]).toEqual([[], 0]);
  expect(facts.sealed).toBeGreaterThan(20);
}

describe.each(past)('an installation %s', (_, newest) => {
  it('comes to the form of today where it stands', async () => {
    const target = await pastDatabase(newest);
    const before = await lasting(target.owner);
    await migrate(database(target), migrationSources, now());
    await expectUpgraded(target, before);
  }, 60_000);

  it('is backed up as it is, and restored into the form of today', async () => {
    const old = await pastDatabase(newest);
    const before = await lasting(old.owner);
    const file = join(folder, `${newest.kernel}.jwb`);
    const secrets = { vault_key: null, seal_key: null };
    await makeBackup(live(old), { file, key: null, secrets, version: '0.0.9', now: now() });
    expect(await lasting(old.owner)).toEqual(before);
    const target = await emptyDatabase();
    targets.push(target);
    const { migrated } = await restoreInto(target, file);
    expect(migrated).toBe(migrationsOf(migrationSources).length - (await countOf(old)));
    expect(migrated).toBeGreaterThan(0);
    await expectUpgraded(target, before);
  }, 60_000);
});

const countOf = async ({ owner }: Target) =>
  (await owner.query('select count(*)::int as n from migration')).rows[0].n as number;

describe('a backup that this version cannot restore', () => {
  it('names the version to take: the migration is of a later one, or has other text', async () => {
    const target = await pastDatabase({ kernel: '0007', ...flows });
    const secrets = { vault_key: null, seal_key: null };
    const order = { key: null, secrets, version: '9.9.9', now: now() };
    const later = `insert into migration values ('kernel/9999_later', $1, now())`;
    await target.owner.query(later, ['0'.repeat(64)]);
    await makeBackup(live(target), { ...order, file: join(folder, 'later.jwb') });
    const empty = await emptyDatabase();
    targets.push(empty);
    await expect(restoreInto(empty, join(folder, 'later.jwb'))).rejects.toMatchObject({
      code: 'backup.newer',
      message: expect.stringContaining('9.9.9'),
    });
    await target.owner.query(`delete from migration where id like '%later'`);
    const changed = `update migration set hash = $1 where id = 'kernel/0005_seal'`;
    await target.owner.query(changed, ['0'.repeat(64)]);
    await makeBackup(live(target), { ...order, file: join(folder, 'changed.jwb') });
    await expect(restoreInto(empty, join(folder, 'changed.jwb'))).rejects.toMatchObject({
      code: 'backup.other_migration',
    });
    expect(await contentOf(empty.owner)).toEqual({});
  }, 60_000);

  it('was not made at all where the log-in would not see every row', async () => {
    const target = await emptyDatabase({ plain_owner: true });
    targets.push(target);
    const plain = await openDirect(target.owner);
    await plain.query(migrationTable);
    await plain.end();
    const file = join(folder, 'blind.jwb');
    const order = { file, key: null, secrets: { vault_key: null, seal_key: null } };
    const made = makeBackup(live(target), { ...order, version: '0.1.0', now: now() });
    await expect(made).rejects.toMatchObject({ code: 'backup.sees_not_all' });
  });
});
