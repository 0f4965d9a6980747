import type { JsonSchema, OpenApi, Operation } from './openapi.ts';
import { namedSchemas, propertyName, typeOf } from './types.ts';

const HEAD = `// Made by \`npm run generate\` from the route table: what each operation takes and
// answers, and where it stands; how to call it is the console's own matter.
`;

/** The module that gives the console every operation of the API with its types. */
export function writeClient(document: OpenApi): string {
  const schemas = [...namedSchemas(document)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema)};\n`);
  const routes = Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    .toSorted((one, other) => (one.operation.operationId < other.operation.operationId ? -1 : 1));
  const table = routes.map(
    ({ path, method, operation }) =>
      `  '${operation.operationId}': { method: '${method.toUpperCase()}', path: '${path}' },`,
  );
  const types = routes.map(({ operation }) => writeOperation(operation));
  return [
    HEAD,
    ...schemas,
    `export const operations = {\n${table.join('\n')}\n} as const;\n`,
    `export type Operations = {\n${types.join('\n')}\n};\n`,
  ].join('\n');
}

function writeOperation(operation: Operation): string {
  const body = operation.requestBody?.content['application/json']?.schema;
  const fields = [
    `params: ${parametersOf(operation, 'path')}`,
    `query: ${parametersOf(operation, 'query')}`,
    `body: ${body ? typeOf(body, 2) : 'undefined'}`,
    `reply: ${replyOf(operation)}`,
  ];
  const lines = fields.map((text) => `    ${text};`);
  return `  '${operation.operationId}': {\n${lines.join('\n')}\n  };`;
}

function parametersOf({ parameters = [] }: Operation, place: string): string {
  const chosen = parameters.filter((parameter) => parameter.in === place);
  if (chosen.length === 0) return 'undefined';
  const fields = chosen.map(({ name, required, schema = {} }) => {
    // A client may leave out what has a default, whatever the schema of the parsed value says.
    const optional = required && !('default' in schema) ? '' : '?';
    return `${propertyName(name)}${optional}: ${typeOf(schema, 2)}`;
  });
  return `{ ${fields.join('; ')} }`;
}

function replyOf({ responses }: Operation): string {
  const status = Object.keys(responses).find((code) => code.startsWith('2'));
  const content = status === undefined ? undefined : responses[status]?.content;
  const schema: JsonSchema | undefined = content?.['application/json']?.schema;
  if (schema) return typeOf(schema, 2);
  return content ? 'Blob' : 'undefined';
}
