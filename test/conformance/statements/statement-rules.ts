const keywords = new Set(
  (
    'where on set join left right inner full cross natural group order limit values using for ' +
    'having union returning select as'
  ).split(' '),
);

/**
 * One statement in the form in which it is compared and reviewed: literals and the lengths of lists
 * do not count, only what is asked.
 */
export function normalise(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'/g, '$')
    .replaceAll(/'\\x[0-9a-f]*'/g, '$')
    .replaceAll(/'\d{4}-\d\d-\d\dT[\d:.]+Z'/g, '$')
    .replaceAll(/\$\d+/g, '$')
    .replaceAll(/(\((?:\$(?:::\w+)?(?:, )?)+\))(?:, \1)+/g, '$1')
    .replaceAll(/\bin \(\$(?:, \$)*\)/g, 'in ($, …)')
    .replaceAll(/array\[\$(?:, \$)*\]/gi, 'array[$, …]')
    .trim();
}

const clause = new RegExp(
  ' (?=(from|where|(inner|left|cross|full) join|group by|having|order by|limit|values|' +
    'on conflict|union|set|returning)\\b)',
  'g',
);

/** The same on lines of its own, for people to read. */
export function laidOut(text: string): string {
  return text.replaceAll(clause, '\n  ');
}

/** The single statements of one message to the database. */
export function statementsOf(message: string): string[] {
  return message
    .split(';')
    .map(normalise)
    .filter((text) => text !== '');
}

const around =
  /^(begin( read only)?|commit|rollback|(release )?savepoint \w+|rollback to savepoint \w+)$/;
const setting = new RegExp(
  `^set local (${[
    String.raw`jingwei\.(chain|actor|user|bearer)_id = \$`,
    String.raw`jingwei\.reads_\w+ = '\{[0-9a-f,-]*\}'`,
    'role jingwei_(app|sealer)',
    'synchronous_commit = off',
  ].join('|')})$`,
);

/** Whether it only opens, closes or sets the scene of a transaction, in one of the known ways. */
export function isScene(text: string): boolean {
  return around.test(text) || setting.test(text);
}

const forbidden: readonly [why: string, found: RegExp][] = [
  ['set_config() is not propagated to the workers of a cluster', /\bset_config\s*\(/i],
  ['a session keeps what SET leaves behind: SET LOCAL', /^set (?!local\b)/i],
  [
    'time comes from tx.now',
    /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(/i,
  ],
  ['time comes from tx.now', /\bcurrent_(timestamp|date|time)\b/i],
  [
    'chance and ids come from the application',
    /\b(random|gen_random_uuid|uuidv7|uuid_generate_\w+)\s*\(/i,
  ],
  ['no invariant rests on an advisory lock', /\bpg_(try_)?advisory/i],
  ['no sequences', /\bnextval\s*\(/i],
  ['no LISTEN and NOTIFY', /^(listen|notify)\b|\bpg_notify\s*\(/i],
  ['no DDL at run time', /^(create|alter|drop|truncate|grant|revoke|call|do)\b/i],
];

type Use = { table: string; name: string; inserts: boolean };

const usePattern =
  /\b(from|join|update|into)\s+(?:only\s+)?"?(\w+)"?(?:\s+(?:as\s+)?"?([a-z_]\w*)"?)?/gi;

function usesOf(text: string, owned: ReadonlySet<string>): Use[] {
  const uses: Use[] = [];
  // A part of the statement that is named by WITH hides a table of the same name.
  const parts = new Set(
    [...text.matchAll(/(?:\bwith|,) "?(\w+)"?(?: \([^)]*\))? as \(/gi)].map(
      ([, name = '']) => name,
    ),
  );
  for (const [, verb = '', table = '', alias = ''] of text.matchAll(usePattern)) {
    if (!owned.has(table) || parts.has(table)) continue;
    const name = alias === '' || keywords.has(alias.toLowerCase()) ? table : alias;
    uses.push({ table, name, inserts: verb.toLowerCase() === 'into' });
  }
  return uses;
}

function heldToChain(text: string, { table, name, inserts }: Use): boolean {
  if (inserts) return new RegExp(`into "?${table}"? \\([^)]*\\bchain_id\\b`, 'i').test(text);
  const column = `"?${name}"?\\."?chain_id"?`;
  return new RegExp(`${column}\\s*=|=\\s*${column}`, 'i').test(text);
}

/** Filters that name no table: each holds the one table of its own FROM. */
const bareFilters = (text: string) =>
  text.match(/(?<!\.)"chain_id" = |(?<![."\w])chain_id = /g)?.length ?? 0;

/**
 * What a statement does that storage past one machine does not take (design, storage rules 4 to 7).
 * @param owned the tables that a chain owns
 */
export function brokenStatement(text: string, owned: ReadonlySet<string>): string[] {
  const broken = forbidden.filter(([, found]) => found.test(text)).map(([why]) => why);
  const uses = usesOf(text, owned);
  const loose = uses.filter((use) => !heldToChain(text, use));
  let spare = bareFilters(text);
  for (const { table, name, inserts } of loose) {
    if (!inserts && spare-- > 0) continue;
    broken.push(`${table}${name === table ? '' : ` ${name}`} is not held to its chain`);
  }
  const asks = uses.some((use) => !use.inserts);
  if (asks && !/"?chain_id"? = \$/.test(text))
    broken.push('no chain is given: it asks all of them');
  const copies = /^insert into [^(]*\([^)]*\) (select|with)\b/i.test(text);
  if (copies && !/on conflict do nothing/i.test(text)) {
    broken.push('insert … select without "on conflict do nothing" is refused under row security');
  }
  if (/with recursive/i.test(text) && uses.length === 0) broken.push('recursive, without a chain');
  return broken;
}
