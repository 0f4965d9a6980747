import { generateKeyPairSync } from 'node:crypto';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup } from '../../src/kernel/backup/check.ts';
import { makeBackupKey, parseBackupKey } from '../../src/kernel/backup/key.ts';
import { type BackupOrder, makeBackup } from '../../src/kernel/backup/make.ts';
import { openPglite } from '../../src/kernel/db/pglite.ts';
import { exportFacts, sealAll } from '../../src/kernel/index.ts';
import { migrateAll } from '../../src/kernel/test-server.ts';
import { runVerifier } from '../../src/kernel/trust/testing.ts';
import { ask } from '../conformance/world/client.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { cast, type Player, type Story, tellStory } from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';
import { contentOf, emptyDatabase, restoreInto, type Target } from './targets.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const seal_key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const secrets = { vault_key: Buffer.alloc(32, 7).toString('base64url'), seal_key };
const folder = mkdtempSync(join(tmpdir(), 'jingwei-backup-'));

let world: World<Player>;
let story: Story;
let serial = 0;
const targets: Target[] = [];

beforeAll(async () => {
  world = await openWorld(cast);
  story = await tellStory(world);
  await sealAll(world.test.store, privateKey);
}, 120_000);
afterAll(async () => {
  await Promise.all(targets.map((one) => one.close()));
  await world.close();
  rmSync(folder, { recursive: true });
});

const target = async (options: Parameters<typeof emptyDatabase>[0] = {}) => {
  const made = await emptyDatabase(options);
  targets.push(made);
  return made;
};

const backUp = (more: Partial<BackupOrder> = {}) => {
  const file = join(folder, `${serial++}.jwb`);
  const now = world.test.clock.now().toISOString();
  const order = { file, key: null, secrets, version: '0.1.0', now, ...more };
  return makeBackup(world.test.store.database, order);
};

/** Orders, each of a row, its lines, a number and a fact in one transaction. */
const placeOrder = () =>
  ask(world.server, world.keys.dealer, 'order.place', {
    body: {
      number: `B-${serial++}`,
      seller_id: world.parties.maker.id,
      requested_on: '2026-03-09',
      place_id: story.places.dealer,
      lines: story.products.map((product_id) => ({ product_id, quantity: '2', unit: 'CT' })),
    },
  });

describe('a backup beside people at work', () => {
  it('is of one moment: all of a command, or nothing', async () => {
    let goes = true;
    const clients = Array.from({ length: 6 }, async () => {
      while (goes) await placeOrder();
    });
    const sealing = (async () => {
      while (goes) await sealAll(world.test.store, privateKey);
    })();
    const made = await Promise.all([backUp(), backUp()]);
    goes = false;
    await Promise.all([...clients, sealing]);
    const orders = async (owner: Target['owner']) =>
      (await owner.query('select count(*)::int as n from purchase_order')).rows[0].n;
    for (const { file, findings } of made) {
      expect(findings).toEqual([]);
      const into = await target();
      await restoreInto(into, file);
      expect(await unsound(into.owner)).toEqual([]);
      expect(await orders(into.owner)).toBeLessThan(await orders(world.test.store.database.owner));
    }
  }, 120_000);

  it('comes back as it was, table by table, wall and all, and the verifier agrees', async () => {
    await sealAll(world.test.store, privateKey);
    const { owner } = world.test.store.database;
    const { file, facts } = await backUp();
    const into = await target();
    const restored = await restoreInto(into, file);
    expect(restored).toMatchObject({ facts, findings: 0, migrated: 0 });
    expect(await contentOf(into.owner)).toEqual(await contentOf(owner));
    const walls = `select relname, relrowsecurity, relforcerowsecurity, relacl::text from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    expect((await into.owner.query(walls)).rows).toEqual((await owner.query(walls)).rows);
    const lines: string[] = [];
    const database = { ...world.test.store.database, owner: into.owner };
    await exportFacts({ database }, world.chain.id, async (text) => void lines.push(text));
    const exported = join(folder, 'restored.ndjson');
    await writeFile(exported, lines.join(''));
    expect(await runVerifier(exported)).toMatchObject({ code: 0, named: [] });
  }, 60_000);

  it('goes out of and into a database whose owner row security holds', async () => {
    const { file } = await backUp();
    const first = await target({ plain_owner: true });
    await restoreInto(first, file);
    const again = join(folder, 'plain-owner.jwb');
    const now = world.test.clock.now().toISOString();
    const order = { file: again, key: null, secrets, version: '0.1.0', now };
    await makeBackup({ owner: first.owner, place: 'server' }, order);
    const second = await target({ plain_owner: true });
    await restoreInto(second, again);
    expect((await checkBackup(again, null)).tables).toEqual((await checkBackup(file, null)).tables);
    // Forced on the owner too, which therefore sees nothing: so it was, and so it is again.
    expect((await second.owner.query('select 1 from fact')).rowCount).toBe(0);
  }, 60_000);
});

describe('an encrypted backup', () => {
  it('holds the keys, shows nothing, and opens for its own key alone', async () => {
    const [mine, other] = await Promise.all([makeBackupKey(), makeBackupKey()]);
    const recipient = await parseBackupKey(mine.recipient);
    const { file } = await backUp({ key: recipient });
    const text = readFileSync(file).toString('latin1');
    expect(text).toMatch(/^age-encryption\.org\/v1\n/);
    expect(text).not.toMatch(/tables\/|manifest|purchase_order/);
    const key = await parseBackupKey(mine.text);
    expect(await checkBackup(file, key)).toMatchObject({ secrets, findings: [] });
    const code = (name: string) => expect.objectContaining({ code: name });
    await expect(checkBackup(file, null)).rejects.toEqual(code('backup.key_needed'));
    await expect(checkBackup(file, recipient)).rejects.toEqual(code('backup.key_needed'));
    const wrong = checkBackup(file, await parseBackupKey(other.text));
    await expect(wrong).rejects.toEqual(code('backup.wrong_key'));
    await expect(parseBackupKey('age1nonsense')).rejects.toEqual(code('backup.bad_key'));
    const into = await target();
    const restored = await restoreInto(into, file, { key });
    expect(restored.same_seal_key).toBe(true);
    const plain = await checkBackup((await backUp()).file, null);
    expect(plain.secrets).toBeNull();
  }, 60_000);

  it.each([0.3, 0.999])(
    'that was cut at %f of its length is told, and not restored',
    async (at) => {
      const { recipient, text } = await makeBackupKey();
      for (const key of [null, await parseBackupKey(recipient)]) {
        const { file, bytes } = await backUp({ key });
        truncateSync(file, Math.floor(bytes * at));
        const into = await target();
        const given = key && (await parseBackupKey(text));
        const tried = restoreInto(into, file, { key: given });
        await expect(tried).rejects.toMatchObject({
          code: expect.stringMatching(/^backup\.(not_one|damaged)$/),
        });
        expect(await contentOf(into.owner)).toEqual({});
      }
    },
    60_000,
  );
});

describe('what is there already', () => {
  it('is never written over', async () => {
    const { file } = await backUp();
    await expect(backUp({ file })).rejects.toMatchObject({ code: 'backup.file_taken' });
    const into = await target();
    await into.owner.query('create table mine (id int)');
    await expect(restoreInto(into, file)).rejects.toMatchObject({ code: 'backup.database_taken' });
    await into.owner.query('drop table mine');
    await restoreInto(into, file);
    await expect(restoreInto(into, file)).rejects.toMatchObject({ code: 'backup.database_taken' });
    copyFileSync(file, join(folder, 'whole.jwb'));
    expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('is told of secrets that somebody would miss', async () => {
    const { owner } = world.test.store.database;
    await owner.query(
      `insert into totp (user_id, sealed_secret, created_at, last_step)
       values ('00000000-0000-7000-8000-000000000001', '\\x00', '2026-03-02', 0)`,
    );
    const { file } = await backUp();
    const into = await target();
    const strict = { without_secrets: false };
    await expect(restoreInto(into, file, strict)).rejects.toMatchObject({
      code: 'backup.no_secrets',
    });
    const unset = restoreInto(into, file, { ...strict, secrets });
    await expect(unset).rejects.toMatchObject({ code: 'backup.server_secrets' });
    into.config.secret_key = Buffer.alloc(32, 7);
    const restored = await restoreInto(into, file, { ...strict, secrets });
    expect(restored).toMatchObject({ lost: { people: 0, webhooks: 0 }, same_seal_key: true });
  });

  it('calls nobody by itself where it is restored, and says whose secrets are lost', async () => {
    const { owner } = world.test.store.database;
    await owner.query(
      `insert into webhook (chain_id, id, owner_id, url, description, kinds, state, sealed_secret,
         position, created_at)
       values ($1, '00000000-0000-7000-8000-000000000002', $2, 'https://erp.example/hook', 'ERP',
         '{}', 'active', '\\x00', 0, '2026-03-02')`,
      [world.chain.id, world.parties.maker.id],
    );
    const { file } = await backUp();
    const into = await target();
    const restored = await restoreInto(into, file, { without_secrets: true });
    expect(restored.lost).toMatchObject({ webhooks: 1 });
    const { rows } = await into.owner.query('select state from webhook');
    expect(rows).toEqual([{ state: 'paused' }]);
  });
});

it('cannot be made of PGlite, and says what to do', async () => {
  const database = await openPglite(null);
  try {
    await migrateAll(database, [], world.test.clock.now().toISOString());
    const now = world.test.clock.now().toISOString();
    const order = { file: join(folder, 'p.jwb'), key: null, secrets, version: '0.1.0', now };
    await expect(makeBackup(database, order)).rejects.toMatchObject({ code: 'backup.pglite' });
  } finally {
    await database.close();
  }
}, 60_000);
