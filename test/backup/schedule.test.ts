import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup } from '../../src/kernel/backup/make.ts';
import { dueAt, parseSchedule } from '../../src/kernel/backup/schedule.ts';
import { Backups, type Making, openLog } from '../../src/kernel/index.ts';
import { limits } from '../../src/kernel/limits.ts';
import { openTestStore, type TestStore } from '../../src/kernel/testing.ts';

const log = openLog('silent');
const never = new AbortController().signal;
const hour = 3_600_000;

let test: TestStore;
let folder: string;

beforeAll(async () => {
  test = await openTestStore();
});
afterAll(() => test.close());
beforeEach(async () => {
  if (folder) rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'jingwei-plan-'));
  await test.store.database.owner.query('delete from backup_run');
});
afterAll(() => rmSync(folder, { recursive: true }));

const make: Making = async (file) => {
  const secrets = { vault_key: null, seal_key: null };
  const now = test.clock.now().toISOString();
  const order = { file, key: null, secrets, version: '0.1.0', now };
  const { bytes, sha256, findings } = await makeBackup(test.store.database, order);
  return { bytes, sha256, findings: findings.length };
};
const broken: Making = async () => {
  throw new Error('no space left');
};
const server = (making: Making = make, keep = 3) => {
  const schedule = parseSchedule('6h');
  if (!schedule) throw new Error('a schedule');
  return new Backups(test.store, { folder, schedule, keep, encrypted: false }, making, log);
};
const pass = (ms: number) => test.clock.set(new Date(test.clock.now().getTime() + ms));
const files = () => readdirSync(folder).filter((name) => name.startsWith('jingwei-'));

describe('a plan', () => {
  it('is every so long, or each day at a time; nothing else', () => {
    const at = (text: string, now: string) => {
      const schedule = parseSchedule(text);
      return schedule && dueAt(schedule, new Date(now)).toISOString();
    };
    expect(at('6h', '2026-03-02T13:59:59Z')).toBe('2026-03-02T12:00:00.000Z');
    expect(at('1d', '2026-03-02T13:59:59Z')).toBe('2026-03-02T00:00:00.000Z');
    const local = (day: number, time: string) => new Date(`2026-03-0${day}T${time}`).toISOString();
    expect(at('02:30', local(2, '02:30:00'))).toBe(local(2, '02:30:00'));
    expect(at('02:30', local(2, '02:29:59'))).toBe(local(1, '02:30:00'));
    for (const text of ['', '6', '0h', '30s', '24:00', '2:30', '1w', '-1h']) {
      expect(parseSchedule(text)).toBeNull();
    }
  });
});

describe('several servers on one database', () => {
  it('make each backup once, and keep as many as they should', async () => {
    const servers = [server(), server(), server()];
    for (let round = 1; round <= 5; round++) {
      const made = await Promise.all(servers.map((one) => one.makeDue(never)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(files()).toHaveLength(Math.min(round, 3));
      pass(6 * hour);
    }
    const [first] = servers;
    await first?.makeDue(never);
    expect(first?.lastBackup()).toMatchObject({ ok: true, overdue: false });
    expect(first?.lastBackup().size_bytes).toBeGreaterThan(1_000);
  });

  it('remove nothing that is not theirs', async () => {
    const strange = ['jingwei-20260101T000000Z-00000000.jwb', 'holiday.jpg'];
    for (const name of strange) writeFileSync(join(folder, name), 'mine');
    const one = server(make, 1);
    await one.makeDue(never);
    const [mine] = files().filter((name) => !strange.includes(name));
    // Under the name of a backup of ours lies something else by now.
    writeFileSync(join(folder, mine as string), 'somebody else’s');
    for (let round = 0; round < 2; round++) {
      pass(6 * hour);
      await one.makeDue(never);
    }
    expect(readdirSync(folder)).toEqual(expect.arrayContaining([...strange, mine]));
    expect(readdirSync(folder)).toHaveLength(4);
  });

  it('go on where one of them died or failed', async () => {
    const dead = server(() => new Promise(() => {}));
    void dead.makeDue(never);
    const alive = server();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await alive.makeDue(never)).toBe(false);
    pass(limits.backup_silent_minutes * 60_000 + 1_000);
    expect(await alive.makeDue(never)).toBe(true);

    pass(6 * hour);
    const failing = server(broken);
    expect(await failing.makeDue(never)).toBe(false);
    expect(failing.lastBackup()).toMatchObject({ ok: false, overdue: false });
    expect(await alive.makeDue(never)).toBe(false);
    pass(limits.backup_retry_minutes * 60_000 + 1_000);
    expect(await alive.makeDue(never)).toBe(true);
    expect(alive.lastBackup()).toMatchObject({ ok: true });
  });

  it('say when one is overdue', async () => {
    const one = server();
    await one.makeDue(never);
    const failing = server(broken);
    pass(13 * hour);
    await failing.makeDue(never);
    expect(failing.lastBackup()).toMatchObject({ ok: false, overdue: true });
    expect(failing.lastBackup().at).not.toBeNull();
  });
});
