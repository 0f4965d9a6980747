import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modules } from '../src/app/modules.ts';
import { migrate } from '../src/kernel/db/migrate.ts';
import { openPglite } from '../src/kernel/db/pglite.ts';
import { openApi } from '../src/kernel/http/openapi.ts';
import { writeClient } from './generate/client.ts';
import type { OpenApi } from './generate/openapi.ts';
import { writeFaultsPage, writePermissionsPage } from './generate/pages.ts';
import { COLUMNS_QUERY, type Column, writeTables } from './generate/tables.ts';

const root = join(import.meta.dirname, '..');

/** Everything that is written from the migrations and the route table, by path. */
async function generate(): Promise<Map<string, string>> {
  const document = openApi(modules);
  return new Map([
    ['src/kernel/db/generated/tables.ts', writeTables(await readColumns())],
    ['docs/reference/openapi.json', `${JSON.stringify(document, null, 2)}\n`],
    ['web/src/generated/api.ts', writeClient(document as OpenApi)],
    ['docs/reference/faults.md', writeFaultsPage(modules)],
    ['docs/reference/permissions.md', writePermissionsPage(modules)],
  ]);
}

/** The columns of a database in memory that all migrations have just run on. */
async function readColumns(): Promise<Column[]> {
  const database = await openPglite(null);
  try {
    const sources = modules.flatMap(({ name, migrations }) =>
      migrations ? [{ name, migrations }] : [],
    );
    await migrate(database, sources, new Date().toISOString());
    const { rows } = await database.owner.query<Column>(COLUMNS_QUERY);
    return rows;
  } finally {
    await database.close();
  }
}

function isStale(path: string, text: string): boolean {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, 'utf8') !== text;
}

const stale = [...(await generate())].filter(([path, text]) => isStale(path, text));
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.log(`${path} is stale: run \`npm run generate\``);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}
