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
      const said = `${events} 个事件 event(s); ${entries} 条变动、${rows} 行库存已改正`;
      return {
        lines: [`${said} movement(s) and row(s) of stock were put right`],
        json: rebuilt,
        exit_code: 0,
      };
    },
  },
};
