import { hash } from 'node:crypto';
import { assert } from '../assert.ts';

/**
 * The Merkle tree of RFC 9162 §2.1 (the same as RFC 6962): leaves at dense positions from 0,
 * SHA-256, a prefix byte that keeps leaves apart from nodes. Hashes are 32 bytes.
 */
export type Hash = Uint8Array;

/** Hashes of one tile: a tile of height 8 spans 256 hashes of its level (C2SP tlog-tiles). */
export const tileWidth = 256;
const tileHeight = 8;

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);
const sha256 = (...parts: readonly Uint8Array[]): Hash =>
  hash('sha256', Buffer.concat(parts), 'buffer');

export function leafHash(leaf: Uint8Array): Hash {
  return sha256(leafPrefix, leaf);
}

function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(nodePrefix, left, right);
}

/** The root over 1 to 256 hashes of a full subtree, a power of two of them. */
function fold(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    row = row.flatMap((left, at) => (at % 2 === 0 ? [nodeHash(left, row[at + 1] as Hash)] : []));
  }
  assert(row[0], 'a subtree has a leaf');
  return row[0];
}

/** A tile that has just become full: `index` counts the tiles of its level. */
export type Tile = { level: number; index: number; hashes: readonly Hash[]; root: Hash };

/**
 * The right edge of a growing tree: of each level of tiles the hashes that do not fill a tile yet.
 * It is all that is needed to add leaves and to know the root.
 */
export class TreeEdge {
  size: number;
  readonly #levels: Hash[][];

  /** @param levels `levels[n]` holds the `size >> 8n & 255` last hashes of tile level n. */
  constructor(size: number, levels: readonly (readonly Hash[])[]) {
    this.size = size;
    this.#levels = levels.map((level) => [...level]);
    let full = size;
    for (const level of this.#levels) {
      assert(level.length === full % tileWidth, 'the edge is as wide as the size says');
      full = Math.floor(full / tileWidth);
    }
    assert(full === 0, 'the edge has every level');
  }

  /** Adds a leaf and returns the tiles that it fills, the lowest first. */
  append(leaf: Hash): Tile[] {
    this.size += 1;
    const tiles: Tile[] = [];
    let full = this.size;
    let node = leaf;
    for (let level = 0; ; level++) {
      const hashes = this.#levels[level] ?? [];
      this.#levels[level] = hashes;
      hashes.push(node);
      if (hashes.length < tileWidth) return tiles;
      full /= tileWidth;
      node = fold(hashes);
      tiles.push({ level, index: full - 1, hashes, root: node });
      this.#levels[level] = [];
    }
  }

  /** The root of the whole tree, which has a leaf. */
  root(): Hash {
    const subtrees: Hash[] = [];
    for (const hashes of this.#levels.toReversed()) {
      let at = 0;
      for (let width = tileWidth / 2; width >= 1; width /= 2) {
        if ((hashes.length & width) === 0) continue;
        subtrees.push(fold(hashes.slice(at, at + width)));
        at += width;
      }
    }
    return subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** Gives the hashes of one tile of a level: all 256, or those that there are. */
export type TileReader = (level: number, index: number) => Promise<readonly Hash[]>;

/** The largest power of two below `width`. */
function halfOf(width: number): number {
  let half = 1;
  while (half * 2 < width) half *= 2;
  return half;
}

/** The root over the leaves [from, to), in a tree that is at least so large. */
async function rootOver(read: TileReader, from: number, to: number): Promise<Hash> {
  const width = to - from;
  const isFull = Number.isInteger(Math.log2(width)) && from % width === 0;
  if (!isFull) {
    const middle = from + halfOf(width);
    return nodeHash(await rootOver(read, from, middle), await rootOver(read, middle, to));
  }
  const level = Math.floor(Math.log2(width) / tileHeight);
  const unit = tileWidth ** level;
  const first = from / unit;
  const hashes = await read(level, Math.floor(first / tileWidth));
  const at = first % tileWidth;
  const span = hashes.slice(at, at + width / unit);
  assert(span.length === width / unit, 'a tile holds what is sealed');
  return fold(span);
}

/** The root of the tree of `size` leaves, 1 or more. */
export function rootAt(read: TileReader, size: number): Promise<Hash> {
  return rootOver(read, 0, size);
}

/** PATH(position, D[size]) of RFC 9162 §2.1.3.1, lowest sibling first. */
export async function inclusionProof(
  read: TileReader,
  position: number,
  size: number,
): Promise<Hash[]> {
  assert(position >= 0 && position < size, 'a leaf of the tree is proved');
  const proof: Hash[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + halfOf(to - from);
    if (position < middle) {
      proof.push(await rootOver(read, middle, to));
      to = middle;
    } else {
      proof.push(await rootOver(read, from, middle));
      from = middle;
    }
  }
  return proof.reverse();
}

/** PROOF(older, D[newer]) of RFC 9162 §2.1.4.1; empty where the two are one tree. */
export async function consistencyProof(
  read: TileReader,
  older: number,
  newer: number,
): Promise<Hash[]> {
  assert(older >= 1 && older <= newer, 'a tree is consistent with a later one');
  const proof: Hash[] = [];
  let [from, to, known] = [0, newer, true];
  while (older !== to) {
    const middle = from + halfOf(to - from);
    if (older <= middle) {
      proof.push(await rootOver(read, middle, to));
      to = middle;
    } else {
      proof.push(await rootOver(read, from, middle));
      from = middle;
      known = false;
    }
  }
  if (!known) proof.push(await rootOver(read, from, to));
  return proof.reverse();
}
