import { resolve } from 'node:path';
import { parseSchedule, type Schedule } from './backup/schedule.ts';
import { type CallRules, parseNetworks, strictRules } from './webhooks/call-rules.ts';

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
  /** Our address as browsers see it, `https://host`: what passkeys are bound to. */
  origin: string | null;
  /** Where the codes on packs lead, `https://host`; our own address where nothing else is said. */
  resolver: string | null;
  /** The file of GS1's company prefix lengths: see `identifiers/prefix-formats.ts`. */
  prefix_formats_file: string | null;
  /** 32 bytes as base64url or hex, for servers; on one machine the data folder holds its own. */
  secret_key: Uint8Array | null;
  log_level: string;
  /** Opens `/metrics` to who shows it; without one only this machine reads them. */
  metrics_token: string | null;
  /** The key that seals facts, where several servers share one: see `trust/seal-key.ts`. */
  seal_key: string | null;
  /** The file of the identity providers: see `identity/oidc/providers.ts`. */
  oidc_file: string | null;
  /** The key that signs webhooks, likewise: see `webhooks/signing-key.ts`. */
  webhook_key: string | null;
  /** Where webhooks may lead. */
  call_rules: CallRules;
  /** Where backups go by themselves, how often, and how many stay; null makes none. */
  backups: { folder: string; schedule: Schedule; keep: number } | null;
  /** Whom backups are encrypted for (age1…), or what opens them: see `backup/key.ts`. */
  backup_key: string | null;
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
    origin: readOrigin('JINGWEI_ORIGIN', env.JINGWEI_ORIGIN),
    resolver: readOrigin('JINGWEI_RESOLVER', env.JINGWEI_RESOLVER || env.JINGWEI_ORIGIN),
    prefix_formats_file: env.JINGWEI_GCP_LENGTHS || null,
    secret_key: readKey(env.JINGWEI_SECRET_KEY),
    log_level: env.JINGWEI_LOG ?? 'warn',
    metrics_token: env.JINGWEI_METRICS_TOKEN || null,
    seal_key: env.JINGWEI_SEAL_KEY || null,
    oidc_file: env.JINGWEI_OIDC || null,
    webhook_key: env.JINGWEI_WEBHOOK_KEY || null,
    call_rules: readCallRules(env),
    backups: readBackups(env),
    backup_key: env.JINGWEI_BACKUP_KEY?.replaceAll(/[\s,]+/g, '\n') || null,
  };
}

function readCallRules(env: NodeJS.ProcessEnv): CallRules {
  const given = env.JINGWEI_WEBHOOK_PORTS;
  const ports = given ? given.split(',').map(Number) : strictRules.ports;
  if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65535)) {
    throw new Error(`JINGWEI_WEBHOOK_PORTS are numbers like 443,8443, not "${given}".`);
  }
  const networks = env.JINGWEI_WEBHOOK_ALLOW ?? '';
  try {
    const allow = parseNetworks(networks);
    return { ports, http: env.JINGWEI_WEBHOOK_HTTP === '1', allow };
  } catch {
    throw new Error(`JINGWEI_WEBHOOK_ALLOW are networks like 10.20.0.0/16, not "${networks}".`);
  }
}

function readOrigin(name: string, text: string | undefined): string | null {
  if (!text) return null;
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin !== text.replace(/\/$/, '')) {
    throw new Error(`${name} is an address like https://host, not "${text}".`);
  }
  return origin;
}

function readKey(text: string | undefined): Uint8Array | null {
  if (!text) return null;
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64url');
  if (key.length !== 32) throw new Error('JINGWEI_SECRET_KEY has 32 bytes, as base64url or hex.');
  return key;
}

function readBackups(env: NodeJS.ProcessEnv): Config['backups'] {
  if (!env.JINGWEI_BACKUP_DIR) return null;
  const schedule = parseSchedule(env.JINGWEI_BACKUP_EVERY || '1d');
  if (!schedule) {
    throw new Error(
      'JINGWEI_BACKUP_EVERY is 30m, 6h, 1d or a time of day like 02:30, ' +
        `not "${env.JINGWEI_BACKUP_EVERY}".`,
    );
  }
  const keep = Number(env.JINGWEI_BACKUP_KEEP || 14);
  if (!Number.isInteger(keep) || keep < 1) {
    throw new Error(
      `JINGWEI_BACKUP_KEEP is a number of backups, not "${env.JINGWEI_BACKUP_KEEP}".`,
    );
  }
  return { folder: resolve(env.JINGWEI_BACKUP_DIR), schedule, keep };
}
