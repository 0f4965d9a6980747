import { sql } from 'kysely';
import type { Tx } from '../../kernel/index.ts';
import { MIRRORS } from './chart.ts';
import type { Finding } from './schema.ts';

const MOST_FINDINGS = 200;

type Held = { subject: string; expected: string; found: string };

/**
 * Holds the actor's book against itself, its partners' books and its receivables. Empty is sound; a
 * finding is a bug of ours or a hand in the database.
 */
export async function reconcile(tx: Tx): Promise<Finding[]> {
  const checks: readonly [rule: string, find: (tx: Tx) => Promise<Held[]>][] = [
    ['entries_balance', unbalancedEntries],
    ['balances_equal_lines', wrongBalances],
    ['partners_mirror', brokenMirrors],
    ['receivables_equal_movements', wrongReceivables],
    ['payments_equal_allocations', wrongPayments],
  ];
  const findings: Finding[] = [];
  for (const [rule, find] of checks) {
    findings.push(...(await find(tx)).map((held) => ({ rule, ...held })));
  }
  return findings;
}

async function unbalancedEntries(tx: Tx): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select entry_id::text || ' ' || currency as subject, '0' as expected,
           sum(amount_minor)::text as found
      from entry_line
     where chain_id = ${tx.chain} and owner_id = ${tx.actor.party}
     group by entry_id, currency
    having sum(amount_minor) <> 0
     limit ${MOST_FINDINGS}`.execute(tx.db);
  return rows;
}

async function wrongBalances(tx: Tx): Promise<Held[]> {
  const { rows } = await sql<Held>`
    with line as (
      select account_code, counterparty_id, currency, sum(amount_minor) as amount
        from entry_line
       where chain_id = ${tx.chain} and owner_id = ${tx.actor.party}
       group by account_code, counterparty_id, currency
    ), kept as (
      select account_code, counterparty_id, currency, debit_minor - credit_minor as amount
        from account_balance
       where chain_id = ${tx.chain} and owner_id = ${tx.actor.party}
    )
    select account_code || ' ' || counterparty_id || ' ' || currency as subject,
           coalesce(line.amount, 0)::text as expected, coalesce(kept.amount, 0)::text as found
      from line full join kept using (account_code, counterparty_id, currency)
     where coalesce(line.amount, 0) <> coalesce(kept.amount, 0)
     limit ${MOST_FINDINGS}`.execute(tx.db);
  return rows;
}

/** What the actor may claim of each partner is what that partner owes, in their own books. */
async function brokenMirrors(tx: Tx): Promise<Held[]> {
  const pairs = sql.join(MIRRORS.map(([claim, duty]) => sql`(${claim}::text, ${duty}::text)`));
  const { rows } = await sql<Held>`
    with side as (
      select account_code, currency, debit_minor - credit_minor as amount,
             case owner_id when ${tx.actor.party} then counterparty_id else owner_id end as partner,
             owner_id = ${tx.actor.party} as is_own
        from account_balance
       where chain_id = ${tx.chain} and owner_id <> counterparty_id
         and (owner_id = ${tx.actor.party} or counterparty_id = ${tx.actor.party})
    ), mirror (claim, duty) as (values ${pairs})
    select mirror.claim || ' ' || partner || ' ' || currency as subject,
           (-coalesce(sum(amount) filter (where not is_own), 0))::text as expected,
           coalesce(sum(amount) filter (where is_own), 0)::text as found
      from side
      join mirror on account_code in (mirror.claim, mirror.duty)
     group by mirror.claim, partner, currency, (account_code = mirror.claim) = is_own
    having sum(amount) <> 0
     limit ${MOST_FINDINGS}`.execute(tx.db);
  return rows;
}

async function wrongReceivables(tx: Tx): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select r.number || ' ' || held.name as subject, held.expected::text, held.found::text
      from receivable r
      left join lateral (
        select coalesce(sum(amount_minor) filter (where toward = 'principal'), 0) as paid,
               coalesce(sum(amount_minor) filter (where toward = 'interest'), 0) as interest
          from payment_allocation
         where chain_id = ${tx.chain} and chain_id = r.chain_id and receivable_id = r.id) a on true
      left join lateral (
        select coalesce(sum(amount_minor), 0) as credited from receivable_credit
         where chain_id = ${tx.chain} and chain_id = r.chain_id and receivable_id = r.id) c on true
      left join lateral (
        select coalesce(sum(amount_minor), 0) as disputed from receivable_dispute
         where chain_id = ${tx.chain} and chain_id = r.chain_id and receivable_id = r.id
           and state = 'open') d on true
      cross join lateral (values
        ('paid', a.paid, r.paid_minor), ('interest_paid', a.interest, r.interest_paid_minor),
        ('credited', c.credited, r.credited_minor), ('disputed', d.disputed, r.disputed_minor),
        ('open', r.total_minor - c.credited - a.paid, r.open_minor)
      ) as held (name, expected, found)
     where r.chain_id = ${tx.chain}
       and (r.seller_id = ${tx.actor.party} or r.buyer_id = ${tx.actor.party})
       and held.expected <> held.found
     limit ${MOST_FINDINGS}`.execute(tx.db);
  return rows;
}

async function wrongPayments(tx: Tx): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select p.id::text as subject, coalesce(sum(a.amount_minor), 0)::text as expected,
           p.allocated_minor::text as found
      from payment p
      left join payment_allocation a
        on a.chain_id = p.chain_id and a.payment_id = p.id and a.chain_id = ${tx.chain}
     where p.chain_id = ${tx.chain}
       and (p.payer_id = ${tx.actor.party} or p.payee_id = ${tx.actor.party})
     group by p.id, p.allocated_minor
    having coalesce(sum(a.amount_minor), 0) <> p.allocated_minor
     limit ${MOST_FINDINGS}`.execute(tx.db);
  return rows;
}
