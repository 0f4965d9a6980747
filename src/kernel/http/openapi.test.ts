import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApi } from './openapi.ts';
import { type Module, openRoute } from './route.ts';

const line = z.object({ no: z.int() }).meta({ id: 'TestLine' });
const order = z.object({ lines: z.array(line) }).meta({ id: 'TestOrder' });

function moduleOf(...replies: z.ZodType[]): Module {
  const routes = replies.map((reply, at) =>
    openRoute({
      id: `test.${at}`,
      method: 'GET',
      path: `/test/${at}`,
      summary: { zh: '', en: '' },
      reply,
      faults: [],
      run: async () => ({}) as never,
    }),
  );
  return { name: 'test', migrations: null, routes, faults: {} };
}

/** Every reference of a document. */
function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' ? [String(part)] : refsOf(part),
  );
}

/** What a JSON pointer leads to, or undefined. */
function follow(document: unknown, ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

describe('the OpenAPI document', () => {
  it('has each named schema once, and every reference leads to one', () => {
    const document = openApi([moduleOf(order, z.array(order), line)]);
    const refs = refsOf(document);
    expect(refs).toContain('#/components/schemas/TestOrder');
    expect(refs).toContain('#/components/schemas/TestLine');
    for (const ref of refs) expect(follow(document, ref), ref).toBeTypeOf('object');
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('takes no name for two things', () => {
    const one = z.object({ one: z.string() }).meta({ id: 'TestTwice' });
    const twice = () => {
      const two = z.object({ two: z.string() }).meta({ id: 'TestTwice' });
      return openApi([moduleOf(one, two)]);
    };
    expect(twice).toThrow(/TestTwice/);
  });
});
