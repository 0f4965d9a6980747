import { sql } from 'kysely';
import type { z } from 'zod';
import { Decimal, type Tx } from '../../kernel/index.ts';
import type { progress } from './schema.ts';

export type Progress = z.output<typeof progress>;

/** Sums of some lines in one unit, with which lines they are of. */
type Sum = Progress & { notice_id: string | null; is_own: boolean };

/**
 * What was listed and what was found, by notice and unit: of each line the newest answer counts.
 * @param of lines of one recall, or of some notices
 */
export async function sumsOf(
  tx: Tx,
  of: { recall_id: string } | { notice_ids: readonly string[] },
): Promise<Sum[]> {
  const where =
    'recall_id' in of
      ? sql`l.recall_id = ${of.recall_id}::uuid`
      : sql`l.list_id = any(${of.notice_ids}::uuid[])`;
  const { rows } = await sql<Sum>`
    select l.notice_id, l.is_own, l.unit, coalesce(sum(l.quantity), 0)::text as listed,
      coalesce(sum(a.kept), 0)::text as kept, coalesce(sum(a.destroyed), 0)::text as destroyed,
      coalesce(sum(a.passed_on), 0)::text as passed_on, coalesce(sum(a.missing), 0)::text as missing
    from recall_line l
    left join lateral (
      select kept, destroyed, passed_on, missing
      from recall_answer
      where chain_id = ${tx.chain}::uuid and notice_id = l.list_id and line_no = l.line_no
      order by id desc limit 1) a on true
    where l.chain_id = ${tx.chain}::uuid and ${where}
    group by l.notice_id, l.is_own, l.unit
    order by l.notice_id, l.is_own, l.unit`.execute(tx.db);
  return rows;
}

/** Sums over several notices, by unit. */
export function addUp(sums: readonly Progress[]): Progress[] {
  const units = new Map<string, Progress>();
  for (const { unit, ...sum } of sums) {
    const before = units.get(unit);
    const plus = (key: keyof typeof sum) =>
      new Decimal(before?.[key] ?? 0).plus(sum[key]).toFixed();
    const keys = ['listed', 'kept', 'destroyed', 'passed_on', 'missing'] as const;
    const added = Object.fromEntries(keys.map((key) => [key, plus(key)]));
    units.set(unit, { unit, ...added } as Progress);
  }
  return [...units.values()];
}
