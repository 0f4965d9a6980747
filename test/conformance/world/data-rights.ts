import { type Player, photoBytes, plainly, type Story } from './trade-story.ts';
import type { World } from './world.ts';

/** Each asks the other about data: for leave, for words, for a correction, for a deletion. */
export async function tellRights(
  world: World<Player>,
  story: Story,
  tell = plainly(world),
): Promise<void> {
  const { maker, dealer } = world.parties;
  const statement = '请核对';
  const wanted = { kind: 'consent', scope: 'orders', statement } as const;
  const leave = await tell('stranger', 'rights_request.ask', {
    body: { ...wanted, holder_id: dealer.id },
  });
  const { agreement_id } = await tell('dealer', 'rights_request.answer', {
    params: { id: leave.id },
    body: { accept: true },
  });
  await tell('dealer', 'sharing.end', { params: { id: agreement_id ?? '' } });
  const taken = await tell('stranger', 'rights_request.ask', {
    body: { ...wanted, holder_id: maker.id },
  });
  await tell('stranger', 'rights_request.withdraw', { params: { id: taken.id } });
  const { items } = await tell('maker', 'fact.list', { query: { limit: 200 } });
  const fact_id = items.find(({ party_id }) => party_id === dealer.id)?.id ?? '';
  const objection = await tell('maker', 'rights_request.ask', {
    body: { kind: 'correction', fact_id, statement },
  });
  const no = { accept: false, answer: '核对无误' };
  await tell('dealer', 'rights_request.answer', { params: { id: objection.id }, body: no });
  await tell('maker', 'rights_request.note', {
    params: { id: objection.id },
    body: { note: '保留意见' },
  });
  const { id } = await tell('maker', 'rights_request.ask', {
    body: { kind: 'deletion', file_id: story.photo.id, statement },
  });
  await tell('dealer', 'rights_request.answer', {
    params: { id },
    body: { accept: true, answer: '已删除' },
  });
  const photo = await tell('dealer', 'file.create', {
    bytes: photoBytes,
    headers: { 'content-type': 'image/png' },
  });
  await tell('dealer', 'file.erase', { params: { id: photo.id } });
  await tell('maker', 'rights_request.get', { params: { id } });
  await tell('dealer', 'rights_request.list', { query: { side: 'received', state: 'refused' } });
  await tell('maker', 'rights_request.list', { query: { limit: 1, state: 'open' } });
}
