import { sql } from 'kysely';
import { z } from 'zod';
import {
  decodeCursor,
  kernelFault,
  limits,
  type PageQuery,
  pageOf,
  type Tx,
  toJson,
  uuid,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { wholeForm } from './form-check.ts';
import type { FormDraft, FormDraftContent, NewFormDraft } from './form-draft-schema.ts';
import { assertStatistician, defineForm, getForm, reviseForm } from './forms.ts';
import type { Form } from './schema.ts';

const EMPTY: FormDraftContent = {
  code: '',
  name: { zh: '', en: '' },
  period_kind: 'quarter',
  levels: 1,
  asks_per_year: null,
  approval: null,
  items: [],
  rules: [],
};

/** What a form says, as a draft has it. */
function contentOf({ code, name, period_kind, levels, ...form }: Form): FormDraftContent {
  return {
    code,
    name,
    period_kind,
    levels: levels === 2 ? 2 : 1,
    asks_per_year: form.asks_per_year,
    approval: form.approval,
    items: form.items,
    rules: form.rules,
  };
}

type Beginning = Pick<FormDraft, 'form_id' | 'form_version' | 'content'>;

async function beginning(tx: Tx, input: NewFormDraft): Promise<Beginning> {
  if (input.as === 'new') return { form_id: null, form_version: null, content: EMPTY };
  const form = await getForm(tx, input.form_id);
  const content = contentOf(form);
  if (input.as === 'revision') {
    if (form.owner_id !== tx.actor.party) throw fault('collections.form_unknown');
    return { form_id: form.id, form_version: form.version, content };
  }
  // What was approved is the other form, under its own number.
  const copy = { ...content, code: '', approval: null };
  return { form_id: null, form_version: null, content: copy };
}

const columns = ['id', 'form_id', 'form_version', 'version', 'content', 'begun_at'] as const;

function ownDrafts(tx: Tx) {
  return tx.db
    .selectFrom('form_draft')
    .select([...columns, 'changed_at'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
}

type Found = Awaited<ReturnType<ReturnType<typeof ownDrafts>['executeTakeFirstOrThrow']>>;

const draftOf = ({ content, ...row }: Found): FormDraft => ({
  ...row,
  content: content as FormDraftContent,
});

async function countDrafts(tx: Tx): Promise<number> {
  const { drafts } = await tx.db
    .selectFrom('form_draft')
    .select((is) => is.fn.countAll<bigint>().as('drafts'))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .executeTakeFirstOrThrow();
  return Number(drafts);
}

/**
 * Begins to write a form. One that is being revised already is gone on with: two drafts of one form
 * would each lose what the other says.
 * @throws collections.not_a_statistician, form_unknown, too_many_drafts
 */
export async function beginFormDraft(tx: Tx, input: NewFormDraft): Promise<FormDraft> {
  assertStatistician(tx);
  const { form_id, form_version, content } = await beginning(tx, input);
  if ((await countDrafts(tx)) >= limits.form_drafts) {
    throw fault('collections.too_many_drafts', { limit: limits.form_drafts });
  }
  const id = tx.newId();
  await tx.db
    .insertInto('form_draft')
    .values({
      chain_id: tx.chain,
      id,
      owner_id: tx.actor.party,
      form_id,
      form_version,
      version: 1,
      content: toJson(content),
      begun_at: tx.now,
      changed_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await (form_id === null
    ? ownDrafts(tx).where('id', '=', id)
    : ownDrafts(tx).where('form_id', '=', form_id)
  ).executeTakeFirst();
  // Who held the form's draft a moment ago has just made a version of it: begin again.
  if (!row) throw kernelFault('kernel.busy');
  return draftOf(row);
}

/** @throws collections.form_draft_unknown */
export async function getFormDraft(tx: Tx, id: string): Promise<FormDraft> {
  const row = await ownDrafts(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw fault('collections.form_draft_unknown');
  return draftOf(row);
}

/** @throws collections.form_draft_unknown, kernel.stale */
async function lockFormDraft(tx: Tx, id: string, seen: string | null): Promise<FormDraft> {
  const row = await ownDrafts(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw fault('collections.form_draft_unknown');
  if (seen !== null && seen !== '*' && seen !== String(row.version)) {
    throw kernelFault('kernel.stale');
  }
  return draftOf(row);
}

/**
 * Writes a draft anew; it may be as unfinished as it is. What stays through all versions of a form
 * stays.
 * @param seen what `If-Match` says; null lets any version pass
 * @throws collections.form_draft_unknown, kernel.stale
 */
export async function editFormDraft(
  tx: Tx,
  id: string,
  given: FormDraftContent,
  seen: string | null,
): Promise<FormDraft> {
  const draft = await lockFormDraft(tx, id, seen);
  const { code, period_kind } = draft.form_id === null ? given : draft.content;
  const content = { ...given, code, period_kind };
  const version = draft.version + 1;
  tx.write(
    tx.db
      .updateTable('form_draft')
      .set({ content: toJson(content), version, changed_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  return { ...draft, content, version, changed_at: tx.now };
}

function dropRow(tx: Tx, id: string): void {
  const all = tx.db.deleteFrom('form_draft').where('chain_id', '=', tx.chain);
  tx.write(all.where('id', '=', id));
}

/** Gives a draft up. @throws collections.form_draft_unknown, kernel.stale */
export async function dropFormDraft(tx: Tx, id: string, seen: string | null): Promise<void> {
  await lockFormDraft(tx, id, seen);
  dropRow(tx, id);
}

/**
 * Makes a draft the form that it is, or the next version of the one it revises.
 * @throws collections.not_a_statistician, form_draft_unknown, form_invalid, form_code_taken;
 *   kernel.stale where the draft, or the form that it revises, is another by now
 */
export async function finishFormDraft(tx: Tx, id: string, seen: string | null): Promise<Form> {
  assertStatistician(tx);
  const { form_id, form_version, content } = await lockFormDraft(tx, id, seen);
  const whole = wholeForm(content);
  dropRow(tx, id);
  if (form_id === null) return defineForm(tx, whole);
  const { code: _, period_kind: __, ...next } = whole;
  return reviseForm(tx, form_id, next, String(form_version));
}

/** The drafts that the actor is writing, the newest first. */
export async function listFormDrafts(tx: Tx, query: PageQuery) {
  let rows = tx.db
    .selectFrom('form_draft')
    .select(['id', 'form_id', 'form_version', 'version', 'changed_at'])
    .select([
      sql<string>`content ->> 'code'`.as('code'),
      sql<{ zh: string; en: string }>`content -> 'name'`.as('name'),
      sql<number>`jsonb_array_length(content -> 'items')`.as('item_count'),
    ])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
  if (query.after) {
    const [id] = decodeCursor(query.after, z.tuple([uuid]));
    rows = rows.where('id', '<', id);
  }
  const found = await rows
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  return pageOf(found, query.limit, (row) => [row.id]);
}
