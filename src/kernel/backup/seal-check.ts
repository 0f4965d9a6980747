import type { KeyObject } from 'node:crypto';
import { instantOf } from '../db/driver.ts';
import { type LeafFact, leafColumns } from '../trust/leaf.ts';
import { signerOf } from '../trust/seal-key.ts';
import { type Checkpoint, verifierKey } from '../trust/signed-note.ts';
import { ChainCheck, type Trust } from './chain-check.ts';
import { rowsOf } from './copy-text.ts';
import type { Finding } from './finding.ts';

type Fields = Readonly<Record<string, string | null>>;

const bytesOf = (text: string | null) => Buffer.from((text ?? '').slice(2), 'hex');
const listOf = (text: string | null) => (text ?? '{}').slice(1, -1).split(',').filter(Boolean);

function leafFactOf(row: Fields): LeafFact {
  const fact = Object.fromEntries(leafColumns.map((name) => [name, row[name] ?? null]));
  return {
    ...(fact as unknown as LeafFact),
    parties: listOf(row.parties ?? null),
    occurred_at: instantOf(row.occurred_at ?? ''),
    recorded_at: instantOf(row.recorded_at ?? ''),
    body: JSON.parse(row.body ?? 'null'),
  };
}

const readers: Readonly<Record<string, (check: ChainCheck, row: Fields) => void>> = {
  fact: (check, row) => check.addFact(leafFactOf(row)),
  seal: (check, { size, root, note, verifier_key }) =>
    check.addSeal({
      size: Number(size),
      root: bytesOf(root ?? null),
      note: note ?? '',
      key: verifier_key ?? '',
    }),
  seal_leaf: (check, { position, leaf_hash }) =>
    check.addLeaf(Number(position), bytesOf(leaf_hash ?? null)),
  seal_tile: (check, { level, tile, hashes, root }) =>
    check.addTile(Number(level), Number(tile), bytesOf(hashes ?? null), bytesOf(root ?? null)),
  sealed_fact: (check, { fact_id, position }) =>
    check.addSealedFact(fact_id ?? '', Number(position)),
};

/** What is trusted: the installation's own key, or verifier keys that somebody was given. */
export function trustOf(
  keys: readonly (KeyObject | string)[],
  kept: readonly Checkpoint[] = [],
): Trust {
  const isOne = (chain: string, key: string) =>
    keys.some((one) => key === (typeof one === 'string' ? one : verifierKey(signerOf(chain, one))));
  return { trusts: (chain, key) => keys.length === 0 || isOne(chain, key), kept };
}

/**
 * Facts and seals of all chains, held against each other as their rows pass by. Other tables are
 * let pass. It holds about 0.3 kB in memory for each fact.
 */
export class SealCheck {
  readonly #trust: Trust;
  readonly #chains = new Map<string, ChainCheck>();

  /** Whether the rows of a table matter here. */
  static reads(table: string): boolean {
    return table in readers;
  }

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** @param text whole rows of a table as COPY text */
  take(table: string, columns: readonly string[], text: Buffer): void {
    const read = readers[table];
    if (!read) return;
    for (const values of rowsOf(text)) {
      const row = Object.fromEntries(columns.map((name, at) => [name, values[at] ?? null]));
      read(this.#chainOf(row.chain_id ?? ''), row);
    }
  }

  #chainOf(id: string): ChainCheck {
    let check = this.#chains.get(id);
    if (!check) {
      check = new ChainCheck(id, this.#trust);
      this.#chains.set(id, check);
    }
    return check;
  }

  /** @param made_at as of `ChainCheck.end` */
  end(made_at: string | null) {
    const findings: Finding[] = [];
    const checkpoints: { chain_id: string; note: string; key: string }[] = [];
    const facts = { sealed: 0, pending: 0 };
    for (const { origin } of this.#trust.kept) this.#chainOf(origin.replace('jingwei/', ''));
    for (const [chain_id, check] of this.#chains) {
      findings.push(...check.end(made_at));
      facts.sealed += check.facts.sealed;
      facts.pending += check.facts.pending;
      if (check.newest)
        checkpoints.push({ chain_id, note: check.newest.note, key: check.newest.key });
    }
    return { findings, checkpoints, facts };
  }
}
