import { z } from 'zod';
import { assert } from '../assert.ts';
import { scopes } from '../schema.ts';
import type { Module, Route } from './route.ts';

type Json = Record<string, unknown>;

/** Schemas that have a name, by it: each stands once, among the components of the document. */
type Named = Map<string, Json>;

/** References as they lead from anywhere in the document, not from the schema's own root. */
function relinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relinked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref'
        ? String(part).replace(/^#\/\$defs\//, '#/components/schemas/')
        : relinked(part),
    ]),
  );
}

/**
 * The wire form of a schema: a codec's text side, whichever way it travels. The named schemas that
 * it uses move to `named`: a `$ref` to `#/$defs` would lead nowhere inside an OpenAPI document.
 */
function wire(schema: z.ZodType, named: Named): Json {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
    reused: 'inline',
  }) as Json;
  for (const [name, definition] of Object.entries($defs as Json)) {
    const linked = relinked(definition) as Json;
    const known = named.get(name);
    const same = known === undefined || JSON.stringify(known) === JSON.stringify(linked);
    assert(same, `the schema name "${name}" means one thing`);
    named.set(name, linked);
  }
  return relinked(rest) as Json;
}

function parametersOf(route: Route, named: Named): Json[] {
  const from = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    if (!schema) return [];
    const { properties = {}, required = [] } = wire(schema, named) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: property,
    }));
  };
  const parameters: Json[] = [...from(route.params, 'path'), ...from(route.query, 'query')];
  if (route.method !== 'GET' && route.kind === 'actor') {
    parameters.push({ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } });
  }
  return parameters;
}

function bodyOf(route: Route, named: Named): Json | undefined {
  const content: Json = {};
  if (route.body) content['application/json'] = { schema: wire(route.body, named) };
  for (const type of route.takes ?? []) {
    content[type] = { schema: { type: 'string', format: 'binary' } };
  }
  return Object.keys(content).length > 0 ? { required: true, content } : undefined;
}

function operationOf(route: Route, named: Named): Json {
  const content: Json = { 'application/json': { schema: wire(route.reply, named) } };
  for (const type of route.gives ?? []) {
    content[type] = { schema: { type: 'string', format: 'binary' } };
  }
  const body = bodyOf(route, named);
  return {
    operationId: route.id,
    summary: route.summary.en,
    description: route.summary.zh,
    ...(route.kind !== 'open' && route.permission ? { 'x-permission': route.permission } : {}),
    ...(route.kind === 'open' ? { security: [] } : {}),
    ...(route.kind === 'person' ? { security: [{ session: [] }] } : {}),
    'x-faults': route.faults,
    parameters: parametersOf(route, named),
    ...(body ? { requestBody: body } : {}),
    responses: {
      [String(route.status ?? 200)]: { description: 'OK', content },
      default: {
        description: 'Problem (RFC 9457)',
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    },
  };
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  messages: z.object({ zh: z.string(), en: z.string() }),
  /** Where what the problem is about can be read, when it was kept. */
  instance: z.string().optional(),
  errors: z
    .array(
      z.object({
        path: z.string(),
        rule: z.string().optional(),
        zh: z.string(),
        en: z.string(),
      }),
    )
    .optional(),
});

/** The OpenAPI 3.1 document of all modules' routes. */
export function openApi(modules: readonly Module[]): Json {
  const paths: Record<string, Json> = {};
  const named: Named = new Map([['Problem', wire(problem, new Map())]]);
  for (const route of modules.flatMap((module) => module.routes)) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operationOf(route, named);
    paths[route.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Jingwei 经纬', version: '1', license: { name: 'Apache-2.0' } },
    'x-scopes': scopes,
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries([...named].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'jingwei' },
      },
    },
  };
}
