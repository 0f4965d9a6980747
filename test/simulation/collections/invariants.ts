import { Decimal } from '../../../src/kernel/index.ts';
import { openFresh } from '../fresh.ts';
import type { Check, Invariant, Reply, Scene } from '../part.ts';
import { partOfRevenue } from './asking.ts';

/** What must hold of the asks, reports and forms that a step has written; $1 and $2 as in trade. */
const touchedSql = `
with asks as (
  select * from collection_ask where chain_id = $1 and xmin::text::bigint >= $2
), sent as (
  select r.*, v.levels, v.rules from report r
    join collection_ask a on a.chain_id = $1 and a.id = r.ask_id
    join form_version v on v.chain_id = $1 and v.id = a.form_version_id
   where r.chain_id = $1 and r.xmin::text::bigint >= $2
)
select 'a firm is asked twice with one form for one period' as what, a.id::text as at from asks a
 where 1 <> (select count(*) from collection_ask b where b.chain_id = $1
   and b.owner_id = a.owner_id and b.form_id = a.form_id and b.period = a.period)
union all
select 'a firm is asked more often in a year than its form says', a.id::text from asks a
 where (select count(*) from collection_ask b where b.chain_id = $1 and b.owner_id = a.owner_id
     and b.form_id = a.form_id
     and extract(year from b.asked_on) = extract(year from a.asked_on))
   > (select max(v.asks_per_year) from form_version v
     where v.chain_id = $1 and v.form_id = a.form_id)
union all
select 'an ask does not know its newest report', a.id::text from asks a
 where a.report_id is distinct from (select r.id from report r
   where r.chain_id = $1 and r.ask_id = a.id order by r.number desc limit 1)
union all
select 'an ask does not count its newest accepted report', a.id::text from asks a
 where a.accepted_id is distinct from (select r.id from report r
   join report_ruling g on g.chain_id = $1 and g.report_id = r.id and g.ruling = 'accepted'
   where r.chain_id = $1 and r.ask_id = a.id order by r.number desc limit 1)
union all
select 'an ask says otherwise than what was said to its newest report', a.id::text from asks a
  left join report_ruling g on g.chain_id = $1 and g.report_id = a.report_id
 where a.state <> case when a.report_id is null then 'waiting'
   else coalesce(g.ruling, 'submitted') end
union all
select 'an ask is in another state than its collection, or waits behind a lock', a.id::text
  from asks a join collection c on c.chain_id = $1 and c.id = a.collection_id
 where a.collection_state <> c.state or (c.state = 'locked' and a.state = 'submitted')
union all
select 'a collection is in another state than an ask of it', c.id::text from collection c
 where c.chain_id = $1 and c.xmin::text::bigint >= $2 and exists (select 1
   from collection_ask a where a.chain_id = $1 and a.collection_id = c.id
    and (a.collection_state <> c.state or (c.state = 'locked' and a.state = 'submitted')))
union all
select 'reports of an ask are not numbered one after the other', s.id::text from sent s
 where s.number <> (select count(*) from report r
   where r.chain_id = $1 and r.ask_id = s.ask_id and r.number <= s.number)
union all
select 'a later report corrects none, or not one that came before', s.id::text from sent s
 where (s.number = 1) <> (s.corrects_id is null) or (s.number > 1 and not exists (select 1
   from report r where r.chain_id = $1 and r.id = s.corrects_id and r.ask_id = s.ask_id
    and r.number < s.number))
union all
select 'a report was sent with a rule broken and no word on it', s.id::text from sent s
 where exists (select 1 from jsonb_array_elements(s.checks) c where c->>'outcome' = 'broken'
   and (c->>'level' = 'hard' or not s.notes ? (c->>'rule')))
union all
select 'a part is more than the whole', s.id::text from sent s
 where s.rules @> '[{"level": "hard", "expression": "${partOfRevenue}"}]'
   and coalesce(s.answers->'service_revenue'->>'low', s.answers->>'service_revenue')::numeric
     > coalesce(s.answers->'revenue'->>'high', s.answers->>'revenue')::numeric
union all
select 'a report of two levels was passed by nobody, by a key, or by who handed it over',
    s.id::text from sent s
 where s.levels = 2 and (select count(*) from report r
     where r.chain_id = $1 and r.ask_id = s.ask_id)
   <> (select count(*) from fact f join user_account u on u.id::text = f.body->>'by'
     where f.chain_id = $1 and f.subject_id = s.ask_id and f.type = 'collections.draft.checked'
      and f.user_id = u.id and f.body->>'handed_by' <> f.body->>'by')
union all
select 'a form does not know its newest version', f.code from form f
 where f.chain_id = $1 and f.xmin::text::bigint >= $2 and f.version_id is distinct from (select v.id
   from form_version v where v.chain_id = $1 and v.form_id = f.id and v.version = f.version
    and not exists (select 1 from form_version n where n.chain_id = $1 and n.form_id = f.id
      and n.version > v.version))`;

async function touched({ owner, chain, since }: Scene): Promise<string[]> {
  const asked = { name: 'sim_collections', text: touchedSql, values: [chain, since] };
  const { rows } = await owner.query(asked);
  return rows.map(({ what, at }) => `${what}: ${at}`);
}

/** What is written once: a mark of each row that a step wrote. */
const writtenSql = `
select 'report' as what, id::text as id, md5(r::text) as mark from report r
 where chain_id = $1 and xmin::text::bigint >= $2
union all
select 'ruling', report_id::text, md5(g::text) from report_ruling g
 where chain_id = $1 and xmin::text::bigint >= $2
union all
select 'version of a form', id::text, md5(v::text) from form_version v
 where chain_id = $1 and xmin::text::bigint >= $2`;

const countSql = `select (select count(*) from report where chain_id = $1)
  + (select count(*) from report_ruling where chain_id = $1)
  + (select count(*) from form_version where chain_id = $1) as n`;

function openWritten(): Check {
  const marks = new Map<string, string>();
  return async ({ owner, chain, since }) => {
    const [{ rows }, kept] = await Promise.all([
      owner.query({ name: 'sim_written', text: writtenSql, values: [chain, since] }),
      owner.query({ name: 'sim_written_count', text: countSql, values: [chain] }),
    ]);
    const found = rows.flatMap(({ what, id, mark }) => {
      const before = marks.get(`${what} ${id}`);
      marks.set(`${what} ${id}`, mark);
      return before === undefined || before === mark ? [] : [`a ${what} was changed: ${id}`];
    });
    const gone = marks.size - Number(kept.rows[0].n);
    return gone > 0 ? [...found, `${gone} reports, rulings or versions are gone`] : found;
  };
}

/** Of each collection with something written in it: where it stands, and how much was written. */
const movedSql = `
with moved as (
  select collection_id from collection_ask where chain_id = $1 and xmin::text::bigint >= $2
  union all
  select collection_id from report where chain_id = $1 and xmin::text::bigint >= $2
  union all
  select r.collection_id from report_ruling g
    join report r on r.chain_id = $1 and r.id = g.report_id
   where g.chain_id = $1 and g.xmin::text::bigint >= $2
  union all
  select a.collection_id from report_draft d
    join collection_ask a on a.chain_id = $1 and a.id = d.ask_id
   where d.chain_id = $1 and d.xmin::text::bigint >= $2
)
select c.id::text as id, c.state, c.version, (select count(*)::int from moved m
    where m.collection_id = c.id) as moved
  from collection c where c.chain_id = $1
   and (c.xmin::text::bigint >= $2 or c.id in (select collection_id from moved))`;

/** Locked, nothing moves: not until a later version of the collection says that it is open. */
function openLocks(): Check {
  const before = new Map<string, { state: string; version: number }>();
  return async ({ owner, chain, since }) => {
    const asked = { name: 'sim_locked', text: movedSql, values: [chain, since] };
    const { rows } = await owner.query(asked);
    return rows.flatMap(({ id, state, version, moved }) => {
      const was = before.get(id);
      before.set(id, { state, version });
      if (was === undefined) return [];
      if (was.version === version && was.state !== state) return [`${id} moved without a version`];
      const isStill = was.state === 'locked' && was.version === version;
      return isStill && moved > 0 ? [`${moved} rows were written behind the lock of ${id}`] : [];
    });
  };
}

const acceptedSql = `
select a.id::text as id, a.collection_id::text as collection_id, a.collector_id::text as by,
    a.accepted_id::text as accepted_id
  from collection_ask a where a.chain_id = $1 and a.xmin::text::bigint >= $2`;

const countedSql = `
select r.answers from collection_ask a join report r on r.chain_id = $1 and r.id = a.accepted_id
 where a.chain_id = $1 and a.collection_id = $2`;

type Answer = string | { low: string; high: string };
type Totals = Reply<'collection.totals'>;

/** Adds up what counts, and says where the platform says otherwise. */
function differing(totals: Totals, answers: readonly Record<string, Answer>[]): string[] {
  const at = totals.collection_id;
  const found = totals.units === answers.length ? [] : [`${at} counts ${totals.units} units`];
  for (const { code, answered, low, high } of totals.items) {
    const given = answers.flatMap((one) => one[code] ?? []);
    const sum = (side: 'low' | 'high') =>
      given.reduce(
        (all, one) => all.plus(typeof one === 'string' ? one : one[side]),
        new Decimal(0),
      );
    const isSame = given.length === answered && sum('low').eq(low) && sum('high').eq(high);
    if (!isSame) found.push(`${code} of ${at} comes to ${sum('low')}, not to ${low} to ${high}`);
  }
  return found;
}

/** Totals are the sums of the newest accepted reports: asked for where one of them is another. */
function openTotals(): Check {
  const counting = new Map<string, string | null>();
  return async ({ owner, chain, since, parties, read }) => {
    const asked = { name: 'sim_accepted', text: acceptedSql, values: [chain, since] };
    const { rows } = await owner.query(asked);
    const changed = new Map<string, string>();
    for (const { id, collection_id, by, accepted_id } of rows) {
      if ((counting.get(id) ?? null) !== accepted_id) changed.set(collection_id, by);
      counting.set(id, accepted_id);
    }
    const found: string[] = [];
    for (const [id, by] of changed) {
      const collector = Object.entries(parties).find(([, party]) => party === by)?.[0] ?? '';
      const { said } = await read(collector, 'collection.totals', { params: { id } });
      const counted = await owner.query(countedSql, [chain, id]);
      const answers = counted.rows.map((row) => row.answers);
      if (said.status === 200) found.push(...differing(JSON.parse(said.body), answers));
      else found.push(`the totals of ${id} cannot be had: ${said.status} ${said.body}`);
    }
    return found;
  };
}

/** Remarks in drafts that no report has: whoever else reads one has been shown a draft. */
const secretsSql = `
select d.owner_id::text as owner_id, d.answers->>'remark' as remark from report_draft d
 where d.chain_id = $1 and d.answers->>'remark' like '底稿%' and not exists (select 1
   from report r where r.chain_id = $1 and r.ask_id = d.ask_id
    and r.answers->>'remark' = d.answers->>'remark')`;

function openSecrets(): Check {
  const freshIn = openFresh();
  return async ({ owner, chain, heard }) => {
    const told = freshIn(heard).filter(({ said }) => said.body.includes('底稿'));
    if (told.length === 0) return [];
    const asked = { name: 'sim_drafts', text: secretsSql, values: [chain] };
    const { rows } = await owner.query(asked);
    return told.flatMap(({ party, actor, url, said }) =>
      rows
        .filter(({ owner_id, remark }) => owner_id !== party && said.body.includes(remark))
        .map(({ remark }) => `${actor.name} was shown the draft ${remark} by ${url}`),
    );
  };
}

const written = ['form_version', 'report', 'report_ruling'];
const tables = ['form', 'collection', 'collection_ask', 'report_draft', ...written];

export const invariants: readonly Invariant[] = [
  { what: 'collections that a step touched', every: 'step', of: tables, open: () => touched },
  { what: 'reports are not changed', every: 'step', of: written, open: openWritten },
  { what: 'locked nothing moves', every: 'step', of: tables, open: openLocks },
  { what: 'totals', every: 'step', of: ['collection_ask'], open: openTotals },
  { what: 'nobody sees a draft', every: 'step', open: openSecrets },
];
