import { createHash } from 'node:crypto';
import { limits } from '../limits.ts';
import { type LeafFact, leafHashOf } from '../trust/leaf.ts';
import { type Hash, TreeEdge } from '../trust/merkle.ts';
import { openCheckpoint } from '../trust/signed-note.ts';
import { type Finding, type FindingKind, finding } from './finding.ts';
import { Growing } from './growing.ts';

/** A checkpoint as its row has it. */
export type SealRow = { size: number; root: Uint8Array; note: string; key: string };

/** What a reader brings: whose seals count, and checkpoints that were kept elsewhere. */
export type Trust = {
  /** Whether the newest checkpoint of a chain may be signed by this verifier key. */
  trusts(chain: string, key: string): boolean;
  kept: readonly { origin: string; size: number; root: Uint8Array }[];
};

const idBytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');
const idText = (bytes: Buffer) =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const tileHash = (hashes: Uint8Array, root: Uint8Array) =>
  createHash('sha256').update(hashes).update(root).digest('hex');
const noFact = -1;
const toleranceMs = limits.seal_tolerance_minutes * 60_000;

/**
 * One chain's facts against its tree, its tree against the signed roots: the rules of
 * verifier/verify.mjs, on tables. Rows come in the order of their keys: facts, seals, leaves,
 * tiles, sealed facts.
 */
export class ChainCheck {
  readonly #chain: string;
  readonly #trust: Trust;
  readonly #findings: Finding[] = [];
  readonly #ids = new Growing(16);
  readonly #hashes = new Growing(32);
  readonly #recorded: number[] = [];
  readonly #seals = new Map<number, SealRow>();
  readonly #kept: Map<number, Uint8Array>;
  readonly #leaves = new Growing(32);
  readonly #tree = new TreeEdge(0, []);
  readonly #tiles = new Map<string, string>();
  readonly #factAt: number[] = [];
  readonly #sealed = new Set<number>();

  constructor(chain: string, trust: Trust) {
    this.#chain = chain;
    this.#trust = trust;
    const kept = trust.kept.filter(({ origin }) => origin === `jingwei/${chain}`);
    this.#kept = new Map(kept.map(({ size, root }) => [size, root]));
  }

  #say(kind: FindingKind, at: string): void {
    this.#findings.push(finding(kind, at));
  }

  addFact(fact: LeafFact): void {
    const id = idBytes(fact.id);
    const last = this.#ids.length - 1;
    if (last >= 0 && Buffer.compare(this.#ids.at(last), id) >= 0) {
      this.#say('out_of_order', `fact ${fact.id}`);
      return;
    }
    this.#ids.push(id);
    this.#hashes.push(leafHashOf(fact));
    this.#recorded.push(Date.parse(fact.recorded_at));
  }

  addSeal(seal: SealRow): void {
    this.#seals.set(seal.size, seal);
  }

  addLeaf(position: number, hash: Hash): void {
    while (this.#tree.size < position) {
      this.#say('leaf_missing', `${this.#chain} #${this.#tree.size}`);
      this.#grow(Buffer.alloc(32));
    }
    if (position < this.#tree.size) this.#say('out_of_order', `seal_leaf #${position}`);
    else this.#grow(hash);
  }

  #grow(hash: Hash): void {
    this.#leaves.push(hash);
    for (const { level, index, hashes, root } of this.#tree.append(hash)) {
      this.#tiles.set(`${level}/${index}`, tileHash(Buffer.concat(hashes), root));
    }
    const { size } = this.#tree;
    const seal = this.#seals.get(size);
    const kept = this.#kept.get(size);
    if (!seal && !kept) return;
    const root = Buffer.from(this.#tree.root());
    if (seal) this.#checkSeal(seal, root);
    if (kept && root.equals(kept)) this.#kept.delete(size);
  }

  #checkSeal(seal: SealRow, root: Buffer): void {
    const at = `${this.#chain} @${seal.size}`;
    const said = openCheckpoint(seal.note, seal.key);
    if (said?.origin !== `jingwei/${this.#chain}`) this.#say('bad_signature', at);
    else if (said.size !== seal.size || !root.equals(said.root) || !root.equals(seal.root)) {
      this.#say('wrong_root', at);
    }
  }

  addTile(level: number, index: number, hashes: Uint8Array, root: Uint8Array): void {
    const name = `${level}/${index}`;
    if (this.#tiles.get(name) !== tileHash(hashes, root)) {
      this.#say('wrong_tile', `${this.#chain} ${name}`);
    }
    this.#tiles.delete(name);
  }

  addSealedFact(id: string, position: number): void {
    const fact = this.#ids.indexOf(idBytes(id));
    if (position >= this.#tree.size) {
      this.#say('leaf_missing', `${this.#chain} #${position}`);
      return;
    }
    this.#factAt[position] = fact;
    if (fact === noFact) this.#say('removed', id);
    else this.#sealed.add(fact);
  }

  /** The newest checkpoint, once its leaves were there. */
  get newest(): SealRow | null {
    return this.#seals.get(this.#tree.size) ?? null;
  }

  get facts(): { sealed: number; pending: number } {
    return { sealed: this.#sealed.size, pending: this.#ids.length - this.#sealed.size };
  }

  /**
   * @param made_at when the rows were read: a fact much older than that has a seal by then; null
   *   where the database is from before there were seals
   */
  end(made_at: string | null): Finding[] {
    this.#checkEdge();
    const latest = this.#checkOrder();
    for (let fact = 0; fact < this.#ids.length; fact++) {
      if (this.#sealed.has(fact)) continue;
      const recorded = this.#recorded[fact] as number;
      if (recorded < latest - toleranceMs) this.#say('unsealed', idText(this.#ids.at(fact)));
    }
    const oldest = this.#recorded[0] ?? Number.POSITIVE_INFINITY;
    const late = made_at !== null && oldest < Date.parse(made_at) - toleranceMs;
    if (late && this.#seals.size === 0) this.#say('no_seal', this.#chain);
    return this.#findings;
  }

  /** The tree ends where its newest checkpoint was signed, by whom it should be. */
  #checkEdge(): void {
    const { size } = this.#tree;
    for (const signed of this.#seals.keys()) {
      if (signed > size) this.#say('leaf_missing', `${this.#chain} #${signed - 1}`);
    }
    const { newest } = this;
    if (size > 0 && newest === null) this.#say('wrong_root', `${this.#chain} @${size}`);
    if (newest && !this.#trust.trusts(this.#chain, newest.key)) {
      this.#say('other_key', `${this.#chain}: ${newest.key}`);
    }
    for (const name of this.#tiles.keys()) this.#say('wrong_tile', `${this.#chain} ${name}`);
    for (const kept of this.#kept.keys()) this.#say('not_kept', `${this.#chain} @${kept}`);
  }

  /** Facts in the order in which they were sealed; gives the latest instant of those that hold. */
  #checkOrder(): number {
    let latest = Number.NEGATIVE_INFINITY;
    for (let position = 0; position < this.#tree.size; position++) {
      const fact = this.#factAt[position];
      if (fact === undefined) this.#say('removed', `${this.#chain} #${position}`);
      if (fact === undefined || fact === noFact) continue;
      const holds = this.#hashes.at(fact).equals(this.#leaves.at(position));
      const id = idText(this.#ids.at(fact));
      if (!holds) this.#say('changed', id);
      const recorded = this.#recorded[fact] as number;
      if (recorded < latest - toleranceMs) this.#say('back_dated', id);
      // What was changed must not make the facts behind it look late.
      if (holds && recorded > latest) latest = recorded;
    }
    return latest;
  }
}
