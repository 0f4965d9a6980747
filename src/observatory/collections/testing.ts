import type { z } from 'zod';
import type { Tx } from '../../kernel/index.ts';
import { listAsked, listOwnAsks } from './asks.ts';
import { openCollection } from './collections.ts';
import { checkDraft, editDraft, startDraft, submitDraft } from './drafts.ts';
import { beginFormDraft } from './form-drafts.ts';
import { defineForm } from './forms.ts';
import { describeFirm, newProfile } from './profile.ts';
import { ruleOn } from './reports.ts';
import { newForm } from './schema.ts';

/** A transaction of a party as a statistician, whatever its roles in the chain are. */
export const asStatistician = (tx: Tx): Tx => ({
  ...tx,
  actor: { ...tx.actor, roles: ['statistician'] },
});

type Act = <T>(party: string, work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Asks some firms: of three, one submits, one has only begun, and one has done nothing. Of what is
 * submitted all but one is accepted. Beside it another form is begun.
 * @param profileOf how the firm at this place describes itself before it answers
 * @returns the collection's id
 */
export async function collectFrom(
  act: Act,
  collector: string,
  firms: readonly string[],
  profileOf?: (at: number) => z.input<typeof newProfile>,
): Promise<string> {
  const form = newForm.parse({
    code: 'EYES',
    name: { zh: '季报', en: 'Quarterly' },
    period_kind: 'quarter',
    items: [
      { code: 'sales', name: { zh: '收入', en: 'Revenue' }, kind: 'amount' },
      {
        code: 'billed',
        name: { zh: '开票收入', en: 'Billed' },
        kind: 'amount',
        is_required: false,
        source: { table: 'A', item: 'B' },
      },
    ],
  });
  await act(collector, (tx) => beginFormDraft(asStatistician(tx), { as: 'new' }));
  const { id } = await act(collector, async (tx) => {
    const { id: form_id } = await defineForm(asStatistician(tx), form);
    const asking = { form_id, period: '2026-Q1', due_on: '2026-04-01', party_ids: [...firms] };
    return openCollection(asStatistician(tx), asking);
  });
  for (const [at, firm] of firms.entries()) {
    if (at % 3 === 2) continue;
    const profile = profileOf?.(at);
    if (profile) await act(firm, (tx) => describeFirm(tx, newProfile.parse(profile)));
    await act(firm, async (tx) => {
      const { items } = await listOwnAsks(tx, { limit: 1 });
      const ask_id = items[0]?.id ?? '';
      await startDraft(tx, ask_id, null);
      const edit = { answers: { sales: String(at) }, notes: {}, minutes: at };
      await editDraft(tx, ask_id, edit, null);
      if (at % 3 === 0) await submitDraft(tx, ask_id, null);
    });
  }
  await act(collector, async (tx) => {
    const { items } = await listAsked(tx, id, { limit: 200, state: 'submitted' });
    for (const { report_id } of items.slice(1)) {
      if (report_id) await ruleOn(tx, report_id, { ruling: 'accepted' });
    }
  });
  return id;
}

/** The first of these firms whose report was accepted corrects it, and that is accepted too. */
export async function correctOne(
  act: Act,
  collector: string,
  firms: readonly string[],
  sales: string,
): Promise<void> {
  for (const firm of firms) {
    const own = await act(firm, (tx) => listOwnAsks(tx, { limit: 1 }));
    const [ask] = own.items;
    if (ask?.state !== 'accepted') continue;
    const report_id = await act(firm, async (tx) => {
      await startDraft(tx, ask.id, '更正');
      await editDraft(tx, ask.id, { answers: { sales }, notes: {}, minutes: null }, null);
      await submitDraft(tx, ask.id, null);
      return (await listOwnAsks(tx, { limit: 1 })).items[0]?.report_id ?? '';
    });
    await act(collector, (tx) => ruleOn(tx, report_id, { ruling: 'accepted' }));
    return;
  }
}

/** Passes a draft as a person of the firm, who has no key. */
export const passAs = (tx: Tx, user: string, ask_id: string) =>
  checkDraft({ ...tx, actor: { ...tx.actor, user, key: null } }, ask_id, 'pass', null);

/** Hands a draft over as a person of the firm. */
export const handOverAs = (tx: Tx, user: string, ask_id: string) =>
  submitDraft({ ...tx, actor: { ...tx.actor, user, key: null } }, ask_id, null);
