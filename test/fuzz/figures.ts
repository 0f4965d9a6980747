import type { Operations } from '../../web/src/generated/api.ts';
import type { Given, Operation } from '../conformance/world/client.ts';
import { newForm } from '../conformance/world/collections.ts';
import type { Player, Stage } from '../simulation/stage.ts';

const rows = [
  'unit,value,town',
  ...['a,5,x', 'b,6,x', 'c,7,x', 'd,8,x', 'e,9,y', 'f,10,y', 'g,11,y', 'h,12,y'],
];

type Tell = <Name extends Operation>(
  who: string,
  name: Name,
  given?: Given<Name>,
) => Promise<Operations[Name]['reply']>;

/** One release that is out, one that has its hour, and a draft: so that each way on is open. */
async function publishSome(tell: Tell, now: Date): Promise<void> {
  const planned_at = new Date(now.getTime() + 3_600_000_000).toISOString();
  for (const series of ['OUT', 'PLANNED', 'DRAFT']) {
    const { id } = await tell('statistics', 'release.draft', {
      body: {
        ...{ series, title: '各镇', rules: { frequency: { n: 2, margin: 0.1 } } },
        material: { kind: 'rows', unit: '人', csv: `${rows.join('\n')}\n` },
      },
    });
    const params = { id };
    if (series === 'OUT') await tell('statistics', 'release.publish', { params });
    if (series === 'PLANNED')
      await tell('statistics', 'release.plan', { params, body: { planned_at } });
  }
}

/**
 * A statistician who has asked every other party twice, so that there is something of a collection
 * to be asked for: of each quarter some have begun, some submitted, and one is accepted. Releases
 * are there, too.
 */
export async function askForFigures(stage: Stage): Promise<void> {
  const tell: Tell = async (who, name, given) => {
    const { said } = await stage.ask(stage.all[who] as Player, name, given);
    if (said.status >= 300) throw new Error(`${who} ${name}: ${said.status} ${said.body}`);
    return JSON.parse(said.body);
  };
  await publishSome(tell, stage.clock.now());
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
    const asked = await tell(name, 'collection_ask.list', { query: { limit: 200 } });
    // What the simulated chain asked before is at any stage by now.
    const items = asked.items.filter(({ form_id }) => form_id === form.id);
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
