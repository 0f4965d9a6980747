import { createHash } from 'node:crypto';
import { idsIn, readTruth, stockIn } from '../../conformance/eyes/sight.ts';
import type { Check, Heard, Invariant, Scene } from '../part.ts';

/** Facts are appended and nothing else: all that was seen of them once is there, word by word. */
function openFacts(): Check {
  let count = 0;
  return async ({ owner, chain }) => {
    const { rows } = await owner.query({
      name: 'sim_facts',
      text: 'select count(*)::int as n from fact where chain_id = $1',
      values: [chain],
    });
    const before = count;
    count = rows[0].n;
    return count < before ? [`there were ${before} facts, there are ${count}`] : [];
  };
}

function openHistory(): Check {
  const seen = new Map<string, string>();
  return async ({ owner, chain }) => {
    const { rows } = await owner.query(
      `select id::text as id, to_jsonb(f)::text as row from fact f where chain_id = $1`,
      [chain],
    );
    const found: string[] = [];
    const now = new Map<string, string>();
    for (const { id, row } of rows) now.set(id, createHash('sha256').update(row).digest('base64'));
    for (const [id, mark] of seen) {
      if (now.get(id) !== mark) found.push(`fact ${id} is ${now.has(id) ? 'changed' : 'gone'}`);
    }
    for (const [id, mark] of now) seen.set(id, mark);
    return found;
  };
}

/** Each key stands for one command: a fact that a repeat recorded again would stand there twice. */
const twiceSql = `
select 'placed' as what, subject_id::text as at from fact
 where chain_id = $1 and type = 'commerce.order.placed' group by subject_id having count(*) > 1
union all
select 'confirmed', subject_id::text from fact
 where chain_id = $1 and type = 'money.payment.confirmed' group by subject_id having count(*) > 1
union all
select 'opened', subject_id::text from fact
 where chain_id = $1 and type = 'money.receivable.opened' group by subject_id having count(*) > 1`;

const unkeptSql = `
select o.number from purchase_order o where o.chain_id = $1
   and not exists (select 1 from idempotency_key k where k.chain_id = $1
     and k.party_id = o.buyer_id and k.body::jsonb->>'id' = o.id::text)`;

async function once({ owner, chain }: Scene): Promise<string[]> {
  const { rows } = await owner.query(twiceSql, [chain]);
  return rows.map(({ what, at }) => `${what} more than once: ${at}`);
}

/** An order is there exactly when its answer is kept: both are one transaction's. */
async function kept({ owner, chain }: Scene): Promise<string[]> {
  const { rows } = await owner.query(unkeptSql, [chain]);
  return rows.map(({ number }) => `order ${number} has no answer kept`);
}

/** Ids that fuzzed requests bring along: they stand in texts, and name nothing. */
const nobody = /^(0{8}-0{4}|f{8}-f{4})/i;

function strange(known: ReadonlySet<string>, stored: ReadonlySet<string>, one: Heard) {
  const { url, said, actor } = one;
  if (said.status >= 300) return [];
  const asked = new Set(idsIn(url));
  const shown = [
    ...idsIn(said.body),
    ...(/^.api.v1.stock(\?|$)/.test(url) ? stockIn(said.body) : []),
  ];
  return shown
    .filter((id) => !nobody.test(id) && stored.has(id) && !asked.has(id) && !known.has(id))
    .map((id) => `${actor.name} was shown ${id} by ${url}`);
}

const looks = [
  'order.list',
  'despatch.list',
  'stock.list',
  'invoice.list',
  'receivable.list',
  'payment.list',
  'event.list',
  'fact.list',
  'sharing.list',
  'today.get',
  'chain.map',
  'collection.list',
  'collection_ask.list',
  'release.list',
] as const;

/**
 * Nobody was shown a row that its policy forbids. What everybody sees now is held against who may
 * see it now, exactly; what was shown since the last time, against whoever might have seen it at
 * some moment since then (an agreement may have ended meanwhile).
 */
function openSight(): Check {
  let turn = 0;
  return async ({ owner, chain, now, between, parties, heard, read }) => {
    const [from, to] = between;
    const truth = await readTruth(owner);
    const stored = new Set(truth.ids);
    const found: string[] = [];
    for (const [name, party] of Object.entries(parties)) {
      const known = truth.known(chain, party, now);
      for (let at = 0; at < 4; at++) {
        const look = looks[turn++ % looks.length] as (typeof looks)[number];
        found.push(...strange(known, stored, await read(name, look)));
      }
      const lately = truth.known(chain, party, to, from);
      const shown = heard.filter((one) => one.party === party);
      found.push(...shown.flatMap((one) => strange(lately, stored, one)));
    }
    return found;
  };
}

export const invariants: readonly Invariant[] = [
  { what: 'facts are appended', every: 'step', open: openFacts },
  { what: 'facts are not changed', every: 'while', open: openHistory },
  { what: 'one command has one effect', every: 'while', open: () => once },
  { what: 'an effect has its answer', every: 'while', open: () => kept, keyed: true },
  { what: 'who may see what', every: 'while', open: openSight },
];
