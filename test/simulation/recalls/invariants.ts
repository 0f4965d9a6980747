import type { Invariant } from '../part.ts';

const brokenSql = `
select 'a notice that nobody has sent is shown' as what, id::text as at from recall_notice
 where chain_id = $1 and sent_at is null and shown_to_id is not null
union all
select 'goods are shown to whom their notice is not', l.item from recall_line l
 where l.chain_id = $1 and l.shown_to_id is distinct from (select n.shown_to_id
   from recall_notice n where n.chain_id = $1 and n.id = l.notice_id)
union all
select 'a recall began before its first notice was sent, or without', r.number from recall r
 where r.chain_id = $1 and (r.first_sent_at is not null) <> exists (select 1
   from recall_notice n where n.chain_id = $1 and n.recall_id = r.id and n.sent_at is not null)
union all
select 'an answer is to goods that its notice does not list', a.id::text from recall_answer a
 where a.chain_id = $1 and not exists (select 1 from recall_line l where l.chain_id = $1
   and l.recall_id = a.recall_id and l.line_no = a.line_no and l.notice_id = a.notice_id
   and l.shown_to_id = a.owner_id)
union all
select 'a recall is over for some and not for others', r.number from recall r
 where r.chain_id = $1 and exists (select 1 from recall_notice n where n.chain_id = $1
   and n.recall_id = r.id and (n.closed_at is null) <> (r.closed_at is null))`;

export const invariants: readonly Invariant[] = [
  {
    what: 'recalls show each party its own, and no more',
    every: 'while',
    open: () => async (scene) => {
      const { rows } = await scene.owner.query<{ what: string; at: string }>({
        ...{ name: 'sim_recalls', text: brokenSql, values: [scene.chain] },
      });
      return rows.map(({ what, at }) => `${what}: ${at}`);
    },
  },
];
