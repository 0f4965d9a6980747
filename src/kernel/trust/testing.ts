import { execFile } from 'node:child_process';
import { join } from 'node:path';

type Tree = { size: number; root: Uint8Array };
type Finding = { kind: string; fact: string | null };

/** What the tests take from the verifier, which is plain JavaScript and has no types of its own. */
export type Verifier = {
  leafHash(leaf: Uint8Array): Buffer;
  canonicalJson(value: unknown): string;
  rootOfInclusion(
    leaf: Uint8Array,
    position: number,
    size: number,
    proof: readonly Uint8Array[],
  ): Buffer | null;
  isConsistent(older: Tree, newer: Tree, proof: readonly Uint8Array[]): boolean;
  GrowingTree: new () => { size: number; add(leaf: Uint8Array): void; root(): Buffer };
  parseKey(text: string): { text: string; name: string; id: string } | null;
  openNote(note: string, keys: readonly unknown[]): string | null;
};

const file = join(import.meta.dirname, '..', '..', '..', 'verifier', 'verify.mjs');

export const verifier = (await import(file)) as Verifier;

export type Verified = { code: number; said: string; named: Finding[] };

/** Runs the verifier as anybody would: a process of its own. */
export function runVerifier(...words: string[]): Promise<Verified> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...words], (error, stdout, stderr) => {
      const named = [...stdout.matchAll(/^✗ (\w+)(?: ([0-9a-f-]{36}))?/gm)].map(
        ([, kind = '', fact]) => ({ kind, fact: fact ?? null }),
      );
      resolve({ code: Number(error?.code ?? 0), said: stdout + stderr, named });
    });
  });
}
