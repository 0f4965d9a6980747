import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openEmbedded } from '../../src/kernel/db/embedded.ts';
import { type RealServer, realServer } from './real-server.ts';
import { openRush, pause, type Rush } from './rush.ts';

let server: RealServer;
let rush: Rush;

beforeAll(async () => {
  server = await realServer();
  if (inject('postgres') === null) return;
  await server.start();
  rush = await openRush(server, 4);
}, 180_000);
afterAll(async () => {
  await server?.stop();
  server?.remove();
}, 30_000);

describe.skipIf(inject('postgres') === null)('a server that is killed under load', () => {
  it.each([
    ['first', 350],
    ['second', 700],
    ['third', 1_100],
  ])(
    'comes back in the same folder without help, the %s time',
    async (round, after) => {
      await rush.work(round, async () => {
        await pause(after);
        await server.kill();
      });
      expect(await server.health()).toBeNull();
      await server.start();
      expect(await rush.goOn()).toEqual([]);
    },
    90_000,
  );

  it('brings its database back when that is killed', async () => {
    const before = server.databaseProcess();
    await rush.work('database', async () => {
      await pause(500);
      server.killDatabase();
      await pause(1_500);
    });
    await server.untilHealthy(30);
    expect(server.databaseProcess()).not.toBe(before);
    expect(await rush.goOn()).toEqual([]);
  }, 90_000);

  it('comes back when both were killed', async () => {
    await rush.work('both', async () => {
      await pause(500);
      server.killDatabase();
      await server.kill();
    });
    await server.start();
    expect(await rush.goOn()).toEqual([]);
  }, 90_000);

  it('has kept every answer, done everything once, and left nothing half done', async () => {
    expect(rush.journeys.length).toBeGreaterThan(20);
    await server.stop();
    const database = await openEmbedded(server.folder);
    try {
      expect(await rush.broken(database.owner)).toEqual([]);
    } finally {
      await database.close();
    }
  }, 60_000);
});
