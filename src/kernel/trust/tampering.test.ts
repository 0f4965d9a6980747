import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestChain, openTestStore, type TestStore } from '../testing.ts';
import { exportFacts } from './fact-export.ts';
import { recordFact } from './facts.ts';
import { sealAll } from './sealer.ts';
import { sealBatch } from './sealing.ts';
import { latestSeal, proveConsistency, proveFacts } from './seals.ts';
import { runVerifier } from './testing.ts';

const { privateKey: key } = generateKeyPairSync('ed25519');
const folder = mkdtempSync(join(tmpdir(), 'jingwei-verify-'));
const openChain = () => openTestChain(opened.store, { maker: 'core', dealer: 'dealer' });

let opened: TestStore;
let chain: Awaited<ReturnType<typeof openChain>>;
let ids: string[];
let files = 0;

beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

/** Facts an hour apart that both parties see, sealed in batches of 20. */
async function record(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n++) {
    opened.clock.set(new Date(opened.clock.now().getTime() + 3_600_000));
    const parties = [chain.parties.maker.id, chain.parties.dealer.id];
    const body = { n, amount_minor: String(100 * n) };
    const fact = { type: 'test.thing.happened', subject: parties[0] as string, parties, body };
    made.push(await chain.as('maker', (tx) => recordFact(tx, fact)));
  }
  while ((await sealBatch(opened.store, chain.chain.id, key, null, 20))?.sealed);
  return made;
}

beforeEach(async () => {
  chain = await openChain();
  ids = await record(50);
});

const newFile = () => join(folder, `${files++}.json`);
const kept = (content: string) => {
  const file = newFile();
  writeFileSync(file, content);
  return file;
};

async function exported(): Promise<string> {
  let text = '';
  await exportFacts(opened.store, chain.chain.id, async (lines) => {
    text += lines;
  });
  return kept(text);
}

/** All pages of a party's own download, each in a file. */
async function downloaded(limit = 30): Promise<string[]> {
  const pages: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await chain.as('dealer', (tx) =>
      proveFacts(tx, { limit, ...(after ? { after } : {}) }),
    );
    pages.push(kept(JSON.stringify(page)));
    if (page.next === null) return pages;
    after = page.next;
  }
}

/** As whoever holds the database: nothing holds a superuser back. */
const tamper = (sql: string, ...values: unknown[]) =>
  opened.store.database.owner.query(sql, [chain.chain.id, ...values]);

const nth = (at: number) => ids[at] as string;

describe('a whole chain, exported and verified by a process that trusts nobody', () => {
  it('holds as it was recorded, and grows', async () => {
    const first = await exported();
    expect(await runVerifier(first)).toMatchObject({ code: 0, named: [] });
    await record(30);
    expect(await runVerifier(first, await exported())).toMatchObject({ code: 0, named: [] });
  });

  it('names a fact whose body was changed', async () => {
    await tamper(
      `update fact set body = jsonb_set(body, '{amount_minor}', '"1"')
        where chain_id = $1 and id = $2`,
      nth(23),
    );
    const { code, named } = await runVerifier(await exported());
    expect([code, named]).toEqual([1, [{ kind: 'changed', fact: nth(23) }]]);
  });

  it.each([
    ['party_id', `(select parties[2] from fact where chain_id = $1 and id = $2)`],
    ['parties', 'parties[1:1]'],
    ['user_id', 'id'],
    ['occurred_at', `occurred_at - interval '1 ms'`],
    ['type', `'test.thing.happenec'`],
  ])('names a fact whose %s was changed', async (column, value) => {
    await tamper(`update fact set ${column} = ${value} where chain_id = $1 and id = $2`, nth(7));
    const { code, named } = await runVerifier(await exported());
    expect([code, named]).toEqual([1, [{ kind: 'changed', fact: nth(7) }]]);
  });

  it('names a fact that was removed', async () => {
    await tamper('delete from fact where chain_id = $1 and id = $2', nth(0));
    const { code, named } = await runVerifier(await exported());
    expect([code, named]).toEqual([1, [{ kind: 'removed', fact: nth(0) }]]);
  });

  it('names a fact that was dated back, as changed and as back-dated', async () => {
    await tamper(
      `update fact set recorded_at = recorded_at - interval '1 day'
        where chain_id = $1 and id = $2`,
      nth(40),
    );
    const { named } = await runVerifier(await exported());
    const kinds = ['changed', 'back_dated'].map((kind) => ({ kind, fact: nth(40) }));
    expect(named).toEqual(kinds);
  });

  it('names a fact that was slipped in, before it is sealed and after', async () => {
    const id = opened.store.newId();
    await tamper(
      `insert into fact select chain_id, $2, type, subject_id, party_id, user_id, key_id, parties,
         occurred_at, recorded_at, corrects_id, body from fact where chain_id = $1 and id = $3`,
      id,
      nth(10),
    );
    const before = await runVerifier(await exported());
    expect([before.code, before.named]).toEqual([1, [{ kind: 'unsealed', fact: id }]]);
    await sealAll(opened.store, key);
    const after = await runVerifier(await exported());
    expect([after.code, after.named]).toEqual([1, [{ kind: 'back_dated', fact: id }]]);
  });

  it('names both of two facts that were exchanged, by body or by place', async () => {
    const two = [nth(3), nth(30)];
    const both = two.map((fact) => ({ kind: 'changed', fact }));
    await tamper(
      `update fact f set body = o.body from fact o where f.chain_id = $1 and o.chain_id = $1
         and f.id = any($2) and o.id = any($2) and o.id <> f.id`,
      two,
    );
    expect((await runVerifier(await exported())).named).toEqual(both);
    await tamper(
      `update fact f set body = o.body from fact o where f.chain_id = $1 and o.chain_id = $1
         and f.id = any($2) and o.id = any($2) and o.id <> f.id`,
      two,
    );
    expect((await runVerifier(await exported())).code).toBe(0);
    await tamper(
      'update sealed_fact set position = position + 1000 where chain_id = $1 and fact_id = any($2)',
      two,
    );
    await tamper(
      `update sealed_fact set position = case position when 1003 then 30 else 3 end
        where chain_id = $1 and fact_id = any($2)`,
      two,
    );
    const { code, named } = await runVerifier(await exported());
    expect([code, new Set(named.map(({ fact }) => fact))]).toEqual([1, new Set(two)]);
  });
});

describe('what somebody kept from before', () => {
  const rewrite = async () => {
    await tamper(`update fact set body = '{"n":"other"}' where chain_id = $1 and id = $2`, nth(12));
    for (const table of ['seal', 'seal_leaf', 'sealed_fact']) {
      await tamper(`delete from ${table} where chain_id = $1`);
    }
    await sealAll(opened.store, key);
  };

  it('tells a history that was rewritten with its seals and the server’s own key', async () => {
    const before = await downloaded();
    await rewrite();
    await record(10);
    const now = await exported();
    expect(await runVerifier(now)).toMatchObject({ code: 0 });
    const { code, named } = await runVerifier(now, ...before);
    expect(code).toBe(1);
    expect(named).toEqual([
      { kind: 'inconsistent', fact: null },
      { kind: 'changed', fact: nth(12) },
    ]);
    const mine = await runVerifier(...before, ...(await downloaded()));
    expect(mine.named).toContainEqual({ kind: 'changed', fact: nth(12) });
  });

  it('tells a leaf that was forged together with its fact, and which', async () => {
    const before = await exported();
    await tamper(`update fact set body = '{}' where chain_id = $1 and id = $2`, nth(5));
    await tamper(
      `update seal_leaf set leaf_hash = (select leaf_hash from seal_leaf
          where chain_id = $1 and position = 6) where chain_id = $1 and position = 5`,
    );
    const alone = await runVerifier(await exported());
    expect(alone.named).toContainEqual({ kind: 'wrong_root', fact: null });
    const { named } = await runVerifier(before, await exported());
    expect(named).toContainEqual({ kind: 'changed', fact: nth(5) });
  });

  it('leads to what there is now by a proof of consistency, and by nothing less', async () => {
    const older = await chain.as('dealer', latestSeal);
    await record(25);
    const pages = await downloaded();
    const note = kept(older.note);
    const bare = await runVerifier('--key', older.key, note, ...pages);
    expect([bare.code, bare.named]).toEqual([1, [{ kind: 'not_shown', fact: null }]]);
    const proof = await chain.as('dealer', (tx) => proveConsistency(tx, { from: older.size }));
    const shown = kept(JSON.stringify(proof));
    expect(await runVerifier('--key', older.key, note, shown, ...pages)).toMatchObject({ code: 0 });
    const wrong = kept(JSON.stringify({ ...proof, proof: proof.proof.toReversed() }));
    const broken = await runVerifier('--key', older.key, note, wrong, ...pages);
    expect(broken.named).toEqual([{ kind: 'inconsistent', fact: null }]);
  });

  it('misses what is gone from a download that claims to be whole', async () => {
    const before = await downloaded();
    await tamper('delete from fact where chain_id = $1 and id = $2', nth(9));
    const now = await downloaded();
    expect((await runVerifier(...now)).named).toEqual([{ kind: 'removed', fact: nth(9) }]);
    await tamper('delete from sealed_fact where chain_id = $1 and fact_id = $2', nth(9));
    const hidden = await downloaded();
    expect(await runVerifier(...hidden)).toMatchObject({ code: 0 });
    await record(1);
    const proof = await chain.as('dealer', (tx) => proveConsistency(tx, { from: 50 }));
    const files = [...before, ...(await downloaded()), kept(JSON.stringify(proof))];
    expect((await runVerifier(...files)).named).toEqual([{ kind: 'removed', fact: nth(9) }]);
  });

  it('takes no other key, no broken signature, no other chain and no cut file', async () => {
    const { key: mine, note } = await chain.as('dealer', latestSeal);
    const whole = await exported();
    const text = readFileSync(whole, 'utf8');
    const other = generateKeyPairSync('ed25519').privateKey;
    const first = chain;
    chain = await openChain();
    await chain.as('maker', (tx) =>
      recordFact(tx, {
        type: 'test.thing.happened',
        subject: tx.actor.party,
        parties: [],
        body: {},
      }),
    );
    await sealBatch(opened.store, chain.chain.id, other, null);
    const foreign = await exported();
    const kindsOf = async (...words: string[]) =>
      (await runVerifier(...words)).named.map(({ kind }) => kind);
    expect(await kindsOf('--key', mine, foreign)).toEqual(['other_key']);
    expect(await kindsOf(kept(text.replace('\\n50\\n', '\\n51\\n')))).toEqual(['bad_signature']);
    expect(await kindsOf(kept(text.replace(first.chain.id, chain.chain.id)))).toEqual([
      'other_chain',
    ]);
    const lines = text.trimEnd().split('\n');
    expect(await kindsOf(kept(lines.slice(0, -1).join('\n')))).toEqual(['cut_short']);
    expect(await kindsOf(kept(lines.toSpliced(20, 1).join('\n')))).toContain('leaf_missing');
    expect(await kindsOf(kept('hello'))).toEqual(['unreadable']);
    expect(await kindsOf('--key', mine, kept(note))).toEqual([]);
    expect(await runVerifier()).toMatchObject({ code: 2 });
  });
});
