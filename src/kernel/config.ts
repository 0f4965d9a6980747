import { resolve } from 'node:path';

/** What the surroundings say. The only reader of the environment. */
export type Config = {
  data_folder: string;
  database_url: string | null;
  database_app_url: string | null;
  /** Set to `pglite` to run without the embedded PostgreSQL; never safe against power loss. */
  database: 'embedded' | 'server' | 'pglite';
  port: number;
  host: string;
  /** Set where a proxy ends TLS in front: cookies are then `__Host-` and secure. */
  https: boolean;
  log_level: string;
  /** The key that seals facts, where several servers share one: see `trust/seal-key.ts`. */
  seal_key: string | null;
};

export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env.PORT ?? 7300);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT must be a number from 0 to 65535, not "${env.PORT}".`);
  }
  const url = env.DATABASE_URL ?? null;
  return {
    data_folder: resolve(env.JINGWEI_DATA ?? 'data'),
    database_url: url,
    database_app_url: env.DATABASE_APP_URL ?? null,
    database: env.JINGWEI_DATABASE === 'pglite' ? 'pglite' : url ? 'server' : 'embedded',
    port,
    host: env.JINGWEI_HOST ?? '127.0.0.1',
    https: env.JINGWEI_HTTPS === '1',
    log_level: env.JINGWEI_LOG ?? 'warn',
    seal_key: env.JINGWEI_SEAL_KEY || null,
  };
}
