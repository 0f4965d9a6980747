import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../db/place.ts';
import { limits } from '../limits.ts';
import { openLog } from '../log.ts';
import { Watch } from './watch.ts';

/** A machine whose clock, database and disk do what a test says. */
function machine() {
  const wall = Date.parse('2026-03-02T01:00:00Z');
  const state = { steady: 0, wall, apart: 0, lag: 0, gone: false, full: false };
  const cuts: number[] = [];
  const failed = async (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
  const database = {
    isUp: () => true,
    pulse: {
      now: async () => (state.gone ? failed('ECONNREFUSED') : state.wall + state.apart),
      tryDisk: async () => (state.full ? failed('53100') : undefined),
      cut: () => cuts.push(state.steady),
      end: async () => {},
    },
  } as unknown as Database;
  const all = Object.assign(state, { cuts });
  const watch = new Watch({
    database,
    log: openLog('silent'),
    clocks: { wall: () => new Date(state.wall), steady_ms: () => state.steady },
    sealLag: () => all.lag,
  });
  return {
    all,
    watch,
    async pass(ms: number): Promise<void> {
      for (let at = 0; at < ms; at += limits.watch_ms) {
        all.steady += limits.watch_ms;
        all.wall += limits.watch_ms;
        await vi.advanceTimersByTimeAsync(limits.watch_ms);
      }
    },
    codes: () => watch.state().causes.map(({ code }) => code),
  };
}

describe('what a server knows of its health', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is down while the database is gone, cuts off who waits for it, and comes back', async () => {
    const { all, watch, pass, codes } = machine();
    await pass(3_000);
    expect(watch.state()).toEqual({ status: 'ok', causes: [] });
    all.gone = true;
    await pass(2_000);
    expect(watch.state()).toMatchObject({
      status: 'down',
      causes: [{ code: 'database_gone', since: '2026-03-02T01:00:04.000Z' }],
    });
    expect(all.cuts.length).toBeGreaterThan(0);
    all.gone = false;
    await pass(1_000);
    expect(codes()).toEqual([]);
    await watch.stop();
  });

  it('stays degraded until a full disk takes a write again', async () => {
    const { all, watch, pass, codes } = machine();
    all.full = true;
    watch.diskIsFull();
    await pass(20_000);
    expect(watch.state().status).toBe('degraded');
    all.full = false;
    await pass(limits.disk_probe_ms + 1_000);
    expect(codes()).toEqual([]);
  });

  it.each([3_600_000, -3_600_000])('sees the clock jump by %s ms, and forgets it', async (by) => {
    const { all, watch, pass, codes } = machine();
    await pass(5_000);
    expect(codes()).toEqual([]);
    all.wall += by;
    await pass(1_000);
    expect(watch.state().status).toBe('degraded');
    expect(codes()).toEqual(['clock_jumped']);
    await pass(limits.clock_notice_ms);
    expect(codes()).toEqual([]);
  });

  it('sees a clock that is not the database’s, and facts that are not sealed', async () => {
    const { all, pass, codes } = machine();
    all.apart = limits.clock_apart_ms + 1_000;
    all.lag = limits.seal_behind_ms + 1;
    await pass(1_000);
    expect(codes().sort()).toEqual(['clock_apart', 'sealing_behind']);
    all.apart = 0;
    all.lag = 0;
    await pass(1_000);
    expect(codes()).toEqual([]);
  });
});
