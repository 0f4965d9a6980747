import { rebuildFromEvents } from '../flows/goods/index.ts';
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
      const rebuilt = await rebuildFromEvents(as, (events) => {
        process.stderr.write(`${events} 个事件 event(s)…\n`);
      });
      const { events, entries, rows } = rebuilt;
      return {
        lines: [
          `${events} 个事件；改正变动 ${entries} 条、库存 ${rows} 行。`,
          `Events: ${events}. Put right: movements ${entries}, rows of stock ${rows}.`,
        ],
        json: rebuilt,
        exit_code: 0,
      };
    },
  },
};
