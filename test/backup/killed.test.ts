import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/kernel/db/embedded.ts';
import { idMaker, machineClock, makeBackupKey } from '../../src/kernel/index.ts';
import { type RealServer, realServer } from '../crash/real-server.ts';
import { contentOf } from './targets.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'jingwei-killed-'));
const keyFile = join(folder, 'key.txt');
const planned = join(folder, 'planned');
const restored = join(folder, 'restored');
const photos = 12;
const photoBytes = 1_000_000;

let server: RealServer;

type Run = { child: ChildProcess; done: Promise<{ code: number | null; said: string }> };

/** The command line as an operator runs it, on a data folder. */
function jingwei(data: string, ...words: string[]): Run {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, JINGWEI_DATA: data };
  const child = spawn(process.execPath, ['src/app/cli.ts', ...words], { cwd: root, env });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const done = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said }));
  });
  return { child, done };
}

async function until(holds: () => boolean, seconds = 120): Promise<void> {
  for (let tries = 0; tries < seconds * 200; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`It did not come to that: ${holds}`);
}

/** SIGKILL of the command line once it has come so far. */
async function killedWhen(run: Run, holds: () => boolean): Promise<void> {
  await until(holds);
  run.child.kill('SIGKILL');
  expect((await run.done).code).toBeNull();
}

/** Enough for a backup to take a while: photos, which do not compress. */
async function takePhotos(): Promise<void> {
  const database = await openEmbedded(server.folder);
  const newId = idMaker(machineClock);
  const { rows } = await database.owner.query('select chain_id, party_id from member limit 1');
  const { chain_id, party_id } = rows[0];
  for (let at = 0; at < photos; at++) {
    const bytes = Buffer.alloc(photoBytes);
    for (let from = 0; from < photoBytes; from += 50_000) {
      machineClock.random(bytes.subarray(from, from + 50_000) as Buffer<ArrayBuffer>);
    }
    await database.owner.query(
      `insert into file (chain_id, id, owner_id, parties, name, media_type, sha256, size_bytes,
         bytes, recorded_at) values ($1, $2, $3, array[$3::uuid], '货损', 'image/png', '\\x00',
         $4, $5, now())`,
      [chain_id, newId(), party_id, photoBytes, bytes],
    );
  }
  await database.close({ leave: true });
}

async function contentIn(data: string) {
  const database = await openEmbedded(data);
  try {
    return await contentOf(database.owner);
  } finally {
    await database.close({ leave: data === server.folder });
  }
}

beforeAll(async () => {
  chmodSync(folder, 0o755);
  const { text, recipient } = await makeBackupKey();
  writeFileSync(keyFile, text);
  server = await realServer({ JINGWEI_BACKUP_DIR: planned, JINGWEI_BACKUP_KEY: recipient });
  // Before the server: it would seal a simulated past in the order in which it is made up.
  await server.jingwei(
    ...['simulate', '--slug', 'small', '--days', '8', '--dealers', '3', '--shops', '1'],
  );
  await server.start();
  await takePhotos();
}, 240_000);
afterAll(async () => {
  await server.stop();
  server.remove();
  rmSync(folder, { recursive: true });
});

const key = ['--key-file', keyFile];

describe('a running server', () => {
  it('makes its first backup by itself, and says so', async () => {
    let health = await server.health();
    for (let tries = 0; tries < 600 && !health?.backup?.at; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      health = await server.health();
    }
    expect(health).toMatchObject({
      status: 'ok',
      backup: { ok: true, at: expect.any(String) },
      causes: [],
    });
    const [file = ''] = readdirSync(planned);
    expect(file).toMatch(/^jingwei-\d{8}T\d{6}Z-[0-9a-f]{8}\.jwb\.age$/);
    const { code, said } = await jingwei(server.folder, 'verify', join(planned, file), ...key).done;
    expect([code, said]).toEqual([0, expect.stringContaining('✓')]);
  }, 240_000);
});

describe('a backup that is killed', () => {
  it('leaves no file that looks whole, and the same command makes it', async () => {
    const file = join(folder, 'mine.jwb.age');
    const words = ['backup', '--out', file, ...key];
    const partial = () => readdirSync(folder).filter((name) => name.endsWith('.partial'));
    await killedWhen(jingwei(server.folder, ...words), () => partial().length === 1);
    expect([existsSync(file), partial().length]).toEqual([false, 1]);
    expect(await jingwei(server.folder, ...words).done).toMatchObject({ code: 0 });
    expect([existsSync(file), partial()]).toEqual([true, []]);
    expect((await server.health())?.status).toBe('ok');
  }, 240_000);
});

describe('a restore that is killed', () => {
  const words = ['restore', join(folder, 'mine.jwb.age'), ...key];
  const mark = () => {
    const file = join(restored, 'restoring.json');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };

  it.each(['begun', 'loading'])(
    'once it has %s, is known as unfinished',
    async (state) => {
      await killedWhen(jingwei(restored, ...words), () => mark().includes(state));
      const verb = state === 'begun' ? ['verify'] : ['chains', 'list'];
      const { code, said } = await jingwei(restored, ...verb).done;
      expect([code, said]).toEqual([1, expect.stringContaining('[backup.unfinished]')]);
    },
    240_000,
  );

  it('is done by the same command, and comes back as it was with its keys', async () => {
    const { code, said } = await jingwei(restored, ...words).done;
    expect([code, said]).toEqual([0, expect.stringContaining('✓')]);
    const taken = await jingwei(restored, ...words).done;
    expect(taken.said).toContain('[backup.folder_taken]');
    expect(await contentIn(restored)).toEqual(await contentIn(server.folder));
    const secrets = (data: string) => ({
      vault: JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8')).vault_key,
      seal: readFileSync(join(data, 'seal-key.pem'), 'utf8'),
    });
    expect(secrets(restored)).toEqual(secrets(server.folder));
  }, 240_000);
});

describe('PostgreSQL moves on', () => {
  it('to another major version by a backup: its own folder is refused', async () => {
    const file = join(restored, 'postgres', 'PG_VERSION');
    const own = readFileSync(file, 'utf8');
    writeFileSync(file, '17\n');
    const { code, said } = await jingwei(restored, 'chains', 'list').done;
    expect([code, said]).toEqual([1, expect.stringMatching(/PostgreSQL 17.*`backup`.*`restore`/)]);
    expect(readFileSync(file, 'utf8')).toBe('17\n');
    writeFileSync(file, own);
    expect(await jingwei(restored, 'verify').done).toMatchObject({ code: 0 });
  }, 240_000);
});
