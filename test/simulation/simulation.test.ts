import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { modules } from '../../src/app/modules.ts';
import { type Nursery, openNursery } from '../../src/kernel/test-server.ts';
import { liveAll } from './lives.ts';
import { parts } from './registry.ts';
import { startOfPlay } from './stage.ts';

const seed = 20_260_302;
let nursery: Nursery;

beforeAll(async () => {
  nursery = await openNursery(inject('postgres'), modules, startOfPlay);
}, 60_000);
afterAll(() => nursery?.close());

describe('whole chains from a seed, with a network that loses, repeats and reorders', () => {
  it('are the same twice, word by word', async () => {
    const lives = { seed, first: 100, last: 101 };
    const once = await liveAll(nursery, parts, lives, () => {}, 150);
    const twice = await liveAll(nursery, parts, lives, () => {}, 150);
    expect(twice.trace).toBe(once.trace);
    const other = await liveAll(nursery, parts, { ...lives, seed: seed + 1 }, () => {}, 150);
    expect(other.trace).not.toBe(once.trace);
  }, 120_000);

  it('stay sound through 4,000 steps, with every command done', async () => {
    const { steps, commands } = await liveAll(nursery, parts, { seed, first: 0, last: 3 });
    expect(steps).toBe(4_000);
    const asked = parts.flatMap((part) => part.commands).map(({ name }) => name);
    for (const name of asked.filter((one) => !one.endsWith('.list'))) {
      expect(commands.get(`${name} done`) ?? 0, name).toBeGreaterThan(0);
    }
  }, 600_000);
});
