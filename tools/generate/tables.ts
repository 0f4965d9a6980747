/** A column as the catalogue of a migrated database describes it. */
export type Column = { table: string; column: string; type: string; nullable: boolean };

/** Every table of ours with its columns in order; partitions are left to their parent. */
export const COLUMNS_QUERY = `
  select c.relname as "table", a.attname as "column", t.typname as "type",
         not a.attnotnull as "nullable"
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid
    join pg_type t on t.oid = a.atttypid
   where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
     and a.attnum > 0 and not a.attisdropped
   order by c.relname, a.attnum`;

// What both drivers give for a value of the type. A float would lose fen and grams, a Date would
// carry the zone of the machine: numbers with decimals and all times are text.
const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bpchar: 'string',
  bytea: 'Uint8Array',
  date: 'string',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  json: 'JsonColumn',
  jsonb: 'JsonColumn',
  numeric: 'string',
  text: 'string',
  timestamptz: 'string',
  uuid: 'string',
};

const HEAD = `// Made by \`npm run generate\` from a database that all migrations have run on.
import type { ColumnType } from 'kysely';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Read as a value, written as JSON text: a driver would send an array as a SQL array. */
export type JsonColumn = ColumnType<Json, string, string>;
`;

/** The module of row types for the query builder. */
export function writeTables(columns: readonly Column[]): string {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const types = [...tables].map(
    ([table, rows]) =>
      `export type ${typeName(table)} = {\n${rows.map(writeColumn).join('\n')}\n};\n`,
  );
  const index = [...tables.keys()].map((table) => `  ${table}: ${typeName(table)};`);
  return [HEAD, ...types, `export type Tables = {\n${index.join('\n')}\n};\n`].join('\n');
}

function writeColumn({ table, column, type, nullable }: Column): string {
  const isArray = type.startsWith('_');
  const element = TYPES[isArray ? type.slice(1) : type];
  if (!element) throw new Error(`${table}.${column}: no TypeScript type is known for ${type}`);
  return `  ${column}: ${element}${isArray ? '[]' : ''}${nullable ? ' | null' : ''};`;
}

function typeName(table: string): string {
  const words = table.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Table`;
}
