import { foldState } from '../../../src/flows/commerce/index.ts';
import { unsound } from '../../conformance/world/soundness.ts';
import type { Check, Invariant, Scene } from '../part.ts';

/**
 * What must hold of rows that a step has written, in one statement: $1 the chain, $2 the mark below
 * which nothing has changed since the last step. What trade takes is there when it takes it: below
 * zero it says why, unless its owner's systems have told since then that there was less.
 */
const touchedSql = `
with entries as (
  select distinct entry_id from entry_line where chain_id = $1 and xmin::text::bigint >= $2
), claims as (
  select * from receivable where chain_id = $1 and xmin::text::bigint >= $2
), paid as (
  select * from payment where chain_id = $1 and xmin::text::bigint >= $2
), shelves as (
  select * from stock where chain_id = $1 and xmin::text::bigint >= $2
), noted as (
  select distinct corrects_id from invoice where chain_id = $1 and kind = 'credit_note'
    and xmin::text::bigint >= $2
)
select 'an entry does not balance' as what, entry_id::text as at from entry_line
 where chain_id = $1 and entry_id in (select entry_id from entries)
 group by entry_id, currency having sum(amount_minor) <> 0
union all
select 'a balance is not the sum of its lines', owner_id || ' ' || account_code
  from account_balance b where chain_id = $1 and xmin::text::bigint >= $2
   and debit_minor - credit_minor <> (select coalesce(sum(l.amount_minor), 0) from entry_line l
     where l.chain_id = $1 and l.owner_id = b.owner_id and l.account_code = b.account_code
       and l.counterparty_id = b.counterparty_id and l.currency = b.currency)
union all
select 'more is paid, credited and disputed than is owed', number from claims
 where paid_minor + credited_minor + disputed_minor > total_minor
union all
select 'what is paid on a receivable is not what was allocated', number from claims c
 where paid_minor <> (select coalesce(sum(amount_minor), 0) from payment_allocation a
   where a.chain_id = $1 and a.receivable_id = c.id and toward = 'principal')
union all
select 'what is credited on a receivable is not its credit notes', number from claims c
 where credited_minor <> (select coalesce(sum(amount_minor), 0) from receivable_credit a
   where a.chain_id = $1 and a.receivable_id = c.id)
union all
select 'what is disputed on a receivable is not its open disputes', number from claims c
 where disputed_minor <> (select coalesce(sum(amount_minor), 0) from receivable_dispute a
   where a.chain_id = $1 and a.receivable_id = c.id and state = 'open')
union all
select 'a payment pays more than there is of it', id::text from paid p
 where (select coalesce(sum(amount_minor), 0) from payment_allocation a
   where a.chain_id = $1 and a.payment_id = p.id) not between 0 and amount_minor
union all
select 'stock is below zero and no event says why', product_name || ' ' || lot from shelves s
 where quantity < 0 and not exists (select 1 from event e where e.chain_id = $1
   and e.id = s.negative_event_id and (e.movement is null or e.movement->>'reason' is not null
    or exists (select 1 from stock_movement m
      join event c on c.chain_id = $1 and c.id = m.event_id and c.movement is null
     where m.chain_id = $1 and m.owner_id = s.owner_id and m.place_id = s.place_id
      and m.product_id = s.product_id and m.lot = s.lot and m.disposition = s.disposition
      and m.unit = s.unit and m.xmin::text::bigint > e.xmin::text::bigint)))
union all
select 'stock is not the sum of its events', s.product_name || ' ' || s.lot || ' ' || s.quantity
  from shelves s
  join place p on p.chain_id = $1 and p.id = s.place_id
  left join stock_opening o on o.chain_id = $1 and o.owner_id = s.owner_id
    and o.place_id = s.place_id and o.product_id = s.product_id and o.lot = s.lot
    and o.disposition = s.disposition and o.unit = s.unit and o.stint = p.stock_stint
  left join lateral (select m.at, m.quantity from stock_movement m where m.chain_id = $1
    and m.owner_id = s.owner_id and m.place_id = s.place_id and m.product_id = s.product_id
    and m.lot = s.lot and m.disposition = s.disposition and m.unit = s.unit
    and m.stint = p.stock_stint and m.voided_by is null and m.kind = 'counted'
    order by m.at desc, m.event_id desc limit 1) c on true
  left join lateral (select sum(m.quantity) as moved from stock_movement m where m.chain_id = $1
    and m.owner_id = s.owner_id and m.place_id = s.place_id and m.product_id = s.product_id
    and m.lot = s.lot and m.disposition = s.disposition and m.unit = s.unit
    and m.stint = p.stock_stint and m.voided_by is null and m.kind = 'moved'
    and (c.at is null or m.at > c.at)) b on true
 where s.quantity <> coalesce(c.quantity, o.quantity, 0) + coalesce(b.moved, 0)
union all
select 'an event of trade and its movements differ', e.id::text from event e
 where e.chain_id = $1 and e.xmin::text::bigint >= $2 and e.movement->>'place_id' is not null
   and (select coalesce(sum(m.sign * (i->>'quantity')::numeric * case when e.biz_step in (
        'https://ref.gs1.org/cbv/BizStep-shipping',
        'https://ref.gs1.org/cbv/BizStep-destroying') then -1 else 1 end), 0)
      from jsonb_array_elements(e.movement->'items') i,
        lateral (values (i->>'disposition', 1), (i->>'taken_from', -1)) m (disposition, sign)
     where m.disposition is not null and i->>'stays' is null)
    <> (select coalesce(sum(m.quantity), 0) from stock_movement m
      where m.chain_id = $1 and m.event_id = e.id)
union all
select 'credit notes take back more than was billed', i.number from invoice i
 where chain_id = $1 and id in (select corrects_id from noted) and total_minor < (
   select sum(total_minor) from invoice n where n.chain_id = $1 and n.corrects_id = i.id)
union all
select 'a credit note is used otherwise than once', i.number from invoice i
 where chain_id = $1 and kind = 'credit_note' and xmin::text::bigint >= $2 and total_minor > 0
   and corrects_id is not null and 1 <> (select count(*) from receivable_credit c
     where c.chain_id = $1 and c.credit_note_id = i.id and c.amount_minor = i.total_minor)`;

async function touched({ owner, chain, since }: Scene): Promise<string[]> {
  const asked = { name: 'sim_touched', text: touchedSql, values: [chain, since] };
  const { rows } = await owner.query(asked);
  return rows.map(({ what, at }) => `${what}: ${at}`);
}

type Line = Parameters<typeof foldState>[0][number] & {
  line_no: number;
  first_promise: unknown;
  first_promised_at: unknown;
};

const ordersSql = `
select o.id::text as id, o.number, o.state, o.version, (
    select json_agg((select jsonb_object_agg(name, case jsonb_typeof(value)
        when 'number' then to_jsonb(value #>> '{}') else value end)
      from jsonb_each(to_jsonb(l)) as field (name, value)) order by l.line_no)
      from order_line l where l.chain_id = $1 and l.order_id = o.id) as lines
  from purchase_order o where o.chain_id = $1 and o.id in (
    select id from purchase_order where chain_id = $1 and xmin::text::bigint >= $2
    union select order_id from order_line where chain_id = $1 and xmin::text::bigint >= $2)`;

/** Sent is at most promised, and received is at most sent; nothing is taken back below zero. */
function overdone(line: Line): boolean {
  const [sent, back, billed, good] = [
    line.despatched,
    line.returned,
    line.invoiced,
    line.accepted,
  ].map(Number) as [number, number, number, number];
  const arrived = good + Number(line.short) + Number(line.damaged) + Number(line.turned_away);
  const promised = (line.promised ?? []).reduce((sum, { quantity }) => sum + Number(quantity), 0);
  return arrived > sent || back > good || billed < 0 || (line.promised !== null && sent > promised);
}

function openOrders(): Check {
  const promises = new Map<string, string>();
  const versions = new Map<string, number>();
  return async ({ owner, chain, since }) => {
    const asked = { name: 'sim_orders', text: ordersSql, values: [chain, since] };
    const { rows } = await owner.query(asked);
    return rows.flatMap(({ id, number, state, version, lines }) => {
      const found: string[] = [];
      const folded = foldState(lines as Line[]);
      if (folded !== state) found.push(`order ${number} is ${state}, its lines say ${folded}`);
      if (version < (versions.get(id) ?? 0)) found.push(`order ${number} went back to ${version}`);
      versions.set(id, version);
      for (const line of lines as Line[]) {
        const key = `${id} ${line.line_no}`;
        const before = promises.get(key);
        const first = JSON.stringify([line.first_promise, line.first_promised_at]);
        if (before !== undefined && before !== first) {
          found.push(`the first promise of ${number}/${line.line_no} was ${before}, is ${first}`);
        }
        if (line.first_promise !== null) promises.set(key, first);
        if (overdone(line)) found.push(`line ${number}/${line.line_no} is overdone`);
      }
      return found;
    });
  };
}

/** The platform's own reconciliations, asked for by every party: a replay gives what is stored. */
async function reconciled({ parties, read }: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const party of Object.keys(parties)) {
    for (const name of ['stock.reconcile', 'ledger.reconcile'] as const) {
      const { said } = await read(party, name);
      if (said.status >= 300) {
        found.push(`${party} could not reconcile: ${said.status} ${said.body}`);
        continue;
      }
      const { differences, items } = JSON.parse(said.body);
      for (const one of differences ?? items) found.push(`${party} ${JSON.stringify(one)}`);
    }
  }
  return found;
}

export const invariants: readonly Invariant[] = [
  { what: 'what a step touched', every: 'step', open: () => touched },
  { what: 'orders and promises', every: 'step', open: openOrders },
  {
    what: 'soundness',
    every: 'while',
    open:
      () =>
      ({ owner }) =>
        unsound(owner),
  },
  { what: 'replay', every: 'while', open: () => reconciled },
];
