import { createHmac } from 'node:crypto';
import pg from 'pg';
import { connectionsOf, createAppRole } from './embedded.ts';
import { appRole, type Database } from './place.ts';

/**
 * Opens the PostgreSQL (15 or later, or Citus 13 or later) at `url`, whose user owns the schema.
 *
 * The application logs in as an ordinary role of its own. Its log-in is `appUrl` where the operator
 * gives one; otherwise the role is made here, with a password derived from the owner's, so that
 * several servers on one database agree on it without sharing a file.
 */
export async function openServer(url: string, appUrl: string | null): Promise<Database> {
  const shard = '-c citus.propagate_set_commands=local';
  const citus = await isCitus(url);
  const options = citus ? { options: shard } : {};
  // The sealer's context has to reach the workers as well.
  const ownerOptions = citus ? { options: `-c TimeZone=UTC ${shard}` } : {};
  const app = appUrl ?? (await deriveAppUrl(url));
  const pools = connectionsOf(
    { connectionString: url, ...ownerOptions },
    { connectionString: app, ...options },
  );
  return {
    place: 'server',
    durable: true,
    ...pools,
    joined: true,
    role_prelude: '',
    isUp: () => true,
    async close() {
      await pools.end();
    },
  };
}

async function isCitus(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(`select 1 from pg_extension where extname = 'citus'`);
  await client.end();
  return rowCount === 1;
}

async function deriveAppUrl(ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl);
  if (!url.password) {
    throw new Error(
      'DATABASE_URL has no password, so none can be derived for the application role. ' +
        'Create a role without superuser and BYPASSRLS and give its log-in in DATABASE_APP_URL.',
    );
  }
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const password = createHmac('sha256', decodeURIComponent(url.password))
    .update(`${appRole} ${url.pathname}`)
    .digest('base64url');
  await createAppRole(owner, password);
  await owner.end();
  url.username = appRole;
  url.password = password;
  return url.href;
}
