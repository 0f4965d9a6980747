import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The database's passwords, and the key under which the database's own secrets are encrypted. */
export type Secrets = { owner_password: string; app_password: string; vault_key: string };

/** The secrets of the data folder, made on the first start, readable by their owner alone. */
export function readSecrets(dataFolder: string): Secrets {
  const file = join(dataFolder, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {};
  const make = () => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    owner_password: kept.owner_password ?? make(),
    app_password: kept.app_password ?? make(),
    vault_key: kept.vault_key ?? randomBytes(32).toString('base64url'),
  };
  if (kept.vault_key === undefined) keepSecrets(dataFolder, secrets);
  return secrets;
}

function keepSecrets(dataFolder: string, secrets: Secrets): void {
  const file = join(dataFolder, 'secrets.json');
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  // Whole or not at all: a file cut short would lock the platform out of its own database.
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Puts the key of a vault that comes from elsewhere into a data folder. */
export function bringVaultKey(dataFolder: string, vault_key: string): void {
  keepSecrets(dataFolder, { ...readSecrets(dataFolder), vault_key });
}
