import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, kernel, openLog, openServer } from '../../kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../kernel/testing.ts';
import type { Explained, Measured } from './asked.ts';
import {
  indicator,
  loadMeasurer,
  measureIndex,
  readFramework,
  readRecipe,
  readUnits,
} from './index.ts';

/** The made-up example that the console shows. */
const file = (name: string) =>
  readFileSync(
    join(import.meta.dirname, '../../../web/src/observatory/index/example', name),
    'utf8',
  );
const units = file('units.csv');
const framework = file('framework.zh.csv');
const recipe = JSON.parse(file('recipe.json'));
const files = { units, framework, recipe };

let test: TestStore;
let server: FastifyInstance;
let authorization: string;

beforeAll(async () => {
  await loadMeasurer();
  test = await openTestStore([]);
  server = await openServer(test.store, {
    modules: [kernel, indicator],
    log: openLog('silent'),
    https: false,
    console_folder: null,
    health: () => ({ status: 'ok' }),
  });
  const chain = await openTestChain(test.store, { office: 'statistician' });
  const { key } = await chain.as('office', (tx) => createApiKey(tx, { name: 'test' }));
  authorization = `Bearer ${key}`;
}, 60_000);
afterAll(async () => {
  await server.close();
  await test.close();
});

async function post(what: string, payload: object) {
  const url = `/api/v1/observatory/indices/${what}`;
  const reply = await server.inject({ method: 'POST', url, headers: { authorization }, payload });
  return { status: reply.statusCode, body: reply.json() };
}

/** Thousands of re-runs, on a machine that may have other work. */
const PATIENCE_MS = 60_000;

describe('an index of posted files', { timeout: PATIENCE_MS }, () => {
  it('is the one that is worked out here, with all that doubts it', async () => {
    const { status, body } = await post('measure', files);
    expect(status).toBe(200);
    const { elements, ...index } = body as Measured;
    const read = readFramework(framework);
    const ground = { framework: read, units: readUnits(units, read) };
    const own = measureIndex(ground, readRecipe(JSON.stringify(recipe), read));
    expect(index).toEqual(JSON.parse(JSON.stringify(own)));
    expect(elements.filter(({ parent }) => parent === 'INDEX').map(({ code }) => code)).toEqual([
      ...['IN', 'OUT', 'MERGE', 'SME'],
    ]);
    for (const { rank, place } of index.scores) {
      expect(rank.low).toBeLessThanOrEqual(rank.own);
      expect(rank.own).toBeLessThanOrEqual(rank.high);
      expect(place).toBeGreaterThan(0);
    }
    expect(index.not_measured.length).toBeGreaterThan(0);
  });

  it('is explained down to the cells, part by part', async () => {
    const measured = (await post('measure', files)).body as Measured;
    const { rows } = (await post('explain', { ...files, unit: 'C' })).body as Explained;
    expect(rows[0]?.value).toBeCloseTo(
      measured.scores.find(({ unit }) => unit === 'C')?.index ?? 0,
      9,
    );
    for (const [at, row] of rows.entries()) {
      const parts = rows.filter(({ above }) => above === at);
      const sum = parts.reduce((all, one) => all + (one.share ?? 0) * (one.value ?? 0), 0);
      if (parts.length > 0) expect(sum).toBeCloseTo(row.value ?? 0, 9);
      else expect(row.cell).not.toBeNull();
    }
  });

  it('moves under another recipe, and says which moves are beyond doubt', async () => {
    const weights = { IN: 0, OUT: 0, MERGE: 0, SME: 1 };
    const steps = recipe.steps.map((step: { do: string }) =>
      step.do === 'weigh' ? { ...step, weights } : step,
    );
    const { body } = await post('compare', { ...files, other: { ...recipe, steps } });
    for (const { one, other, is_apart } of body.units) {
      const apart = one.rank.high < other.rank.low || other.rank.high < one.rank.low;
      expect(is_apart).toBe(apart);
    }
    expect(body.units.some(({ is_apart }: { is_apart: boolean }) => is_apart)).toBe(true);
    expect(body.not_measured.one.length).toBeGreaterThan(0);
  });

  it('is refused with the cell that is wrong, the same as on the command line', async () => {
    const wrong = await post('measure', { ...files, units: units.replace(/^A,.*$/m, 'A,甲区,x') });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'indicator.data_unreadable']);
    expect(wrong.body.errors[0].zh).not.toBe('');
    const silent = await post('measure', { ...files, recipe: { ...recipe, not_measured: [] } });
    expect(silent.body.code).toBe('indicator.recipe_unreadable');
    const nobody = await post('explain', { ...files, unit: 'nobody' });
    expect([nobody.status, nobody.body.code]).toEqual([404, 'indicator.unit_unknown']);
  });

  it('is stopped where it takes too long, and the next one is made all the same', async () => {
    const uncertainty = { ...recipe.uncertainty, runs: 1_000_000 };
    const long = await post('measure', { ...files, recipe: { ...recipe, uncertainty } });
    expect([long.status, long.body.code]).toEqual([422, 'indicator.too_long']);
    expect((await post('measure', files)).status).toBe(200);
  });
});
