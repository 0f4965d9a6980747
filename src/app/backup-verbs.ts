import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type Asked,
  type BackupKey,
  backupFault,
  type Checkpoint,
  type Config,
  checkBackup,
  checkDatabase,
  type Database,
  type Finding,
  holderOf,
  type Logger,
  machineClock,
  makeBackup,
  makeBackupKey,
  openCheckpoint,
  openDatabase,
  parseBackupKey,
  readKeptSecrets,
  restoreBackup,
  sayFindings,
  unfinishedRestore,
} from '../kernel/index.ts';
import { migrationSources, ownSealKey, secretsOf, version } from './platform.ts';
import { type BareVerb, flag, list, many, optional, required, text, type Values } from './verb.ts';

const now = () => machineClock.now().toISOString();
const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

/** The key that the command line names, else the one of the environment; null for none. */
async function keyOf(config: Config, values: Values): Promise<BackupKey | null> {
  const file = optional(values, 'key-file');
  const given = file ? readFileSync(file, 'utf8') : config.backup_key;
  return given ? parseBackupKey(given) : null;
}

/** Keys and checkpoints that the reader trusts more than the backup itself. */
function askedOf(values: Values): Asked {
  const keys = list(values, 'seal-key');
  const kept = list(values, 'checkpoint').map((file): Checkpoint => {
    const note = readFileSync(file, 'utf8');
    const opened = keys.map((key) => openCheckpoint(note, key)).find((one) => one !== null);
    if (!opened) throw new Error(`${file} is no checkpoint that a --seal-key of yours has signed.`);
    return opened;
  });
  return { keys, kept };
}

/** Opens the database as it stands, beside a running server or alone; it is not migrated. */
async function onDatabase<T>(
  { config, log }: { config: Config; log: Logger },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if (config.database === 'pglite') throw backupFault('backup.pglite');
  const folder = config.data_folder;
  const holder = holderOf(folder);
  const isThere = existsSync(join(folder, 'secrets.json')) || unfinishedRestore(folder) !== null;
  if (config.database === 'embedded' && !isThere)
    throw backupFault('backup.no_database', { folder });
  const database = await openDatabase(config, log);
  try {
    return await work(database);
  } finally {
    await database.close({ leave: holder !== null });
  }
}

async function writeSecret(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  await handle.writeFile(content).finally(() => handle.close());
}

/** Made by a server on its plan: without that server nobody waits for it. */
function endWithParent(): void {
  process.on('disconnect', () => process.exit(1));
  if (process.channel) process.channel.unref();
}

const makingVerbs: Record<string, BareVerb> = {
  backup: {
    usage: '--out <file> [--key-file <age1… or AGE-SECRET-KEY-…>]',
    options: { out: text, 'key-file': text },
    async runBare(surroundings, values) {
      endWithParent();
      const { config } = surroundings;
      const file = resolve(required(values, 'out'));
      const key = await keyOf(config, values);
      const secrets = secretsOf(config);
      const made = await onDatabase(surroundings, (database) =>
        makeBackup(database, { file, key, secrets, version, now: now() }),
      );
      const { bytes, sha256, tables, rows, facts, findings } = made;
      const lines = [
        `${file}: ${megabytes(bytes)} MB, ${tables} tables, ${rows} rows, sha256 ${sha256}`,
        `事实 facts: ${facts.sealed} 已封存 sealed, ${facts.pending} 待封存 pending`,
        ...(key ? [] : plainWarning),
        ...(findings.length > 0 ? sayFindings(findings) : []),
      ];
      return { lines, json: made, exit_code: findings.length > 0 ? 3 : 0 };
    },
  },
  'backup key': {
    usage: '--out <file>      (a new key: what it locks, nothing else opens)',
    options: { out: text },
    async runBare(_, values) {
      const file = resolve(required(values, 'out'));
      const { text: content, recipient } = await makeBackupKey();
      await writeSecret(file, content);
      return { lines: [recipient], json: { file, recipient } };
    },
  },
  'backup secrets': {
    usage: '<file> --key-file <file> --out <folder>',
    options: { file: text, 'key-file': text, out: text },
    operand: 'file',
    async runBare({ config }, values) {
      const file = required(values, 'file');
      const { secrets } = await checkBackup(file, await keyOf(config, values));
      if (!secrets) throw backupFault('backup.holds_no_secrets', { file });
      const folder = resolve(required(values, 'out'));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { vault_key, seal_key } = secrets;
      await writeSecret(join(folder, 'secrets.json'), `${JSON.stringify({ vault_key })}\n`);
      if (seal_key) await writeSecret(join(folder, 'seal-key.pem'), seal_key);
      return { lines: [folder], json: { folder } };
    },
  },
};

const plainWarning = [
  '⚠ 未加密：谁拿到文件就能读到一切；不含密钥库密钥与封存私钥，请另行保管 secrets.json 与 seal-key.pem。',
  '⚠ Not encrypted: whoever has the file reads all of it. It holds neither the key of the vault',
  '  nor the key that seals facts: keep secrets.json and seal-key.pem apart.',
];

function verdict(at: string, facts: { sealed: number; pending: number }, findings: Finding[]) {
  const { sealed, pending } = facts;
  if (findings.length > 0) return sayFindings(findings);
  return [
    `✓ ${at}`,
    `  ${sealed} 件事实与封存一致，${pending} 件待封存`,
    `  ${sealed} facts are as they were sealed; ${pending} wait for their seal`,
  ];
}

const trustOptions = { 'seal-key': many, checkpoint: many };
const trustUsage = '[--seal-key <verifier key> …] [--checkpoint <file> …]';

const readingVerbs: Record<string, BareVerb> = {
  verify: {
    usage: `[<file>] [--key-file <file>] ${trustUsage}      (without a file: the database)`,
    options: { file: text, 'key-file': text, ...trustOptions },
    operand: 'file',
    async runBare(surroundings, values) {
      const { config } = surroundings;
      const asked = askedOf(values);
      const file = optional(values, 'file');
      const own = ownSealKey(config);
      const keys = asked.keys.length > 0 || !own ? asked.keys : [own];
      const checked = file
        ? await checkBackup(file, await keyOf(config, values), asked)
        : await onDatabase(surroundings, (database) =>
            checkDatabase(database, now(), { ...asked, keys }),
          );
      const { facts, findings, checkpoints } = checked;
      return {
        lines: [
          ...verdict(file ?? config.database, facts, findings),
          ...checkpoints.map(({ key }) => `  封存密钥 sealed under ${key}`),
        ],
        json: { ok: findings.length === 0, facts, findings, checkpoints },
        exit_code: findings.length > 0 ? 1 : 0,
      };
    },
  },
  restore: {
    usage:
      `<file> [--key-file <file>] ${trustUsage} [--secrets <folder> | --without-secrets]` +
      ' [--accept-findings]      (into an empty JINGWEI_DATA or DATABASE_URL)',
    options: {
      ...{ file: text, 'key-file': text, ...trustOptions },
      ...{ secrets: text, 'without-secrets': flag, 'accept-findings': flag },
    },
    operand: 'file',
    async runBare({ config }, values) {
      const folder = optional(values, 'secrets');
      const restored = await restoreBackup({
        file: required(values, 'file'),
        key: await keyOf(config, values),
        asked: askedOf(values),
        config,
        modules: migrationSources,
        now: now(),
        accept_findings: values['accept-findings'] === true,
        onFindings: (findings) => {
          for (const line of sayFindings(findings)) process.stderr.write(`${line}\n`);
        },
        secrets: folder ? readKeptSecrets(folder) : null,
        without_secrets: values['without-secrets'] === true,
      });
      return { lines: restoredLines(restored), json: restored };
    },
  },
};

function restoredLines(done: Awaited<ReturnType<typeof restoreBackup>>): string[] {
  const { into, rows, facts, migrated, lost, same_seal_key } = done;
  return [
    `✓ ${into}: ${rows} 行已恢复并逐表核对 rows restored, each table read back and compared`,
    `  ${facts.sealed} 件已封存事实已核对 sealed facts hold; ${facts.pending} 件待封存 pending; ` +
      `${migrated} 个迁移已补上 migrations since`,
    ...(same_seal_key
      ? []
      : [
          '⚠ 今后的事实用另一把密钥封存：请把 seals key 的新公钥交给成员。',
          '⚠ Facts are sealed under another key from now on: give members the new one (seals key).',
        ]),
    ...(lost.people > 0
      ? [
          `⚠ ${lost.people} 人的动态码失效：用恢复码登录，或由您运行 people reset-factors。`,
          `⚠ The codes of ${lost.people} people do not work: recovery codes do, ` +
            'or run people reset-factors.',
        ]
      : []),
    ...(lost.webhooks > 0
      ? [
          `⚠ ${lost.webhooks} 个推送的密钥打不开：请其所有者轮换密钥后再恢复推送。`,
          `⚠ The secrets of ${lost.webhooks} webhooks do not open: their owners rotate them first.`,
        ]
      : []),
  ];
}

/** What keeps an installation from being lost. */
export const backupVerbs: Record<string, BareVerb> = { ...makingVerbs, ...readingVerbs };
