import type { JsonSchema, OpenApi } from './openapi.ts';

/**
 * The TypeScript type of a JSON Schema (draft 2020-12) as Zod writes it. Unknown keywords narrow
 * nothing: a type may be wider than its schema, never narrower.
 */
export function typeOf(schema: JsonSchema, depth = 0): string {
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1) ?? 'unknown';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return unionOf(schema.enum.map((item) => JSON.stringify(item)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return unionOf(choices.map((choice) => typeOf(choice, depth)));
  if (Array.isArray(schema.allOf)) {
    return schema.allOf.map((part) => group(typeOf(part, depth))).join(' & ');
  }
  if (Array.isArray(schema.type)) {
    return unionOf(schema.type.map((type) => typeOf({ ...schema, type }, depth)));
  }
  return simpleType(schema, depth);
}

/**
 * The schemas that have a name: among the components, or under the `$defs` of whatever uses them.
 * Throws when one name means two things.
 */
export function namedSchemas(document: OpenApi): Map<string, JsonSchema> {
  const named = new Map(Object.entries(document.components?.schemas ?? {}));
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, schema] of Object.entries((value as JsonSchema).$defs ?? {})) {
      const known = named.get(name);
      if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
        throw new Error(`the schema name "${name}" means two things`);
      }
      named.set(name, schema as JsonSchema);
    }
    for (const part of Object.values(value)) visit(part);
  };
  visit(document);
  return named;
}

/** A property as it may stand in an object type: quoted where it is no plain name. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function simpleType(schema: JsonSchema, depth: number): string {
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayType(schema, depth);
    case 'object':
      return objectType(schema, depth);
    default:
      return 'unknown';
  }
}

function arrayType(schema: JsonSchema, depth: number): string {
  if (Array.isArray(schema.prefixItems)) {
    return `[${schema.prefixItems.map((item) => typeOf(item, depth)).join(', ')}]`;
  }
  return `${group(typeOf((schema.items ?? {}) as JsonSchema, depth))}[]`;
}

function objectType(schema: JsonSchema, depth: number): string {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  if (properties.length === 0) {
    const others = schema.additionalProperties;
    const isSchema = typeof others === 'object' && others !== null;
    return `Record<string, ${isSchema ? typeOf(others as JsonSchema, depth) : 'unknown'}>`;
  }
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const indent = '  '.repeat(depth + 1);
  const lines = properties.map(([name, property]) => {
    const optional = required.has(name) ? '' : '?';
    return `${indent}${propertyName(name)}${optional}: ${typeOf(property, depth + 1)};`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

function unionOf(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}

function group(type: string): string {
  return type.includes(' | ') || type.includes(' & ') ? `(${type})` : type;
}
