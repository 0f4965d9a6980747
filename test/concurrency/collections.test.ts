import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Given, type Operation, say } from '../conformance/world/client.ts';
import { unsound } from '../conformance/world/soundness.ts';
import { cast, type Player } from '../conformance/world/trade-story.ts';
import { openWorld, type World } from '../conformance/world/world.ts';

let world: World<Player>;
let serial = 0;
beforeAll(async () => {
  world = await openWorld(cast);
}, 60_000);
afterAll(() => world?.close());

const tell = <Name extends Operation>(who: Player, name: Name, given?: Given<Name>) =>
  ask(world.server, world.keys[who], name, given);

async function status<Name extends Operation>(who: Player, name: Name, given?: Given<Name>) {
  return (await say(world.server, world.keys[who], name, given)).status;
}

const newForm = async (asks_per_year: number) => {
  serial += 1;
  const items = [{ code: 'heads', name: { zh: '人数', en: 'Heads' }, kind: 'count' as const }];
  const name = { zh: '月报', en: 'Monthly' };
  const body = { code: `M${serial}`, name, period_kind: 'month' as const, asks_per_year, items };
  return (await tell('bureau', 'statistical_form.define', { body })).id;
};
const opening = (form_id: string, period: string) => ({
  body: { form_id, period, due_on: '2026-03-20', party_ids: [world.parties.maker.id] },
});

/** A collection with a draft of the maker's that only has to be submitted. */
async function ready() {
  const form_id = await newForm(12);
  const { id } = await tell('bureau', 'collection.open', opening(form_id, '2026-01'));
  const { items } = await tell('bureau', 'collection.asked', { params: { id } });
  const params = { id: items[0]?.id ?? '' };
  await tell('maker', 'report_draft.start', { params, body: {} });
  await tell('maker', 'report_draft.edit', { params, body: { answers: { heads: '7' } } });
  return { at: { params: { id } }, given: { params } };
}

const rounds = Array.from({ length: 12 }, (_, at) => at);

describe('at the same moment', () => {
  it('two collections do not ask one firm twice, nor past the cap of their form', async () => {
    const once = await newForm(12);
    const twice = [opening(once, '2026-01'), opening(once, '2026-01')];
    const same = await Promise.all(twice.map((one) => status('bureau', 'collection.open', one)));
    expect(same.toSorted()).toEqual([201, 409]);
    const capped = await newForm(1);
    const many = rounds.map((at) => opening(capped, `2026-${String(at + 1).padStart(2, '0')}`));
    const all = await Promise.all(many.map((one) => status('bureau', 'collection.open', one)));
    expect(all.filter((one) => one === 201)).toHaveLength(1);
  });

  it('a lock and a report: the one that comes second is refused', async () => {
    for (const round of rounds) {
      const { at, given } = await ready();
      const both = [
        () => status('maker', 'report_draft.submit', given),
        () => status('bureau', 'collection.lock', at),
      ];
      const said = await Promise.all((round % 2 ? both : both.toReversed()).map((one) => one()));
      expect(said.toSorted()).toEqual([200, 409]);
    }
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  });

  it('a report is submitted once, and ruled on once', async () => {
    for (const _ of rounds) {
      const { given } = await ready();
      const sent = rounds.slice(0, 4).map(() => status('maker', 'report_draft.submit', given));
      expect((await Promise.all(sent)).filter((one) => one === 200)).toHaveLength(1);
      const { report_id } = await tell('bureau', 'collection_ask.get', given);
      const params = { id: report_id ?? '' };
      const ruled = await Promise.all([
        status('bureau', 'report.accept', { params }),
        status('bureau', 'report.return', { params, body: { reason: '核对' } }),
        status('bureau', 'report.accept', { params }),
      ]);
      expect(ruled.toSorted()).toEqual([200, 409, 409]);
    }
    expect(await unsound(world.test.store.database.owner)).toEqual([]);
  });

  it('of two people who edit what both have read, the second is told', async () => {
    const { given } = await ready();
    const { version } = await tell('maker', 'report_draft.get', given);
    const edit = (heads: string) =>
      status('maker', 'report_draft.edit', {
        ...given,
        body: { answers: { heads } },
        headers: { 'if-match': `"${version}"` },
      });
    expect((await Promise.all([edit('8'), edit('9')])).toSorted()).toEqual([200, 412]);
  });
});
