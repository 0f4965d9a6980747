import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  type Hash,
  inclusionProof,
  leafHash,
  rootAt,
  type TileReader,
  TreeEdge,
  tileWidth,
} from './merkle.ts';
import { verifier } from './testing.ts';

const bytes = (hex: string) => Buffer.from(hex, 'hex');
const hex = (hash: Uint8Array | null) => hash && Buffer.from(hash).toString('hex');

/** A tree kept as the database keeps it: leaves, full tiles, and the roots of those. */
function growTree(leaves: readonly Hash[]) {
  const edge = new TreeEdge(0, []);
  const levels: Hash[][] = [[]];
  for (const leaf of leaves) {
    levels[0]?.push(leaf);
    for (const { level, index, root } of edge.append(leaf)) {
      levels[level + 1] ??= [];
      levels[level + 1]?.push(root);
      expect(levels[level + 1]).toHaveLength(index + 1);
    }
  }
  const read: TileReader = async (level, index) =>
    (levels[level] ?? []).slice(index * tileWidth, (index + 1) * tileWidth);
  return { edge, read, levels };
}

// The tree of Certificate Transparency's own tests: eight leaves.
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((leaf) => leafHash(bytes(leaf)));
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const [n2, n22, n5, n54, n50] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
];
const n01 = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';
const left = roots[3];

describe('the tree of RFC 6962', () => {
  it.each(roots.map((root, at) => [at + 1, root] as const))(
    'of %i leaves: %s',
    async (size, root) => {
      const { edge, read } = growTree(leaves.slice(0, size));
      expect(hex(edge.root())).toBe(root);
      expect(hex(await rootAt(read, size))).toBe(root);
    },
  );

  it.each([
    [0, 1, []],
    [0, 8, [n2, n22, n50]],
    [5, 8, [n5, n54, left]],
    [2, 3, [roots[1]]],
    [1, 5, [roots[0], n22, n5]],
  ] as const)('proves leaf %i of %i', async (position, size, expected) => {
    const { read } = growTree(leaves);
    const proof = await inclusionProof(read, position, size);
    expect(proof.map(hex)).toEqual(expected);
  });

  it.each([
    [1, 1, []],
    [1, 8, [n2, n22, n50]],
    [6, 8, [n01, n54, left]],
    [2, 5, [n22, n5]],
  ] as const)('proves that %i leads to %i', async (from, to, expected) => {
    const { read } = growTree(leaves);
    const proof = await consistencyProof(read, from, to);
    expect(proof.map(hex)).toEqual(expected);
  });
});

/** A tree of some thousand leaves spans two levels of tiles; 65,600 would span three. */
const many = Array.from({ length: 70_000 }, (_, at) => leafHash(Buffer.from(String(at))));
const big = growTree(many);
const whole = { read: big.read, size: many.length };
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 65_000, max: many.length }),
  fc.constantFrom(1, 255, 256, 257, 512, 65_535, 65_536, 65_537, many.length),
);

const flip = (hash: Hash, bit: number) => {
  const flipped = Buffer.from(hash);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
};
const bits = fc.nat(255);

describe('proofs, held against the verifier that shares no code', () => {
  it('of inclusion lead to the root, and no flipped bit does', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), bits, fc.nat(), async (size, at, bit, which) => {
        const position = at % size;
        const leaf = many[position] as Hash;
        const root = hex(await rootAt(whole.read, size));
        const proof = await inclusionProof(whole.read, position, size);
        const lead = (given: Hash, path: readonly Hash[], place = position) =>
          hex(verifier.rootOfInclusion(given, place, size, path));
        expect(lead(leaf, proof)).toBe(root);
        expect(lead(flip(leaf, bit), proof)).not.toBe(root);
        expect(lead(leaf, [...proof, leaf])).not.toBe(root);
        if (proof.length === 0) return;
        const broken = proof.with(
          which % proof.length,
          flip(proof[which % proof.length] as Hash, bit),
        );
        expect(lead(leaf, broken)).not.toBe(root);
        expect(lead(leaf, proof.slice(1))).not.toBe(root);
        expect(lead(leaf, proof, (position + 1) % size)).not.toBe(root);
      }),
      { numRuns: 200 },
    );
  });

  it('of consistency hold, and with a flipped bit anywhere they do not', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, bits, fc.nat(), async (one, other, bit, which) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const older = { size: from, root: await rootAt(whole.read, from) };
        const newer = { size: to, root: await rootAt(whole.read, to) };
        const proof = await consistencyProof(whole.read, from, to);
        const holds = verifier.isConsistent;
        expect(holds(older, newer, proof)).toBe(true);
        expect(holds({ ...older, root: flip(older.root, bit) }, newer, proof)).toBe(false);
        expect(holds(older, { ...newer, root: flip(newer.root, bit) }, proof)).toBe(false);
        if (proof.length === 0) return;
        const at = which % proof.length;
        expect(holds(older, newer, proof.with(at, flip(proof[at] as Hash, bit)))).toBe(false);
        expect(holds(older, newer, proof.toSpliced(at, 1))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('grow to the same root from a kept edge, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 66_000 }),
        fc.integer({ min: 1, max: 600 }),
        async (size, more) => {
          const levels: Hash[][] = [];
          for (let full = size, level = 0; full > 0; full = Math.floor(full / tileWidth), level++) {
            const from = full - (full % tileWidth);
            levels.push((big.levels[level] ?? []).slice(from, full));
          }
          const edge = new TreeEdge(size, levels);
          for (const leaf of many.slice(size, size + more)) edge.append(leaf);
          expect(hex(edge.root())).toBe(hex(await rootAt(whole.read, size + more)));
        },
      ),
      { numRuns: 50 },
    );
  });
});
