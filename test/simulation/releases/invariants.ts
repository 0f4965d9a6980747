import { openFresh } from '../fresh.ts';
import type { Check, Invariant, Scene } from '../part.ts';

/** What must hold of the releases that a step has written; $1 and $2 as in trade. */
const touchedSql = `
with written as (
  select r.*, s.source from release r
    left join release_source s on s.chain_id = $1 and s.release_id = r.id
   where r.chain_id = $1 and r.xmin::text::bigint >= $2
)
select 'a release has no source' as what, id::text as at from written where source is null
union all
select 'a release was published before its hour', id::text from written
 where is_published and planned_at is not null and published_at < planned_at
union all
select 'a release was published more or less than once', w.id::text from written w
 where (select count(*) from fact f where f.chain_id = $1 and f.subject_id = w.id
   and f.type = 'publishing.release.published') <> case when w.is_published then 1 else 0 end
union all
select 'a release is held and out at once', id::text from written
 where is_published and held_at is not null
union all
select 'a series has two drafts', w.series from written w
 where 1 < (select count(*) from release o where o.chain_id = $1 and o.series_id = w.series_id
   and not o.is_published and o.withdrawn_at is null)
union all
select 'releases of a series are not numbered one after the other', w.series from written w
 where w.number <> (select count(*) from release o where o.chain_id = $1
   and o.series_id = w.series_id and o.number <= w.number)
union all
select 'a revision has no reason', w.id::text from written w
 where w.reason is null and exists (select 1 from release o where o.chain_id = $1
   and o.series_id = w.series_id and o.number < w.number and o.is_published)
union all
select 'a release says another hash than its content', id::text from written
 where hash is distinct from content->>'hash'
union all
select 'a kept cell has its figure', id::text from written
 where jsonb_path_exists(content, '$.tables[*].cells[*] ? (@.state != "published"
   && (@.value != null || exists(@.contributors)))')
union all
select 'a total is not the sum of what it was made of', w.id::text from written w,
    jsonb_path_query(w.content, '$.tables[*].cells[*] ? (@.state == "published")') cell
 where not exists (select 1 from jsonb_array_elements_text(cell->'codes') code where code <> 'T')
   and (cell->>'value')::numeric <> (select coalesce(sum((c->>'value')::numeric), 0)
     from jsonb_array_elements(w.source->'vintage'->'contributions') c)`;

async function touched({ owner, chain, since }: Scene): Promise<string[]> {
  const asked = { name: 'sim_releases', text: touchedSql, values: [chain, since] };
  const { rows } = await owner.query(asked);
  return rows.map(({ what, at }) => `${what}: ${at}`);
}

/** All of a release that is so from its draft on, and of one that is out, when it came out. */
const marksSql = `
select r.id::text as id, md5(row(r.owner_id, r.series_id, r.series, r.number, r.title, r.unit,
    r.reason, r.drafted_at, r.cells, r.hash, r.content, s.source)::text) as mark,
    coalesce(r.published_at::text, '') as out,
    coalesce(r.withdrawn_at || ' ' || r.withdrawal_reason, '') as withdrawn
  from release r left join release_source s on s.chain_id = $1 and s.release_id = r.id
 where r.chain_id = $1 and r.xmin::text::bigint >= $2`;

/** What is out stays out as it is; a draft changes by its hour alone. */
function openUnchanged(): Check {
  const before = new Map<string, { mark: string; out: string; withdrawn: string }>();
  return async ({ owner, chain, since }) => {
    const asked = { name: 'sim_release_marks', text: marksSql, values: [chain, since] };
    const { rows } = await owner.query(asked);
    const found = rows.flatMap(({ id, ...now }) => {
      const was = before.get(id);
      before.set(id, now);
      if (was === undefined) return [];
      if (was.mark !== now.mark) return [`release ${id} was changed`];
      if (was.out !== '' && was.out !== now.out) return [`release ${id} came out twice`];
      const isBack = was.withdrawn !== '' && was.withdrawn !== now.withdrawn;
      return isBack ? [`release ${id} was withdrawn twice, or is back`] : [];
    });
    const kept = await owner.query({
      ...{ name: 'sim_release_count', values: [chain] },
      text: 'select count(*)::int as n from release where chain_id = $1',
    });
    return kept.rows[0].n < before.size ? [...found, 'a release is gone'] : found;
  };
}

const embargoedSql = `select id::text as id, hash, owner_id::text as owner_id from release
 where chain_id = $1 and not is_published`;

/** Nobody but its owner is told of a release that is not out, by its id or by its hash. */
function openEmbargo(): Check {
  const freshIn = openFresh();
  return async ({ owner, chain, heard }) => {
    const fresh = freshIn(heard);
    if (fresh.length === 0) return [];
    const asked = { name: 'sim_embargo', text: embargoedSql, values: [chain] };
    const { rows } = await owner.query(asked);
    return rows.flatMap(({ id, hash, owner_id }) =>
      fresh
        .filter(({ party }) => party !== owner_id)
        .filter(({ said: { status, body }, url }) => {
          // What somebody asked by an id that they guessed stands in the answer that refuses it.
          const isNamed = body.includes(id) && !url.includes(id);
          return body.includes(hash) || (isNamed && status < 300);
        })
        .map(({ actor, url }) => `${actor.name} was told of ${id} before its time by ${url}`),
    );
  };
}

/** Everybody asks for what is not out by its very id: only its owner has it. */
async function refused({ owner, chain, parties, read }: Scene): Promise<string[]> {
  const { rows } = await owner.query({ text: embargoedSql, values: [chain] });
  const found: string[] = [];
  for (const { id, owner_id } of rows.slice(-2)) {
    for (const [name, party] of Object.entries(parties)) {
      for (const way of ['release.get', 'release.sdmx', 'release.check'] as const) {
        if (way === 'release.check' && party === owner_id) continue;
        const { said } = await read(name, way, { params: { id } });
        const wanted = party === owner_id ? 200 : 404;
        if (said.status !== wanted) found.push(`${way} of ${id} by ${name} is ${said.status}`);
      }
    }
  }
  return found;
}

/** Each release, once: made again from its source it is the same, cell by cell and hash by hash. */
function openReproduced(): Check {
  const made = new Set<string>();
  return async ({ owner, chain, parties, read }) => {
    const { rows } = await owner.query(
      `select id::text as id, owner_id::text as owner_id, hash from release
        where chain_id = $1 order by id`,
      [chain],
    );
    const found: string[] = [];
    for (const { id, owner_id, hash } of rows.filter((row) => !made.has(row.id))) {
      made.add(id);
      const by = Object.entries(parties).find(([, party]) => party === owner_id)?.[0] ?? '';
      const { said } = await read(by, 'release.verify', { params: { id } });
      const { is_equal, differing, ...told } = said.status === 200 ? JSON.parse(said.body) : {};
      const isSame = is_equal === true && differing.length === 0 && told.hash === hash;
      if (!isSame) found.push(`release ${id} cannot be made again: ${said.body.slice(0, 300)}`);
    }
    return found;
  };
}

const tables = ['release', 'release_source'];

export const invariants: readonly Invariant[] = [
  { what: 'releases that a step touched', every: 'step', of: tables, open: () => touched },
  { what: 'what is out stays as it is', every: 'step', of: tables, open: openUnchanged },
  { what: 'embargo', every: 'step', open: openEmbargo },
  { what: 'embargo, asked by id', every: 'while', open: () => refused },
  { what: 'releases can be made again', every: 'while', open: openReproduced },
];

const overdueSql = `select id::text as id from release where chain_id = $1 and planned_at <= $2
 and not is_published and withdrawn_at is null and held_at is null`;

type Due = Pick<Scene, 'owner' | 'chain' | 'now'>;

/** Behind a round of the clock nothing is left whose hour has come. */
export async function overdue({ owner, chain, now }: Due): Promise<string[]> {
  const { rows } = await owner.query(overdueSql, [chain, now]);
  return rows.map(({ id }) => `the clock passed release ${id} by`);
}
