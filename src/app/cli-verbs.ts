import {
  addDays,
  addParty,
  addPerson,
  type Chain,
  chainRole,
  createApiKey,
  createChain,
  eraseByHand,
  findParty,
  getChain,
  kernelFault,
  limits,
  listApiKeys,
  listChains,
  listParties,
  listPeople,
  machineClock,
  onBehalfOf,
  type Party,
  password,
  resetFactors,
  revokeApiKey,
  rotateApiKey,
  sealAll,
  seatRoles,
  type Tx,
} from '../kernel/index.ts';
import { demoPassword, simulateFrozenFood } from '../simulation/index.ts';
import { backupVerbs } from './backup-verbs.ts';
import { classificationVerbs } from './classification-verbs.ts';
import { convergenceVerbs } from './convergence-verbs.ts';
import { disclosureVerbs } from './disclosure-verbs.ts';
import { epcisVerbs } from './epcis-verbs.ts';
import { indicatorVerbs } from './indicator-verbs.ts';
import type { Platform } from './platform.ts';
import { releaseVerbs } from './release-verbs.ts';
import { sealVerbs } from './seal-verbs.ts';
import { splitVerbs } from './split-verbs.ts';
import { stockVerbs } from './stock-verbs.ts';
import {
  list,
  many,
  optional,
  type PlatformVerb,
  required,
  text,
  type Values,
  type Verb,
} from './verb.ts';

function numberOf(values: Values, name: string, fallback: number): number {
  const given = optional(values, name);
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a whole number, not "${given}".`);
  }
  return value;
}

/** Runs `work` as a party of a chain, both named on the command line. */
async function asNamedParty<T>(
  { store }: Platform,
  values: Values,
  work: (tx: Tx, chain: Chain, party: Party) => Promise<T>,
): Promise<T> {
  const chain = await getChain(store, required(values, 'chain'));
  const code = required(values, 'party');
  const party = await onBehalfOf(store, chain, store.newId(), (tx) => findParty(tx, code));
  if (!party) throw kernelFault('identity.party_unknown', { code });
  return onBehalfOf(store, chain, party.id, (tx) => work(tx, chain, party));
}

const row = (...cells: (string | null)[]) => cells.map((cell) => cell ?? '—').join('\t');
const partyLine = (one: Party) =>
  row(one.uscc ?? one.gln ?? one.id, one.name_zh, one.roles.join(','), one.status);

const chainVerbs: Record<string, PlatformVerb> = {
  'chains list': {
    usage: '',
    options: {},
    async run({ store }) {
      const chains = await listChains(store);
      return { lines: chains.map((one) => row(one.slug, one.name_zh)), json: chains };
    },
  },
  'chains create': {
    usage: '--slug <slug> --name <name> [--name-en <name>] [--zone Asia/Shanghai]',
    options: { slug: text, name: text, 'name-en': text, zone: text },
    async run({ store }, values) {
      const name = required(values, 'name');
      const zone = optional(values, 'zone');
      const chain = await createChain(store, {
        slug: required(values, 'slug'),
        name_zh: name,
        name_en: optional(values, 'name-en') ?? name,
        ...(zone ? { zone } : {}),
      });
      return { lines: [chain.slug], json: chain };
    },
  },
};

const partyVerbs: Record<string, PlatformVerb> = {
  'parties list': {
    usage: '--chain <slug>',
    options: { chain: text },
    async run({ store }, values) {
      const chain = await getChain(store, required(values, 'chain'));
      const parties: Party[] = [];
      let after: string | undefined;
      do {
        const page = await onBehalfOf(store, chain, store.newId(), (tx) =>
          listParties(tx, { limit: 200, ...(after ? { after } : {}) }),
        );
        parties.push(...page.items);
        after = page.next ?? undefined;
      } while (after);
      return { lines: parties.map(partyLine), json: parties };
    },
  },
  'parties create': {
    usage: '--chain <slug> --code <统一社会信用代码|GLN> --name <name> --role <role> [--role …]',
    options: { chain: text, code: text, name: text, 'name-en': text, role: many },
    async run({ store }, values) {
      const chain = await getChain(store, required(values, 'chain'));
      const code = required(values, 'code');
      const roles = list(values, 'role').map((one) => chainRole.parse(one));
      if (roles.length === 0) throw new Error(`--role is missing: ${chainRole.options.join(', ')}`);
      const name_en = optional(values, 'name-en');
      const party = await onBehalfOf(store, chain, store.newId(), (tx) =>
        addParty(
          tx,
          {
            ...(/^\d{13}$/.test(code) ? { gln: code } : { uscc: code }),
            name_zh: required(values, 'name'),
            ...(name_en ? { name_en } : {}),
            roles,
          },
          { status: 'active', verified: true },
        ),
      );
      return { lines: [partyLine(party)], json: party };
    },
  },
};

/** As it was given, blanks and all, and as long as the console wants one. */
function newPassword(values: Values): string {
  required(values, 'password');
  const given = password.safeParse(values.password);
  if (given.success) return given.data;
  throw new Error(`--password has ${limits.password_chars_min} characters or more.`);
}

const peopleVerbs: Record<string, PlatformVerb> = {
  'people list': {
    usage: '--chain <slug> --party <code>',
    options: { chain: text, party: text },
    async run(platform, values) {
      const people = await asNamedParty(platform, values, listPeople);
      const lines = people.map((one) => row(one.login, one.name, one.role));
      return { lines, json: people };
    },
  },
  'people create': {
    usage:
      '--chain <slug> --party <code> --login <login> --name <name> --role <seat> --password <…>',
    options: { chain: text, party: text, login: text, name: text, role: text, password: text },
    async run(platform, values) {
      const role = seatRoles.find((one) => one === required(values, 'role'));
      if (!role) throw new Error(`--role is one of ${seatRoles.join(', ')}.`);
      const login = required(values, 'login').toLowerCase();
      const name = required(values, 'name');
      const password = newPassword(values);
      const person = await asNamedParty(platform, values, (tx) =>
        addPerson(tx, { login, name, password, role }),
      );
      return { lines: [row(person.login, person.name, person.role)], json: person };
    },
  },
  'people reset-factors': {
    usage: '--login <login> [--password <new>]   (second factors go, sessions end)',
    options: { login: text, password: text },
    async run({ store }, values) {
      const login = required(values, 'login');
      const fresh = values.password === undefined ? undefined : newPassword(values);
      await resetFactors(store, login, fresh);
      return { lines: [login], json: { login } };
    },
  },
  'people erase': {
    usage: '--login <login>      (name, login, ways in and seats go for good, at once)',
    options: { login: text },
    async run({ store }, values) {
      const login = required(values, 'login');
      const erased = await eraseByHand(store, login);
      const said = erased ? login : `${login}: make a colleague administrator first`;
      return { lines: [said], json: { login, erased }, exit_code: erased ? 0 : 1 };
    },
  },
};

const keyVerbs: Record<string, PlatformVerb> = {
  'keys create': {
    usage: '--chain <slug> --party <code> [--name <name>] [--scope <permission> …] [--days <days>]',
    options: { chain: text, party: text, name: text, scope: many, days: text },
    async run(platform, values) {
      const scopes = list(values, 'scope');
      const days = numberOf(values, 'days', 0);
      const made = await asNamedParty(platform, values, (tx) =>
        createApiKey(tx, {
          name: optional(values, 'name') ?? 'command line',
          ...(scopes.length > 0 ? { scopes } : {}),
          ...(days > 0 ? { expires_at: `${addDays(tx.now.slice(0, 10), days)}T00:00:00Z` } : {}),
        }),
      );
      return { lines: [made.key], json: made };
    },
  },
  'keys list': {
    usage: '--chain <slug> --party <code>',
    options: { chain: text, party: text },
    async run(platform, values) {
      const keys = await asNamedParty(platform, values, listApiKeys);
      const lines = keys.map((one) =>
        row(one.id, one.prefix, one.name, one.used_at, one.expires_at, one.revoked_at),
      );
      return { lines, json: keys };
    },
  },
  'keys rotate': {
    usage: '--chain <slug> --party <code> --id <id> [--overlap-hours 24]',
    options: { chain: text, party: text, id: text, 'overlap-hours': text },
    async run(platform, values) {
      const overlap_hours = numberOf(values, 'overlap-hours', 24);
      const turned = await asNamedParty(platform, values, (tx) =>
        rotateApiKey(tx, required(values, 'id'), { overlap_hours }),
      );
      return { lines: [turned.key], json: turned };
    },
  },
  'keys revoke': {
    usage: '--chain <slug> --party <code> --id <id>',
    options: { chain: text, party: text, id: text },
    async run(platform, values) {
      const id = required(values, 'id');
      await asNamedParty(platform, values, (tx) => revokeApiKey(tx, id));
      return { lines: [id], json: { id } };
    },
  },
};

const placeVerbs: Record<string, PlatformVerb> = {
  migrate: {
    usage: '',
    options: {},
    async run({ migrations, database }) {
      const json = { migrations, database: database.place };
      return { lines: [`${migrations} migrations, ${database.place}`], json };
    },
  },
  simulate: {
    usage: '[--slug sim] [--days 90] [--dealers 24] [--shops 5] [--seed 7]',
    options: { slug: text, days: text, dealers: text, shops: text, seed: text },
    async run({ store, seal_key }, values) {
      const seed = numberOf(values, 'seed', 7);
      const slug = optional(values, 'slug') ?? `sim-${seed}`;
      const { steps, people } = await simulateFrozenFood(store, {
        slug,
        days: numberOf(values, 'days', 90),
        dealers: numberOf(values, 'dealers', 24),
        shops_per_dealer: numberOf(values, 'shops', 5),
        seed,
        end: machineClock.now(),
        say: (line) => process.stderr.write(`${line}\n`),
      });
      await sealAll(store, seal_key);
      const lines = [`${slug}: ${steps} steps; sign in with ${people[0]?.login} / ${demoPassword}`];
      return { lines, json: { slug, steps, people } };
    },
  },
};

/** Every verb of the command line. */
export const verbs: Record<string, Verb> = {
  ...chainVerbs,
  ...partyVerbs,
  ...peopleVerbs,
  ...sealVerbs,
  ...keyVerbs,
  ...placeVerbs,
  ...backupVerbs,
  ...indicatorVerbs,
  ...epcisVerbs,
  ...stockVerbs,
  ...convergenceVerbs,
  ...classificationVerbs,
  ...splitVerbs,
  ...disclosureVerbs,
  ...releaseVerbs,
};
