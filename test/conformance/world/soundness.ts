import type pg from 'pg';
import { foldState } from '../../../src/flows/commerce/index.ts';
import { Decimal } from '../../../src/kernel/index.ts';

/** Something that does not add up, in words. Empty is sound. */
export type Unsound = string[];

const checks: readonly [what: string, sql: string][] = [
  [
    'an entry that does not balance',
    `select entry_id::text as at from entry_line
      group by chain_id, entry_id, currency having sum(amount_minor) <> 0`,
  ],
  [
    'a balance that is not the sum of its lines',
    `select b.owner_id || ' ' || b.account_code as at from account_balance b
      where b.debit_minor - b.credit_minor <> (select coalesce(sum(l.amount_minor), 0)
        from entry_line l where l.chain_id = b.chain_id and l.owner_id = b.owner_id
        and l.account_code = b.account_code and l.counterparty_id = b.counterparty_id
        and l.currency = b.currency)`,
  ],
  [
    'claims and debts of a pair that differ',
    `select least(owner_id, counterparty_id) || ' ' || greatest(owner_id, counterparty_id) as at
       from (select *, case when account_code in ('1122', '2202') then 'goods'
           when account_code in ('1123', '2203') then 'advance'
           when account_code in ('1132', '2231') then 'interest' end as mirror
         from entry_line where owner_id <> counterparty_id) l
      where mirror is not null
      group by chain_id, mirror, currency,
        least(owner_id, counterparty_id), greatest(owner_id, counterparty_id)
     having sum(amount_minor) <> 0`,
  ],
  [
    'an order whose number of lines is another',
    `select number as at from purchase_order o where line_count <> (select count(*)
      from order_line l where l.chain_id = o.chain_id and l.order_id = o.id)`,
  ],
  [
    'lines without an order',
    `select order_id::text as at from order_line l where not exists (select 1
      from purchase_order o where o.chain_id = l.chain_id and o.id = l.order_id)`,
  ],
  [
    'an order without its fact',
    `select number as at from purchase_order o where not exists (select 1 from fact f
      where f.chain_id = o.chain_id and f.subject_id = o.id and f.type = 'commerce.order.placed')`,
  ],
  [
    'an invoice without a receivable',
    `select number as at from invoice i where kind = 'invoice' and total_minor > 0
      and not exists (select 1 from receivable r where r.chain_id = i.chain_id and r.id = i.id)`,
  ],
  [
    'an ask that does not know its newest report',
    `select a.id::text as at from collection_ask a where a.report_id is distinct from (select r.id
      from report r where r.chain_id = a.chain_id and r.ask_id = a.id
      order by r.number desc limit 1)`,
  ],
  [
    'an ask that does not count its newest accepted report',
    `select a.id::text as at from collection_ask a where a.accepted_id is distinct from (select r.id
      from report r join report_ruling g on g.chain_id = r.chain_id and g.report_id = r.id
      where r.chain_id = a.chain_id and r.ask_id = a.id and g.ruling = 'accepted'
      order by r.number desc limit 1)`,
  ],
  [
    'an ask whose state is not what was said to its newest report',
    `select a.id::text as at from collection_ask a
       left join report_ruling g on g.chain_id = a.chain_id and g.report_id = a.report_id
      where a.state <> case when a.report_id is null then 'waiting'
        else coalesce(g.ruling, 'submitted') end`,
  ],
  [
    'an ask in another state than its collection, or open behind a lock',
    `select a.id::text as at from collection_ask a join collection c
        on c.chain_id = a.chain_id and c.id = a.collection_id
      where a.collection_state <> c.state or (c.state = 'locked' and a.state = 'submitted')`,
  ],
  [
    'a later report that does not say which it corrects',
    `select r.id::text as at from report r where (r.number = 1) <> (r.corrects_id is null)`,
  ],
  [
    'a firm asked more often in a year than the form says',
    `select a.owner_id::text as at from collection_ask a group by a.chain_id, a.form_id,
        a.owner_id, extract(year from a.asked_on)
     having count(*) > (select max(v.asks_per_year) from form_version v
       where v.chain_id = a.chain_id and v.form_id = a.form_id)`,
  ],
  [
    'a despatch whose lines are not on its order',
    `select d.number as at from despatch d where not exists (select 1 from despatch_line l
      where l.chain_id = d.chain_id and l.despatch_id = d.id)`,
  ],
  [
    'a receipt without lines',
    `select r.number as at from receipt r where not exists (select 1 from receipt_line l
      where l.chain_id = r.chain_id and l.receipt_id = r.id)`,
  ],
  [
    'an event of trade whose movements are not what it says',
    `with moved as (
       select e.chain_id, e.id, (e.movement->>'owner_id')::uuid as owner_id,
         (e.movement->>'place_id')::uuid as place_id,
         (i->>'product_id')::uuid as product_id, coalesce(i->>'lot', '') as lot,
         m.disposition, i->>'unit' as unit,
         m.sign * (i->>'quantity')::numeric * case when e.biz_step in (
           'https://ref.gs1.org/cbv/BizStep-shipping',
           'https://ref.gs1.org/cbv/BizStep-destroying') then -1 else 1 end as quantity
       from event e, jsonb_array_elements(e.movement->'items') i,
         lateral (values (i->>'disposition', 1), (i->>'taken_from', -1)) m (disposition, sign)
       where e.movement->>'place_id' is not null and m.disposition is not null
         and i->>'stays' is null
       union all
       select m.chain_id, m.event_id, m.owner_id, m.place_id, m.product_id, m.lot, m.disposition,
         m.unit, -m.quantity
         from stock_movement m join event e on e.chain_id = m.chain_id and e.id = m.event_id
        where e.movement is not null)
     select id || ' ' || product_id || ' ' || lot as at from moved
      group by chain_id, id, owner_id, place_id, product_id, lot, disposition, unit
     having sum(quantity) <> 0`,
  ],
  [
    'an event of trade that spares a row which nobody has counted behind it',
    `select e.id::text as at from event e, jsonb_array_elements(e.movement->'items') i, place p
      where i->>'stays' is not null and p.chain_id = e.chain_id
        and p.id = (e.movement->>'place_id')::uuid
        and not coalesce(p.stock_since > e.event_time, false)
        and not exists (select 1 from stock_movement m where m.chain_id = e.chain_id
          and m.owner_id = (e.movement->>'owner_id')::uuid and m.place_id = p.id
          and m.product_id = (i->>'product_id')::uuid and m.lot = coalesce(i->>'lot', '')
          and m.unit = i->>'unit' and m.step in ('cycle_counting', 'stock_taking')
          and m.at > e.event_time)`,
  ],
  [
    'stock that is not the sum of its events',
    `with folded as (
       select m.chain_id, m.owner_id, m.place_id, m.product_id, m.lot, m.disposition, m.unit
         from stock_movement m join place p on p.chain_id = m.chain_id and p.id = m.place_id
          and p.stock_stint = m.stint
       union
       select chain_id, owner_id, place_id, product_id, lot, disposition, unit from stock)
     select f.product_id || ' ' || f.lot as at from folded f
       join place p on p.chain_id = f.chain_id and p.id = f.place_id
       left join stock s on s.chain_id = f.chain_id and s.owner_id = f.owner_id
        and s.place_id = f.place_id and s.product_id = f.product_id and s.lot = f.lot
        and s.disposition = f.disposition and s.unit = f.unit
       left join stock_opening o on o.chain_id = f.chain_id and o.owner_id = f.owner_id
        and o.place_id = f.place_id and o.product_id = f.product_id and o.lot = f.lot
        and o.disposition = f.disposition and o.unit = f.unit and o.stint = p.stock_stint
       left join lateral (select m.at, m.quantity from stock_movement m
         where m.chain_id = f.chain_id and m.owner_id = f.owner_id and m.place_id = f.place_id
          and m.product_id = f.product_id and m.lot = f.lot and m.disposition = f.disposition
          and m.unit = f.unit and m.stint = p.stock_stint and m.voided_by is null
          and m.kind = 'counted' order by m.at desc, m.event_id desc limit 1) c on true
       left join lateral (select sum(m.quantity) as moved from stock_movement m
         where m.chain_id = f.chain_id and m.owner_id = f.owner_id and m.place_id = f.place_id
          and m.product_id = f.product_id and m.lot = f.lot and m.disposition = f.disposition
          and m.unit = f.unit and m.stint = p.stock_stint and m.voided_by is null
          and m.kind = 'moved' and (c.at is null or m.at > c.at)) b on true
      where coalesce(s.quantity, 0)
        <> coalesce(c.quantity, o.quantity, 0) + coalesce(b.moved, 0)`,
  ],
  [
    'an event that was declared wrong and still moves stock',
    // Trade takes back what its own event moved by its declaration, but for what was counted.
    `select m.event_id::text as at from stock_movement m
       join event_void v on v.chain_id = m.chain_id and v.event_id = m.event_id
       join event e on e.chain_id = m.chain_id and e.id = m.event_id
       join place p on p.chain_id = m.chain_id and p.id = m.place_id
      where m.voided_by is null and (e.movement is null or not (
        coalesce(p.stock_since > e.event_time, false) or exists (select 1 from stock_movement b
          where (b.chain_id, b.owner_id, b.place_id, b.product_id, b.lot, b.disposition, b.unit)
            = (m.chain_id, m.owner_id, m.place_id, m.product_id, m.lot, m.disposition, m.unit)
            and ((b.event_id = v.by_event_id and b.quantity = -m.quantity)
              or (b.step in ('cycle_counting', 'stock_taking') and b.at > e.event_time)))))`,
  ],
  [
    'a captured event that moves stock beside the events of trade',
    `select m.event_id::text as at from stock_movement m
       join event e on e.chain_id = m.chain_id and e.id = m.event_id
       join place p on p.chain_id = m.chain_id and p.id = m.place_id and p.stock_stint = m.stint
      where (e.movement is null and p.stock_kept_by = 'platform')
        or (e.movement is not null and p.stock_kept_by = 'events' and e.biz_step in (
          'https://ref.gs1.org/cbv/BizStep-shipping',
          'https://ref.gs1.org/cbv/BizStep-receiving'))`,
  ],
];

type LineRow = Parameters<typeof foldState>[0][number];

/** Holds everything in a database against itself, seen by its owner, over all chains. */
export async function unsound(owner: Pick<pg.Pool, 'query'>): Promise<Unsound> {
  const found: Unsound = [];
  for (const [what, sql] of checks) {
    const { rows } = await owner.query(sql);
    found.push(...rows.map((row) => `${what}: ${row.at}`));
  }
  return [...found, ...(await unfolded(owner))];
}

/** Orders whose stored state or sums are not what their lines say. */
async function unfolded(owner: Pick<pg.Pool, 'query'>): Promise<Unsound> {
  const { rows } = await owner.query(
    // Whole lines, numbers as text: whatever the fold looks at, it gets as the application does.
    `select o.number, o.state, o.net_minor, json_agg((
        select jsonb_object_agg(name, case jsonb_typeof(value)
          when 'number' then to_jsonb(value #>> '{}') else value end)
        from jsonb_each(to_jsonb(l)) as field (name, value))) as lines
       from purchase_order o join order_line l on l.chain_id = o.chain_id and l.order_id = o.id
      group by o.chain_id, o.id`,
  );
  return rows.flatMap((row) => {
    const lines = row.lines as (LineRow & { net_minor: string })[];
    const folded = foldState(lines);
    const live = lines.filter(({ state }) => state !== 'cancelled' && state !== 'refused');
    const net = live.reduce((sum, line) => sum.plus(line.net_minor), new Decimal(0));
    return [
      ...(folded === row.state ? [] : [`order ${row.number} is ${row.state}, folds to ${folded}`]),
      ...(net.eq(String(row.net_minor))
        ? []
        : [`order ${row.number} has the net ${row.net_minor}`]),
    ];
  });
}
