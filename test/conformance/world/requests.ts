import { z } from 'zod';
import type { Route } from '../../../src/kernel/index.ts';

type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  format?: string;
  pattern?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
};

/** One field of a route's path or query: which values it may be asked with. */
export type Field = { name: string; required: boolean; kind: 'id' | 'cursor' | 'other' } & {
  samples: readonly string[];
};

function samplesOf(schema: JsonSchema): string[] {
  if (schema.enum) return schema.enum.map(String);
  if (schema.const !== undefined) return [String(schema.const)];
  if (schema.anyOf) return schema.anyOf.flatMap(samplesOf);
  if (schema.type === 'integer' || schema.type === 'number') {
    return [...new Set([schema.minimum ?? 1, 7, schema.maximum ?? 100])].map(String);
  }
  if (schema.format === 'date') return ['2026-01-01', '2026-03-02', '2027-01-01'];
  if (schema.format === 'date-time') return ['2026-03-02T00:00:00.000Z'];
  if (schema.description === 'decimal as text') return ['1', '12.5'];
  if (schema.pattern?.includes('A-Z]{3}')) return ['CNY'];
  if (schema.pattern?.includes('A-Z0-9')) return ['KGM', 'CT'];
  return ['true', '1', '水饺', 'KGM'];
}

function fieldsOf(schema: z.ZodType | undefined): Field[] {
  if (!schema) return [];
  const options = { io: 'input', unrepresentable: 'any' } as const;
  const { properties = {}, required = [] } = z.toJSONSchema(schema, options) as JsonSchema;
  return Object.entries(properties).map(([name, field]) => {
    const isId = name === 'id' || name.endsWith('_id') || name === 'subject';
    return {
      name,
      required: required.includes(name),
      kind: name === 'after' ? 'cursor' : isId ? 'id' : 'other',
      samples: samplesOf(field),
    };
  });
}

/** A route that reads, as a caller sees it. */
export type Question = { id: string; path: string; params: Field[]; query: Field[] };

/** Every route that reads for an actor, with its fields taken from its own schemas. */
export function questionsOf(routes: readonly Route[]): Question[] {
  return routes
    .filter((route) => route.method === 'GET' && route.kind === 'actor')
    .map(({ id, path, params, query }) => ({
      id,
      path,
      params: fieldsOf(params),
      query: fieldsOf(query),
    }));
}
