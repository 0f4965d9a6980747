import { FIRST_ID, rebuildBatch, reconcileStock } from '../flows/goods/index.ts';
import { findParty, getChain, kernelFault, onBehalfOf, type Tx } from '../kernel/index.ts';
import { type PlatformVerb, required, text } from './verb.ts';

/** What an operator does with stock that is folded out of events. */
export const stockVerbs: Record<string, PlatformVerb> = {
  'stock rebuild': {
    usage: '--chain <slug> --party <code>      (from its captured events, while it is being read)',
    options: { chain: text, party: text },
    async run({ store }, values) {
      const chain = await getChain(store, required(values, 'chain'));
      const code = required(values, 'party');
      const party = await onBehalfOf(store, chain, store.newId(), (tx) => findParty(tx, code));
      if (!party) throw kernelFault('identity.party_unknown', { code });
      const as = <T>(work: (tx: Tx) => Promise<T>) => onBehalfOf(store, chain, party.id, work);
      let events = 0;
      let next: string | null = FIRST_ID;
      while (next !== null) {
        const from: string = next;
        const batch = await as((tx) => rebuildBatch(tx, from));
        events += batch.read;
        next = batch.next;
        process.stderr.write(`${events} 个事件 event(s)…\n`);
      }
      const differences = await as(reconcileStock);
      const verdict = `${events} 个事件 event(s), ${differences.length} 处不符 difference(s)`;
      return {
        lines: [verdict, ...differences.map((one) => Object.values(one).join('\t'))],
        json: { events, differences },
        exit_code: differences.length === 0 ? 0 : 1,
      };
    },
  },
};
