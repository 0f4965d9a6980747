import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type ContextManager,
  context,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world/world.ts';

let world: World<'maker'>;

beforeAll(async () => {
  world = await openWorld({ maker: 'core' });
}, 90_000);
afterAll(() => world?.close());

const makePlace = (name_zh: string, key: string) =>
  world.server.inject({
    method: 'POST',
    url: '/api/v1/places',
    headers: { authorization: `Bearer ${world.keys.maker}`, 'idempotency-key': key },
    payload: { name_zh, kind: 'cold_store' },
  });

describe('a disk that is full', () => {
  it('refuses a write whole and in words, and takes it once there is space', async () => {
    const { owner, pulse } = world.test.store.database;
    await pulse.tryDisk();
    await owner.query(`
      create function no_space() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
      create trigger no_space before insert on fact
        for each statement execute function no_space()`);
    const refused = await makePlace('满库', 'full');
    expect(refused.statusCode).toBe(507);
    expect(refused.headers['retry-after']).toBe('30');
    expect(refused.json()).toMatchObject({
      code: 'kernel.disk_full',
      messages: { zh: /磁盘已满/, en: /disk is full/ },
    });
    await owner.query('drop trigger no_space on fact');
    const kept = await owner.query(`select 1 from place where name_zh = '满库'`);
    expect(kept.rowCount).toBe(0);
    expect((await makePlace('满库', 'full')).statusCode).toBe(201);
  });
});

/** What an SDK brings along: spans know what they stand in. */
function asyncContexts(): ContextManager {
  const store = new AsyncLocalStorage<Context>();
  const manager: ContextManager = {
    active: () => store.getStore() ?? ROOT_CONTEXT,
    with: (inner, work, self, ...args) => store.run(inner, () => work.call(self as never, ...args)),
    bind: (_context, target) => target,
    enable: () => manager,
    disable: () => manager,
  };
  return manager;
}

describe('spans, once an SDK is there', () => {
  it('stand in one another, from the request to its statements, and hold no value', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    context.setGlobalContextManager(asyncContexts());
    trace.setGlobalTracerProvider(provider);
    await makePlace('机密库', 'secret-key-of-a-request');
    const spans = exporter.getFinishedSpans();
    trace.disable();
    context.disable();
    const named = (name: string) => spans.find((span) => span.name === name);
    const request = named('POST /api/v1/places');
    expect(request?.attributes).toMatchObject({ 'http.response.status_code': 201 });
    const above = (name: string) => named(name)?.parentSpanContext?.spanId;
    expect(above('transaction')).toBe(request?.spanContext().spanId);
    expect(above('place.create')).toBe(named('transaction')?.spanContext().spanId);
    expect(above('commit')).toBe(named('transaction')?.spanContext().spanId);
    expect(spans.filter(({ name }) => name === 'statement').length).toBeGreaterThan(2);
    const text = JSON.stringify(spans.map(({ name, attributes }) => ({ name, attributes })));
    expect(text).not.toMatch(/机密库|secret-key/);
    expect(text).not.toContain(world.parties.maker.id);
  });
});
