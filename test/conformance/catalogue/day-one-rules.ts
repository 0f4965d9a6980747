import type { Catalogue, Policy, Role, Table } from './catalogue.ts';

/** One broken rule of storage: which table (or other thing), and what is wrong with it. */
export type Finding = { at: string; broken: string };

/** Tables that no chain owns: small, the same on every node, and each with its reason. */
export const withoutChain: Readonly<Record<string, string>> = {
  backup_run: 'which backups this database has made; read and written by its owner alone',
  migration: 'what has run on this database; read and written by its owner alone',
  chain: 'the chains themselves: a request finds its chain here',
  party: 'a firm is one firm in all chains; its name and code are in the public register',
  user_account: 'a person signs in before a chain is known',
  session: 'looked up by the hash of a secret before a chain is known',
  user_chain: 'which chains a person may enter: read before one is chosen',
  half_session: 'a sign-in whose second step is to come: nobody is known yet',
  totp: 'a person’s second step stands before any chain',
  recovery_code: 'stands in for a second step',
  passkey: 'says who signs in before a chain is known',
  oidc_visit: 'on the way to an identity provider nobody is known yet',
  oidc_link: 'says who signs in before a chain is known',
  challenge: 'what a passkey signs before anybody is known',
  known_device: 'a browser is known again before a sign-in',
  sign_in_budget: 'wrong tries count before anybody is known',
  security_event: 'a person’s ways in are the person’s, in whichever chain they work',
  account_erasure: 'a person is erased from all chains at once',
  shared_gtin: 'where the code on a pack leads: whoever scans it is in no chain',
};

/** What is written once: the application may neither change nor delete a row of these. */
export const appendOnly: readonly string[] = [
  'account',
  'bank_statement',
  'capture',
  'company_prefix',
  'document_source',
  'entry',
  'entry_line',
  'event',
  'event_item',
  'event_void',
  'fact',
  'firm_profile',
  'form_version',
  'invoice_line',
  'line_name',
  'order_message',
  'party_alias',
  'payment_allocation',
  'price',
  'product_bundle',
  'recall_answer',
  'receipt',
  'receipt_line',
  'receivable_credit',
  'release_source',
  'report',
  'report_ruling',
  'return_note',
  'return_note_line',
  'sale_decision',
  'seal',
  'seal_leaf',
  'seal_tile',
  'sealed_fact',
  'security_event',
  'shared_access',
  'stock_opening',
];

/** What may be deleted: projections that are rebuilt, and what has had its time. */
export const deletable: Readonly<Record<string, string>> = {
  account_erasure: 'its owner changes their mind',
  challenge: 'used up by its answer',
  ended_page: 'would have ended by itself by now',
  form_draft: 'its owner makes it a form, or gives it up',
  half_session: 'the second step is gone, or its time is over',
  idempotency_key: 'is forgotten once nobody repeats the request any more',
  known_device: 'a password that changes makes every browser strange again',
  named_query: 'its owner drops it',
  oidc_link: 'its owner removes it',
  oidc_visit: 'the way to a provider has ended, or its time is over',
  passkey: 'its owner removes it',
  product_unit: 'a list that its owner writes anew',
  query_subscription: 'its owner unsubscribes, or drops the query',
  recovery_code: 'made anew, all at once',
  session: 'signing out',
  shared_gtin: 'its owner shares the product no more',
  sign_in_budget: 'a right password forgives the wrong ones',
  stock: 'a projection of the events',
  stock_movement: 'the index of events that stock is folded out of',
  stock_unknown: 'what waited for a name that is known by now',
  subscription_event: 'a note of what was sent, once no late event can come beside it',
  totp: 'its owner turns codes off',
  user_chain: 'a seat that ended',
  webhook: 'its owner removes it, with its secrets',
  webhook_message: 'was delivered long ago, or is found again on the way of a replay',
};

/** What the platform's own role may do: seal facts, clear old logs, see what is due to be sent. */
export const sealerGrants: Readonly<Record<string, readonly string[]>> = {
  fact: ['SELECT'],
  idempotency_key: ['DELETE', 'SELECT'],
  query_subscription: ['SELECT'],
  release: ['SELECT'],
  seal: ['INSERT', 'SELECT'],
  seal_leaf: ['INSERT', 'SELECT'],
  seal_tile: ['INSERT', 'SELECT'],
  sealed_fact: ['INSERT', 'SELECT'],
  security_event: ['DELETE', 'SELECT', 'UPDATE'],
  shared_access: ['DELETE', 'SELECT'],
  webhook: ['SELECT'],
};

/** Indexes that chain_id does not lead. */
export const timeIndexes: Readonly<Record<string, string>> = {
  event_time_range: 'BRIN finds ranges of time in a table that grows with time',
};

// As the catalogue writes it back. One bracket more, or an OR, and the chain would be one of two
// ways in instead of the first condition.
const setting = String.raw`NULLIF\(current_setting\('jingwei\.chain_id'::text, true\), ''::text\)`;
const ofChain = String.raw`\(chain_id = \(${setting}\)::uuid\)`;
const context = new RegExp(String.raw`^(${ofChain}|\(${ofChain} AND [^]*\))$`);
const callable = /([a-z_][a-z0-9_.]*)\s*\(/gi;
const keywords = new Set(['and', 'or', 'not', 'in', 'any', 'all', 'array', 'is', 'row', 'varying']);
const bare = new Set(['nullif', 'current_setting']);

/** The one way through the wall without a chain: whoever backs up reads all, and only reads. */
const isKeepers = ({ name, command, roles }: Policy, keeper: string) =>
  name === 'keeper_reads' && command === 'r' && roles.join() === keeper;

function brokenPolicy({ name, permissive, using, check }: Policy): string[] {
  const broken: string[] = [];
  if (!permissive) broken.push(`policy ${name} is restrictive: hard to reason about beside others`);
  for (const text of [using, check]) {
    if (text === null) continue;
    if (/\bselect\b/i.test(text)) broken.push(`policy ${name} has a sub-select`);
    if (!context.test(text)) broken.push(`policy ${name} does not hold the row to its chain`);
    const plain = text.replaceAll(/'[^']*'/g, "''");
    for (const [, called = ''] of plain.matchAll(callable)) {
      const word = called.toLowerCase();
      if (keywords.has(word) || bare.has(word)) continue;
      broken.push(`policy ${name} calls ${word}()`);
    }
  }
  return broken;
}

const commandOf: Readonly<Record<string, Policy['command']>> = {
  SELECT: 'r',
  INSERT: 'a',
  UPDATE: 'w',
  DELETE: 'd',
};

function brokenWall(table: Table, { app: { name: app }, keeper }: Catalogue): string[] {
  const broken: string[] = [];
  if (!table.walled) broken.push('row-level security is off');
  if (!table.forced) broken.push('row-level security is not forced on its owner');
  // What opens a way for the sealer is no wall around the application.
  const ours = table.policies.filter(
    ({ roles }) => roles.includes('public') || roles.includes(app),
  );
  const has = (command: string) => ours.some((policy) => policy.command === command);
  if (!has('r')) broken.push('no policy says who may read');
  for (const grant of table.grants) {
    const command = commandOf[grant];
    if (command && !has(command)) broken.push(`${grant} is granted and no policy bounds it`);
  }
  if (has('*')) broken.push('one policy for every command: say who reads and who writes');
  const policies = table.policies.filter((policy) => !isKeepers(policy, keeper.name));
  if (policies.length === table.policies.length) broken.push('no backup would hold its rows');
  return [...broken, ...policies.flatMap(brokenPolicy)];
}

function brokenKeys(table: Table): string[] {
  const broken: string[] = [];
  const chain = table.columns.find((column) => column.name === 'chain_id');
  if (chain?.type !== 'uuid') broken.push(`chain_id is ${chain?.type}, not uuid`);
  if (!chain?.not_null) broken.push('chain_id may be null');
  if (chain?.has_default) broken.push('chain_id has a default: it is always sent');
  if (!table.indexes.some((index) => index.primary)) broken.push('no primary key');
  for (const { name, method, columns } of table.indexes) {
    if (columns[0] === 'chain_id') continue;
    if (method === 'brin' && timeIndexes[name]) continue;
    broken.push(`index ${name} is led by ${columns[0] || 'an expression'}, not by chain_id`);
  }
  for (const { name, columns, to, to_columns } of table.foreign_keys) {
    if (columns[0] === 'chain_id' && to_columns[0] === 'chain_id') continue;
    broken.push(`foreign key ${name} to ${to} is not led by chain_id on both sides`);
  }
  return broken;
}

/** The sealer reads facts and writes seals, the keeper reads; nobody else has a way of its own. */
function brokenSealer(table: Table, { app, sealer, keeper }: Catalogue): string[] {
  const allowed = sealerGrants[table.name] ?? [];
  const more = table.sealer_grants.filter((grant) => !allowed.includes(grant));
  const known = ['public', app.name, sealer.name];
  const writes = table.keeper_grants.filter((grant) => grant !== 'SELECT');
  const others = table.policies.filter((policy) => !isKeepers(policy, keeper.name));
  const foreign = others.flatMap(({ name, roles }) =>
    roles.filter((role) => !known.includes(role)).map((role) => `policy ${name} is for ${role}`),
  );
  return [
    ...more.map((grant) => `${sealer.name} may ${grant}`),
    ...writes.map((grant) => `${keeper.name} may ${grant}`),
    ...foreign,
  ];
}

/** Rules for every table, a chain's or not. */
function brokenTable(table: Table, role: string): string[] {
  const broken: string[] = [];
  const { name, grants } = table;
  const kept = table.keeper_grants.includes('SELECT') || name === 'backup_run';
  if (!kept) broken.push('the keeper may not read it: no backup would hold it');
  if (table.owner === role) broken.push(`${role} owns it`);
  for (const trigger of table.triggers) broken.push(`trigger ${trigger}: no rule rests on one`);
  for (const column of table.columns) {
    if (column.is_identity) broken.push(`${column.name} is an identity column`);
  }
  for (const grant of ['TRUNCATE', 'TRIGGER', 'REFERENCES', 'MAINTAIN']) {
    if (grants.includes(grant)) broken.push(`${grant} is granted`);
  }
  if (grants.includes('DELETE') && !deletable[name]) broken.push('DELETE is granted');
  const changes = grants.includes('UPDATE') || grants.includes('DELETE');
  if (appendOnly.includes(name) && changes) broken.push('append-only, and may be changed');
  return broken;
}

function brokenOwnership(table: Table, catalogue: Catalogue): string[] {
  const owned = table.columns.some((column) => column.name === 'chain_id');
  if (owned && withoutChain[table.name]) return ['listed as no chain’s, and has chain_id'];
  if (owned) {
    const known = appendOnly.includes(table.name) || table.grants.includes('UPDATE');
    const unnamed = known ? [] : ['append-only, and not on the list of what is written once'];
    return [...brokenWall(table, catalogue), ...brokenKeys(table), ...unnamed];
  }
  return withoutChain[table.name] ? [] : ['no chain_id, and no reason on the list of such tables'];
}

function brokenRole({ attributes, member_of, owns, settings }: Role): string[] {
  return [
    ...attributes.map((one) => `is ${one}`),
    ...member_of.map((one) => `is a member of ${one}`),
    ...owns.map((one) => `owns ${one}`),
    ...settings.map((one) => `has the setting ${one}`),
  ];
}

/** Everything in a database that breaks the day-one rules of storage. */
export function brokenRules(catalogue: Catalogue): Finding[] {
  const findings: Finding[] = [];
  const { app, sealer, keeper } = catalogue;
  const add = (at: string, all: readonly string[]) => {
    for (const broken of all) findings.push({ at, broken });
  };
  for (const table of catalogue.tables) {
    add(table.name, [
      ...brokenTable(table, app.name),
      ...brokenOwnership(table, catalogue),
      ...brokenSealer(table, catalogue),
    ]);
  }
  for (const name of catalogue.sequences)
    add(name, ['a sequence: ids are made by the application']);
  for (const { name, invoker } of catalogue.views) {
    if (!invoker) add(name, ['a view with its owner’s rights: it sees over the wall']);
  }
  for (const name of catalogue.definers) add(name, ['a function with its owner’s rights']);
  for (const role of [app, sealer, keeper]) add(role.name, brokenRole(role));
  const there = new Set(catalogue.tables.map((table) => table.name));
  const listed = [withoutChain, deletable, sealerGrants].flatMap((list) => Object.keys(list));
  for (const name of [...listed, ...appendOnly]) {
    if (!there.has(name)) add(name, ['on a list of this test, and not in the database']);
  }
  return findings;
}
