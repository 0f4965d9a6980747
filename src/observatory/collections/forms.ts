import { sql } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  kernelFault,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { definitionErrors } from './definition.ts';
import { fault } from './faults.ts';
import { usesOf } from './form-use.ts';
import { type PeriodKind, periodsOfYear } from './period.ts';
import type { Form, FormContent, FormRow, Item, NewForm, Rule } from './schema.ts';

/**
 * Forms and collections are a statistician's: whoever asks firms for figures in a chain has been
 * given that role in it.
 * @throws collections.not_a_statistician
 */
export function assertStatistician({ actor }: Tx): void {
  if (!actor.roles.includes('statistician')) throw fault('collections.not_a_statistician');
}

function assertSound(content: FormContent): void {
  const errors = definitionErrors(content);
  if (errors.length > 0) throw fault('collections.form_invalid', { count: errors.length }, errors);
}

/** Writes a version; the head is the caller's. */
function appendVersion(
  tx: Tx,
  of: { form_id: string; version: number; version_id: string; period_kind: PeriodKind },
  content: FormContent,
): void {
  tx.append('form_version', [
    {
      chain_id: tx.chain,
      id: of.version_id,
      form_id: of.form_id,
      owner_id: tx.actor.party,
      version: of.version,
      name_zh: content.name.zh,
      name_en: content.name.en,
      levels: content.levels,
      asks_per_year: content.asks_per_year ?? periodsOfYear(of.period_kind),
      approval: content.approval && toJson(content.approval),
      items: toJson(content.items),
      rules: toJson(content.rules),
      defined_at: tx.now,
    },
  ]);
}

/**
 * Makes a form, with its first version.
 * @throws collections.not_a_statistician, form_invalid, form_code_taken
 */
export async function defineForm(
  tx: Tx,
  { code, period_kind, ...content }: NewForm,
): Promise<Form> {
  assertStatistician(tx);
  assertSound(content);
  const [id, version_id] = [tx.newId(), tx.newId()];
  const made = await tx.db
    .insertInto('form')
    .values({
      chain_id: tx.chain,
      id,
      owner_id: tx.actor.party,
      code,
      name_zh: content.name.zh,
      name_en: content.name.en,
      period_kind,
      version: 1,
      version_id,
      changed_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) throw fault('collections.form_code_taken', { code });
  appendVersion(tx, { form_id: id, version: 1, version_id, period_kind }, content);
  await recordFact(tx, {
    type: 'collections.form.defined',
    subject: id,
    parties: [tx.actor.party],
    body: { version: 1, version_id, code, period_kind, ...content },
  });
  return getForm(tx, id);
}

/** The head of an own form, held against others for the rest of the command. */
export async function lockForm(tx: Tx, id: string) {
  const head = await tx.db
    .selectFrom('form')
    .select(['id', 'code', 'version', 'version_id', 'period_kind'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('owner_id', '=', tx.actor.party)
    .forUpdate()
    .executeTakeFirst();
  if (!head) throw fault('collections.form_unknown');
  return { ...head, period_kind: head.period_kind as PeriodKind };
}

/**
 * Writes a new version. Collections that are under way go on with theirs.
 * @param seen what `If-Match` says; null lets any version pass
 * @throws collections.form_unknown, form_invalid, kernel.stale
 */
export async function reviseForm(
  tx: Tx,
  id: string,
  content: FormContent,
  seen: string | null,
): Promise<Form> {
  assertStatistician(tx);
  const head = await lockForm(tx, id);
  if (seen !== null && seen !== '*' && seen !== String(head.version)) {
    throw kernelFault('kernel.stale');
  }
  assertSound(content);
  const next = { form_id: id, version: head.version + 1, version_id: tx.newId() };
  appendVersion(tx, { ...next, period_kind: head.period_kind }, content);
  tx.write(
    tx.db
      .updateTable('form')
      .set({
        version: next.version,
        version_id: next.version_id,
        name_zh: content.name.zh,
        name_en: content.name.en,
        changed_at: tx.now,
      })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await recordFact(tx, {
    type: 'collections.form.revised',
    subject: id,
    parties: [tx.actor.party],
    body: { version: next.version, version_id: next.version_id, ...content },
  });
  return getForm(tx, id);
}

const versionColumns = [
  'v.id as version_id',
  'v.version',
  'v.name_zh',
  'v.name_en',
  'v.levels',
  'v.asks_per_year',
  'v.approval',
  'v.items',
  'v.rules',
  'v.defined_at',
] as const;

function versions(tx: Tx) {
  return tx.db
    .selectFrom('form_version as v')
    .innerJoin('form as f', (join) =>
      join.onRef('f.chain_id', '=', 'v.chain_id').onRef('f.id', '=', 'v.form_id'),
    )
    .select(['f.id', 'f.owner_id', 'f.code', 'f.period_kind', 'f.version as newest_version'])
    .select(versionColumns)
    .where('v.chain_id', '=', tx.chain)
    .where('f.chain_id', '=', tx.chain);
}

type Found = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>;

function formOf({ name_zh, name_en, period_kind, items, rules, approval, ...row }: Found): Form {
  return {
    ...row,
    period_kind: period_kind as PeriodKind,
    name: { zh: name_zh, en: name_en },
    items: items as Item[],
    rules: rules as Rule[],
    approval: approval as Form['approval'],
  };
}

/** A form in one of its versions, the newest where none is named. @throws form_unknown */
export async function getForm(tx: Tx, id: string, version?: number): Promise<Form> {
  const all = versions(tx).where('f.id', '=', id);
  const row = await (version === undefined
    ? all.whereRef('v.id', '=', 'f.version_id')
    : all.where('v.version', '=', version)
  ).executeTakeFirst();
  if (!row) throw fault('collections.form_unknown');
  return formOf(row);
}

/** The version that a collection asked with. @throws collections.form_unknown */
export async function getVersion(tx: Tx, version_id: string): Promise<Form> {
  const row = await versions(tx).where('v.id', '=', version_id).executeTakeFirst();
  if (!row) throw fault('collections.form_unknown');
  return formOf(row);
}

/** The items of several versions, by the id of the version. */
export async function itemsOf(
  tx: Tx,
  version_ids: readonly string[],
): Promise<Map<string, { name: { zh: string; en: string }; items: Item[] }>> {
  if (version_ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('form_version')
    .select(['id', 'name_zh', 'name_en', 'items'])
    .where('chain_id', '=', tx.chain)
    .where('id', 'in', [...new Set(version_ids)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      { name: { zh: row.name_zh, en: row.name_en }, items: row.items as Item[] },
    ]),
  );
}

/** The chain's forms, the newest first, each with what the actor has asked with it. */
export async function listForms(tx: Tx, query: PageQuery) {
  let rows = tx.db
    .selectFrom('form as f')
    .innerJoin('form_version as v', (join) =>
      join.onRef('v.chain_id', '=', 'f.chain_id').onRef('v.id', '=', 'f.version_id'),
    )
    .select(['f.id', 'f.owner_id', 'f.code', 'f.name_zh', 'f.name_en', 'f.period_kind'])
    .select(['f.version', 'f.version_id', 'f.changed_at'])
    .select(sql<number>`jsonb_array_length(v.items)`.as('item_count'))
    .where('f.chain_id', '=', tx.chain)
    .where('v.chain_id', '=', tx.chain);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('f.id', '<', id);
  }
  const found = await rows
    .orderBy('f.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const listed = pageOf(found, query.limit, (row) => [row.id]);
  const useOf = await usesOf(
    tx,
    listed.items.map(({ id }) => id),
  );
  const items = listed.items.map(
    ({ name_zh, name_en, period_kind, ...row }): FormRow => ({
      ...row,
      period_kind: period_kind as PeriodKind,
      name: { zh: name_zh, en: name_en },
      own_use: useOf(row.id),
    }),
  );
  return { items, next: listed.next };
}
