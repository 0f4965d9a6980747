import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { modules } from '../../src/app/modules.ts';
import { loadReader } from '../../src/flows/data/index.ts';
import { type Nursery, openNursery } from '../../src/kernel/test-server.ts';
import { parts } from '../simulation/registry.ts';
import { startOfPlay } from '../simulation/stage.ts';
import { fuzz } from './fuzz.ts';

/** Of every route, about: more routes are more requests. */
const asksOfEach = 48;

let nursery: Nursery;
beforeAll(async () => {
  nursery = await openNursery(inject('postgres'), modules, startOfPlay);
  await loadReader();
  setFlagsFromString('--expose-gc');
  Object.assign(globalThis, { gc: runInNewContext('gc') });
}, 60_000);
afterAll(() => nursery?.close());

describe('requests made from the routes themselves, right and wrong', () => {
  it('are never answered with a 500, never hang, and show nobody what is not theirs', async () => {
    const forKeys = modules.flatMap(({ routes }) => routes).filter(({ kind }) => kind === 'actor');
    const requests = forKeys.length * asksOfEach;
    const { statuses, reached, heaps_mb } = await fuzz(await nursery.open(), parts, 2026, requests);
    expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
    // Many have to be understood: a wall of 400s would prove nothing.
    expect(statuses.get(200)).toBeGreaterThan(300);
    expect(reached.size).toBeGreaterThan(forKeys.length * 0.55);
    const [first = 0] = heaps_mb;
    expect(heaps_mb.at(-1), `heap in MB: ${heaps_mb}`).toBeLessThan(first + 60);
  }, 300_000);
});
