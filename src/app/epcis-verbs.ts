import { readFile } from 'node:fs/promises';
import { checkedEvents, hashEvents } from '../flows/goods/index.ts';
import { type BareVerb, flag, required, text } from './verb.ts';

/** What anybody does with a file of EPCIS events, in JSON-LD or XML: no server, no database. */
export const epcisVerbs: Record<string, BareVerb> = {
  'epcis hash': {
    usage: '<file> [--prehash]      (one Event Hash ID a line; or what is hashed)',
    options: { file: text, prehash: flag },
    operand: 'file',
    async runBare(_, values) {
      const events = hashEvents(await readFile(required(values, 'file')));
      const isPrehash = values.prehash === true;
      return {
        lines: events.map(({ hash, prehash }) => (isPrehash ? prehash : hash)),
        json: events.map(({ prehash, ...event }) => (isPrehash ? { ...event, prehash } : event)),
      };
    },
  },
  'epcis check': {
    usage: '<file>      (whether it may be captured, or everything that is wrong)',
    options: { file: text },
    operand: 'file',
    async runBare(_, values) {
      const file = required(values, 'file');
      const events = checkedEvents(await readFile(file));
      return { lines: [`✓ ${file}: ${events} 个事件 event(s)`], json: { file, events } };
    },
  },
};
