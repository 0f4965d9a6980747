import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstIdAt } from '../ids.ts';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { getFact, listFacts, recordFact, recordFacts } from './facts.ts';
import { leafHashOf } from './leaf.ts';
import { sealAll } from './sealer.ts';
import { sealBatch } from './sealing.ts';
import { latestSeal, proveFact, proveFacts } from './seals.ts';
import { verifier } from './testing.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

const openChain = () => openTestChain(opened.store, { maker: 'core', dealer: 'dealer' });
type Opened = Awaited<ReturnType<typeof openChain>>;

/** `count` facts of the maker, that the dealer sees too where it is named. */
async function record({ as, parties }: Opened, count: number, sees: 'maker' | 'dealer' = 'maker') {
  return as('maker', (tx) =>
    recordFacts(
      tx,
      Array.from({ length: count }, (_, n) => ({
        type: 'test.thing.happened',
        subject: parties.maker.id,
        parties: [parties.maker.id, parties[sees].id],
        body: { n, text: '水饺', amount_minor: 12n },
      })),
    ),
  );
}

const sealSome = async ({ chain }: Opened, after: string | null, batch?: number) =>
  (await sealBatch(opened.store, chain.id, key, after, batch))?.sealed ?? 0;

const leaves = async (chain: string) =>
  (
    await opened.store.database.owner.query(
      `select l.position::int, s.fact_id, l.leaf_hash from seal_leaf l join sealed_fact s
         on s.chain_id = l.chain_id and s.position = l.position
        where l.chain_id = $1 order by l.position`,
      [chain],
    )
  ).rows as { position: number; fact_id: string; leaf_hash: Uint8Array }[];

/** Roots of every checkpoint, held against a tree that is grown from the leaves alone. */
async function expectSound(chain: string): Promise<void> {
  const kept = await leaves(chain);
  expect(kept.map(({ position }) => position)).toEqual(kept.map((_, at) => at));
  const { rows } = await opened.store.database.owner.query(
    'select size::int, root from seal where chain_id = $1 order by size',
    [chain],
  );
  const tree = new verifier.GrowingTree();
  for (const { size, root } of rows) {
    for (const { leaf_hash } of kept.slice(tree.size, size)) tree.add(leaf_hash);
    expect(tree.root().equals(root)).toBe(true);
  }
  expect(tree.size).toBe(kept.length);
}

describe('sealing', () => {
  it('gives each fact a leaf of its columns, in batches with signed roots', async () => {
    const chain = await openChain();
    const ids = await record(chain, 700, 'dealer');
    const seal = () => sealSome(chain, null, 300);
    expect([await seal(), await seal(), await seal(), await seal()]).toEqual([300, 300, 100, 0]);
    expect((await leaves(chain.chain.id)).map(({ fact_id }) => fact_id)).toEqual(ids);
    await expectSound(chain.chain.id);

    const {
      facts,
      checkpoint,
      key: shown,
      next,
    } = await chain.as('dealer', (tx) => proveFacts(tx, { limit: 200 }));
    const text = verifier.openNote(checkpoint, [verifier.parseKey(shown)]);
    const [origin, size, root] = text?.split('\n') ?? [];
    expect([origin, size]).toEqual([`jingwei/${chain.chain.id}`, '700']);
    expect([facts.length, next === null]).toEqual([200, false]);
    for (const { fact, position, proof } of facts) {
      const leaf = fact && leafHashOf(fact);
      const siblings = proof.map((hash) => Buffer.from(hash, 'base64'));
      const led = leaf && verifier.rootOfInclusion(leaf, position, 700, siblings);
      expect(led?.toString('base64')).toBe(root);
    }
  });

  it('shows a party its own facts alone, and to each fact when it was sealed', async () => {
    const chain = await openChain();
    const [secret = ''] = await record(chain, 3);
    const [shared = ''] = await record(chain, 1, 'dealer');
    const before = await chain.as('dealer', (tx) => getFact(tx, shared));
    expect(before).toMatchObject({ sealed_at: null, sealed_position: null });
    await expect(chain.as('dealer', (tx) => proveFact(tx, shared))).rejects.toMatchObject({
      code: 'kernel.seal_pending',
    });
    await sealBatch(opened.store, chain.chain.id, key, null);
    await chain.as('dealer', async (tx) => {
      const { facts } = await proveFacts(tx, { limit: 50 });
      expect(facts.map(({ fact_id }) => fact_id)).toEqual([shared]);
      const { items } = await listFacts(tx, { limit: 50 });
      expect(items).toMatchObject([{ id: shared, sealed_position: 3, sealed_at: tx.now }]);
      await expect(proveFact(tx, secret)).rejects.toMatchObject({ code: 'kernel.not_found' });
      expect((await latestSeal(tx)).size).toBe(4);
    });
  });

  it('takes a fact whose transaction commits late into a later batch', async (context) => {
    if (opened.store.database.place === 'pglite') context.skip(); // it runs one at a time
    const chain = await openChain();
    let commit = () => {};
    const written = Promise.withResolvers<string>();
    const late = chain.as('maker', async (tx) => {
      const { id: subject } = chain.parties.maker;
      const type = 'test.thing.happened';
      const id = await recordFact(tx, { type, subject, parties: [subject], body: {} });
      await tx.settle();
      written.resolve(id);
      await new Promise<void>((resolve) => (commit = resolve));
    });
    const early = await written.promise;
    const others = await record(chain, 2);
    expect(others.every((id) => id > early)).toBe(true);
    // As the running sealer does: it has sealed what came behind, and looks a window back.
    const since = firstIdAt(new Date(opened.clock.now().getTime() - 600_000));
    expect(await sealSome(chain, since)).toBe(2);
    commit();
    await late;
    expect(await sealSome(chain, since)).toBe(1);
    const order = (await leaves(chain.chain.id)).map(({ fact_id }) => fact_id);
    expect(order).toEqual([...others, early]);
    await expectSound(chain.chain.id);
  });

  it('finds what is older than its window when it looks through all', async () => {
    const chain = await openChain();
    const [old = ''] = await record(chain, 1);
    const since = firstIdAt(new Date(opened.clock.now().getTime() + 1));
    expect(await sealSome(chain, since)).toBe(0);
    await sealAll(opened.store, key);
    expect(await leaves(chain.chain.id)).toMatchObject([{ position: 0, fact_id: old }]);
  });

  it('never forks where several servers seal one chain', async () => {
    const chain = await openChain();
    const ids = new Set(await record(chain, 40));
    let sealed = 0;
    for (let round = 0; sealed < 160; round++) {
      if (round < 3) for (const id of await record(chain, 40)) ids.add(id);
      const counts = await Promise.all(Array.from({ length: 4 }, () => sealSome(chain, null, 17)));
      sealed += counts.reduce((sum, count) => sum + count, 0);
    }
    const kept = await leaves(chain.chain.id);
    expect(new Set(kept.map(({ fact_id }) => fact_id))).toEqual(ids);
    await expectSound(chain.chain.id);
  });
});

describe('who may seal', () => {
  /** Runs one statement in a role, inside a chain. */
  async function inRole(role: string, chain: string, actor: string, sql: string) {
    const client = await opened.store.database.owner.connect();
    try {
      await client.query(`begin; set local role ${role};
        set local jingwei.chain_id = '${chain}'; set local jingwei.actor_id = '${actor}'`);
      return (await client.query(sql)).rows;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  it('is the sealer, who changes no fact, and no party', async () => {
    const chain = await openChain();
    const other = await openChain();
    await record(chain, 2);
    await record(other, 1);
    await sealAll(opened.store, key);
    const { id: actor } = chain.parties.maker;
    const denied = expect.objectContaining({ code: '42501' });
    const row = `'${chain.chain.id}', 9, '\\x${'00'.repeat(32)}'`;
    const writes = [
      `insert into seal_leaf (chain_id, position, leaf_hash) values (${row})`,
      'update seal set size = 9',
      'delete from sealed_fact',
    ];
    for (const sql of writes) {
      await expect(inRole('jingwei_app', chain.chain.id, actor, sql)).rejects.toEqual(denied);
    }
    const touches = ["update fact set body = '{}'", 'delete from seal', 'select * from session'];
    for (const sql of touches) {
      await expect(inRole('jingwei_sealer', chain.chain.id, actor, sql)).rejects.toEqual(denied);
    }
    const foreign = row.replace(chain.chain.id, other.chain.id);
    await expect(
      inRole('jingwei_sealer', chain.chain.id, actor, `insert into seal_leaf values (${foreign})`),
    ).rejects.toEqual(denied);
    const seen = await inRole('jingwei_sealer', chain.chain.id, actor, 'select id from fact');
    expect(seen).toHaveLength(2);
    const dealer = chain.parties.dealer.id;
    const shown = (table: string) =>
      inRole('jingwei_app', chain.chain.id, dealer, `select * from ${table}`);
    expect(await shown('sealed_fact')).toEqual([]);
    expect(await shown('seal_leaf')).toHaveLength(2);
  });
});

it('seals on PGlite as well', async () => {
  const small = await openTestStore([], { place: 'pglite' });
  try {
    const chain = await openTestChain(small.store, { maker: 'core' });
    const { id: subject } = chain.parties.maker;
    const fact = { type: 'test.thing.happened', subject, parties: [subject], body: { n: 1 } };
    const id = await chain.as('maker', (tx) => recordFact(tx, fact));
    expect(await sealAll(small.store, key)).toBe(1);
    const proved = await chain.as('maker', (tx) => proveFact(tx, id));
    expect(proved.facts).toMatchObject([{ fact_id: id, position: 0, proof: [] }]);
  } finally {
    await small.close();
  }
}, 60_000);
