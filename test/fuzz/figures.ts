import type { Operations } from '../../web/src/generated/api.ts';
import type { Given, Operation } from '../conformance/world/client.ts';
import { newForm } from '../conformance/world/collections.ts';
import type { Player, Stage } from '../simulation/stage.ts';

/**
 * A statistician who has asked every other party twice, so that there is something of a collection
 * to be asked for: of each quarter some have begun, some submitted, and one is accepted.
 */
export async function askForFigures(stage: Stage): Promise<void> {
  const tell = async <Name extends Operation>(who: string, name: Name, given?: Given<Name>) => {
    const { said } = await stage.ask(stage.all[who] as Player, name, given);
    if (said.status >= 300) throw new Error(`${who} ${name}: ${said.status} ${said.body}`);
    return JSON.parse(said.body) as Operations[Name]['reply'];
  };
  const form = await tell('statistics', 'statistical_form.define', { body: newForm });
  const revision = { as: 'revision' as const, form_id: form.id };
  for (const body of [{ as: 'new' as const }, revision]) {
    await tell('statistics', 'form_draft.begin', { body });
  }
  const firms = Object.keys(stage.all).filter((name) => name !== 'statistics');
  const party_ids = firms.map((name) => stage.parties[name] ?? '');
  for (const period of ['2026-Q1', '2026-Q2']) {
    await tell('statistics', 'collection.open', {
      body: { form_id: form.id, period, due_on: '2026-07-20', party_ids },
    });
  }
  for (const [at, name] of firms.entries()) {
    const { items } = await tell(name, 'collection_ask.list', {});
    for (const { id } of items.slice(at % 2)) {
      const params = { id };
      await tell(name, 'report_draft.start', { params, body: {} });
      const answers = { revenue: '5000', service_revenue: '2000', staff: '7' };
      const notes = { S2: '季节' };
      await tell(name, 'report_draft.edit', { params, body: { answers, notes } });
    }
    const params = { id: items.at(-1)?.id ?? '' };
    await tell(name, 'report_draft.submit', { params });
    if (at > 0) continue;
    const { report_id } = await tell('statistics', 'collection_ask.get', { params });
    await tell('statistics', 'report.accept', { params: { id: report_id ?? '' } });
  }
}
