import { open } from 'node:fs/promises';
import { exportFacts, getChain, signerOf, verifierKey } from '../kernel/index.ts';
import { type PlatformVerb, required, text } from './verb.ts';

/** What an operator or an auditor does with the seals. */
export const sealVerbs: Record<string, PlatformVerb> = {
  'seals key': {
    usage: '--chain <slug>',
    options: { chain: text },
    async run({ store, seal_key }, values) {
      const chain = await getChain(store, required(values, 'chain'));
      const key = verifierKey(signerOf(chain.id, seal_key));
      return { lines: [key], json: { key } };
    },
  },
  'facts export': {
    usage: '--chain <slug> --out <file>      (the whole chain: keep it secret)',
    options: { chain: text, out: text },
    async run({ store }, values) {
      const chain = await getChain(store, required(values, 'chain'));
      const file = required(values, 'out');
      // Everybody's facts: readable by its owner alone, and never written over another file.
      const handle = await open(file, 'wx', 0o600);
      try {
        const { sealed, unsealed } = await exportFacts(store, chain.id, async (lines) => {
          await handle.write(lines);
        });
        return {
          lines: [`${file}: ${sealed} sealed, ${unsealed} not sealed yet`],
          json: { file, sealed, unsealed },
        };
      } finally {
        await handle.close();
      }
    },
  },
};
