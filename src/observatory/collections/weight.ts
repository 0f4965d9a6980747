import { sql } from 'kysely';
import { limits, type Tx } from '../../kernel/index.ts';
import type { FormWeight } from './form-draft-schema.ts';
import { getFormDraft } from './form-drafts.ts';
import { NOT_USED, notedReports, usesOf } from './form-use.ts';
import { getForm } from './forms.ts';
import { identityOf } from './items.ts';
import { type PeriodKind, periodsOfYear } from './period.ts';
import type { Item } from './schema.ts';

/** Seconds that firms took for each item that nobody had filled in, over all that they noted. */
async function paceOf(tx: Tx): Promise<{ reports: number; seconds_per_item: number } | null> {
  const { reports, minutes, written } = await notedReports(tx)
    .select((is) => [
      is.fn.count<bigint>('r.id').as('reports'),
      is.fn.coalesce(is.fn.sum<string>('r.minutes'), is.lit(0)).as('minutes'),
      sql<string>`coalesce(sum(a.item_count - r.prefilled_count), 0)`.as('written'),
    ])
    .executeTakeFirstOrThrow();
  if (Number(written) === 0) return null;
  const seconds_per_item = Math.round((Number(minutes) * 60) / Number(written));
  return { reports: Number(reports), seconds_per_item };
}

/** The newest versions of the chain's forms, the newest forms first. */
async function newestForms(tx: Tx, but: string | null) {
  let rows = tx.db
    .selectFrom('form as f')
    .innerJoin('form_version as v', (join) =>
      join.onRef('v.chain_id', '=', 'f.chain_id').onRef('v.id', '=', 'f.version_id'),
    )
    .select(['f.id', 'f.owner_id', 'f.name_zh', 'f.name_en', 'f.period_kind', 'v.items'])
    .where('f.chain_id', '=', tx.chain)
    .where('v.chain_id', '=', tx.chain);
  if (but !== null) rows = rows.where('f.id', '!=', but);
  return rows
    .orderBy('f.id', 'desc')
    .limit(limits.forms_compared + 1)
    .execute();
}

async function askedElsewhere(tx: Tx, items: readonly Item[], but: string | null) {
  const byIdentity = new Map<string, Item>();
  for (const item of items) {
    const identity = identityOf(item);
    if (identity !== null) byIdentity.set(identity, item);
  }
  if (byIdentity.size === 0) return { asked_elsewhere: [], is_cut: false };
  const forms = await newestForms(tx, but);
  const same = forms.slice(0, limits.forms_compared).flatMap((form) =>
    (form.items as Item[]).flatMap((theirs) => {
      const item = byIdentity.get(identityOf(theirs) ?? '');
      return item ? [{ item, theirs, form }] : [];
    }),
  );
  const useOf = await usesOf(tx, [...new Set(same.map(({ form }) => form.id))]);
  const asked_elsewhere = same.slice(0, limits.page_rows).map(({ item, theirs, form }) => {
    const { firms, reported, last_period } = useOf(form.id);
    return {
      item: item.code,
      form_id: form.id,
      owner_id: form.owner_id,
      form: { zh: form.name_zh, en: form.name_en },
      their_item: theirs.code,
      their_name: theirs.name,
      period_kind: form.period_kind as PeriodKind,
      asked: firms,
      reported,
      last_period,
    };
  });
  const is_cut = forms.length > limits.forms_compared || same.length > limits.page_rows;
  return { asked_elsewhere, is_cut };
}

type Weighed = { items: readonly Item[]; asks_per_year: number; form_id: string | null };

async function weigh(tx: Tx, { items, asks_per_year, form_id }: Weighed): Promise<FormWeight> {
  const filled_in = items.filter(({ prefill }) => prefill !== null).length;
  const use = form_id === null ? NOT_USED : (await usesOf(tx, [form_id]))(form_id);
  const pace = await paceOf(tx);
  const seconds = (pace?.seconds_per_item ?? 0) * (items.length - filled_in);
  return {
    items: items.length,
    filled_in,
    asks_per_year,
    noted:
      use.median_minutes === null
        ? null
        : { reports: use.reports_with_minutes, median_minutes: use.median_minutes },
    expected: pace && { ...pace, minutes: Math.ceil(seconds / 60) },
    ...(await askedElsewhere(tx, items, form_id)),
  };
}

/** What a form costs whoever answers it. @throws collections.form_unknown */
export async function weighForm(tx: Tx, id: string): Promise<FormWeight> {
  const { items, asks_per_year } = await getForm(tx, id);
  return weigh(tx, { items, asks_per_year, form_id: id });
}

/** The same of a form that is being written. @throws collections.form_draft_unknown */
export async function weighDraft(tx: Tx, id: string): Promise<FormWeight> {
  const { content, form_id } = await getFormDraft(tx, id);
  const items = content.items as unknown as readonly Item[];
  const asks_per_year = content.asks_per_year ?? periodsOfYear(content.period_kind);
  return weigh(tx, { items, asks_per_year, form_id });
}
