import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationSources } from '../../src/app/platform.ts';
import { checkBackup, checkDatabase } from '../../src/kernel/backup/check.ts';
import { makeBackup } from '../../src/kernel/backup/make.ts';
import { migrate } from '../../src/kernel/db/migrate.ts';
import {
  openCheckpoint,
  recordFact,
  sealAll,
  signerOf,
  verifierKey,
} from '../../src/kernel/index.ts';
import { openTestChain, openTestStore, type TestStore } from '../../src/kernel/testing.ts';
import { forge } from './forger.ts';
import { emptyDatabase, restoreInto } from './targets.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const folder = mkdtempSync(join(tmpdir(), 'jingwei-forged-'));
const secrets = { vault_key: null, seal_key: null };
const files = 300;

let test: TestStore;
let chain: Awaited<ReturnType<typeof openTestChain<'maker'>>>;
let ids: string[];
let file: string;
let serial = 0;

const newFile = () => join(folder, `${serial++}.jwb`);
const now = () => test.clock.now().toISOString();

/** Facts an hour apart, sealed in more than one tile. */
beforeAll(async () => {
  test = await openTestStore();
  await migrate(test.store.database, migrationSources, now());
  chain = await openTestChain(test.store, { maker: 'core' });
  ids = [];
  for (let n = 0; n < files; n++) {
    test.clock.set(new Date(test.clock.now().getTime() + 3_600_000));
    const subject = chain.parties.maker.id;
    const body = { n, amount_minor: String(100 * n), text: '水饺\t\\"\n🥟' };
    const fact = { type: 'test.thing.happened', subject, parties: [subject], body };
    ids.push(await chain.as('maker', (tx) => recordFact(tx, fact)));
    if (n === 40) await sealAll(test.store, privateKey);
  }
  await sealAll(test.store, privateKey);
  file = newFile();
  await makeBackup(test.store.database, {
    ...{ file, key: null, secrets, version: '0.1.0', now: now() },
  });
}, 60_000);
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

const nth = (at: number) => ids[at] as string;
const ofFact = (at: number) => (line: string) => line.includes(`\t${nth(at)}\t`);
const editing = (at: number, edit: (line: string) => string) => (lines: string[]) =>
  lines.map((line) => (ofFact(at)(line) ? edit(line) : line));
const without = (at: number) => (lines: string[]) => lines.filter((line) => !ofFact(at)(line));
const dateOf = (line: string) => line.split('\t')[9] as string;

async function foundIn(forged: string) {
  const { findings } = await checkBackup(forged, null);
  return findings.map(({ kind, at }) => ({ kind, at }));
}

describe('a backup that was forged, its hashes made anew', () => {
  it('holds where nothing was changed', async () => {
    expect(await foundIn(await forge(file, newFile(), { fact: (lines) => lines }))).toEqual([]);
  });

  it('names a fact that was changed, and restores it only when told to', async () => {
    const change = editing(123, (line) => line.replace('"12300"', '"1"'));
    const forged = await forge(file, newFile(), { fact: change });
    expect(await foundIn(forged)).toEqual([{ kind: 'changed', at: nth(123) }]);
    const target = await emptyDatabase();
    try {
      const seen: string[] = [];
      const onFindings = (found: readonly { at: string }[]) => {
        seen.push(...found.map(({ at }) => at));
      };
      const tried = restoreInto(target, forged, { onFindings });
      await expect(tried).rejects.toMatchObject({ code: 'backup.unsound' });
      expect(seen).toEqual([nth(123)]);
      const done = await restoreInto(target, forged, { accept_findings: true });
      expect(done.findings).toBe(1);
      const live = { owner: target.owner, place: 'server' as const };
      const { findings } = await checkDatabase(live, now(), { keys: [privateKey], kept: [] });
      expect(findings).toMatchObject([{ kind: 'changed', at: nth(123) }]);
    } finally {
      await target.close();
    }
  });

  it('names a fact that was removed, alone or with its place in the tree', async () => {
    const alone = await forge(file, newFile(), { fact: without(7) });
    expect(await foundIn(alone)).toEqual([{ kind: 'removed', at: nth(7) }]);
    const both = await forge(file, newFile(), { fact: without(7), sealed_fact: without(7) });
    expect(await foundIn(both)).toEqual([{ kind: 'removed', at: `${chain.chain.id} #7` }]);
    const leaf = (lines: string[]) => lines.filter((_, at) => at !== 7);
    const all = await forge(file, newFile(), {
      ...{ fact: without(7), sealed_fact: without(7), seal_leaf: leaf },
    });
    expect(await foundIn(all)).toContainEqual({ kind: 'leaf_missing', at: `${chain.chain.id} #7` });
  });

  it('names a fact that was dated back, or slipped in', async () => {
    const earlier = (line: string) => line.replaceAll(dateOf(line), '2026-03-01 00:00:00+00');
    const dated = await forge(file, newFile(), { fact: editing(200, earlier) });
    const kinds = ['changed', 'back_dated'].map((kind) => ({ kind, at: nth(200) }));
    expect(await foundIn(dated)).toEqual(kinds);
    const id = `${nth(30).slice(0, -1)}${nth(30).endsWith('f') ? 'e' : 'f'}`;
    const slip = (lines: string[]) =>
      [...lines, (lines.find(ofFact(30)) as string).replace(nth(30), id)].sort();
    const slipped = await forge(file, newFile(), { fact: slip });
    expect(await foundIn(slipped)).toEqual([{ kind: 'unsealed', at: id }]);
  });

  it('tells leaves, tiles and roots that were changed, and seals that are gone', async () => {
    const [one, two] = [1, 2].map((at) => (lines: string[]) => {
      const fields = (lines[at] as string).split('\t');
      return fields.at(-1) as string;
    });
    const swap = (lines: string[]) => {
      const [a, b] = [one?.(lines) ?? '', two?.(lines) ?? ''];
      return lines.map((line) =>
        line.endsWith(a) ? line.replace(a, b) : line.endsWith(b) ? line.replace(b, a) : line,
      );
    };
    const leaves = await foundIn(await forge(file, newFile(), { seal_leaf: swap }));
    expect(leaves.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['wrong_root', 'wrong_tile', 'changed']),
    );
    const tile = await forge(file, newFile(), { seal_tile: () => [] });
    expect(await foundIn(tile)).toEqual([{ kind: 'wrong_tile', at: `${chain.chain.id} 0/0` }]);
    const bare = {
      seal: () => [],
      seal_leaf: () => [],
      seal_tile: () => [],
      sealed_fact: () => [],
    };
    const unsealed = await foundIn(await forge(file, newFile(), bare));
    expect(unsealed).toEqual([{ kind: 'no_seal', at: chain.chain.id }]);
    const note = (lines: string[]) => lines.map((line) => line.replace('\\n300\\n', '\\n301\\n'));
    const signed = await forge(file, newFile(), { seal: note });
    expect(await foundIn(signed)).toEqual([
      { kind: 'bad_signature', at: `${chain.chain.id} @300` },
    ]);
  });

  it('is measured by the key and the checkpoint that somebody kept', async () => {
    const key = verifierKey(signerOf(chain.chain.id, privateKey));
    const { checkpoints } = await checkBackup(file, null);
    const kept = openCheckpoint(checkpoints[0]?.note ?? '', key);
    expect(kept?.size).toBe(300);
    if (!kept) return;
    expect((await checkBackup(file, null, { keys: [key], kept: [kept] })).findings).toEqual([]);
    const other = generateKeyPairSync('ed25519').privateKey;
    const strange = await checkBackup(file, null, { keys: [other], kept: [] });
    expect(strange.findings).toMatchObject([{ kind: 'other_key' }]);
    // An honest state of the past: whole in itself, and older than what somebody has seen.
    const until = (lines: string[]) => lines.slice(0, 41);
    const older = await forge(file, newFile(), {
      ...{ fact: until, sealed_fact: until, seal_leaf: until, seal_tile: () => [] },
      seal: (lines) => lines.filter((line) => line.includes('\t41\t')),
    });
    expect(await foundIn(older)).toEqual([]);
    const measured = await checkBackup(older, null, { keys: [key], kept: [kept] });
    expect(measured.findings).toMatchObject([{ kind: 'not_kept' }]);
  });
});

it('a part that rotted is named, and never restored', async () => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('tables/fact/00001.copy.zst') + 512 + 200;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const rotten = newFile();
  writeFileSync(rotten, bytes);
  expect(await foundIn(rotten)).toContainEqual({
    kind: 'damaged',
    at: 'tables/fact/00001.copy.zst',
  });
  const target = await emptyDatabase();
  try {
    const tried = restoreInto(target, rotten, { accept_findings: true });
    await expect(tried).rejects.toMatchObject({ code: 'backup.damaged' });
  } finally {
    await target.close();
  }
});
