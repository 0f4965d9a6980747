import type { Tx } from '../../kernel/index.ts';
import { draftRelease, reviseRelease } from './drafts.ts';
import { loadReleaser } from './making.ts';
import { publishRelease } from './releases.ts';
import { newRelease, newRevision } from './schema.ts';

type Act = <T>(party: string, work: (tx: Tx) => Promise<T>) => Promise<T>;

/** Publishes an item of a party's own collection, and drafts a revision of it. */
export async function releaseFrom(act: Act, owner: string, collection_id: string, item: string) {
  await loadReleaser();
  const asked = newRelease.parse({
    series: 'EYES',
    title: '季报',
    material: { kind: 'collection', collection_id, item },
    rules: { frequency: { n: 3, margin: 0.1 } },
  });
  const { id } = await act(owner, (tx) => draftRelease(tx, asked));
  await act(owner, (tx) => publishRelease(tx, id));
  const revision = newRevision.parse({ reason: '更正' });
  return act(owner, (tx) => reviseRelease(tx, id, revision));
}
