import { type Actor, type Command, command } from '../part.ts';

const scopes = ['orders', 'shipments', 'stock', 'invoices', 'ledger'] as const;

const share: Command = command({
  name: 'sharing.create',
  duty: 'share',
  weight: 2,
  async choose(view) {
    const { items } = await view.read('party.list', { query: { limit: 50 } });
    const reader = view.pick(items.filter((one) => one.id !== view.me));
    if (!reader) return null;
    const scope = view.dice.pick(scopes);
    const until = view.dice.chance(0.3)
      ? { valid_until: `${view.day(view.dice.between(0, 4))}T12:00:00.000Z` }
      : {};
    return { body: { reader_id: reader.id, scope, purpose: '协同', ...until } };
  },
});

const end: Command = command({
  name: 'sharing.end',
  duty: 'share',
  weight: 1,
  async choose(view) {
    const { items } = await view.read('sharing.list');
    const agreement = view.pick(items.filter((one) => one.owner_id === view.me));
    return agreement ? { params: { id: agreement.id } } : null;
  },
});

/** Lists that somebody who only reads looks at: what they hold is checked like any other reply. */
const lists = [
  'order.list',
  'despatch.list',
  'stock.list',
  'invoice.list',
  'receivable.list',
  'payment.list',
  'event.list',
  'fact.list',
  'entry.list',
  'balance.list',
  'today.get',
  'chain.map',
  'document.list',
  'receivable.age',
  'statistical_form.list',
  'collection.list',
  'collection_ask.list',
  'release.list',
  'recall_notice.list',
  'stock.unknown_list',
] as const;

/** Looking changes nothing, so there is never anything to send. */
const look: Command = command({
  name: 'order.list',
  duty: 'look',
  weight: 1,
  looks: true,
  async choose(view) {
    await view.read(view.dice.pick(lists));
    return null;
  },
});

export const parties = { bank: 'lender', statistics: 'statistician' } as const;

const administrator = (of: string): Actor => ({
  name: `${of}.admin`,
  of,
  scopes: ['identity.*.*'],
  duties: ['share'],
});
const watcher = (of: string): Actor => ({
  name: `${of}.watcher`,
  of,
  scopes: ['*.*.read'],
  duties: ['look'],
});

export const actors: readonly Actor[] = [
  administrator('maker'),
  administrator('dealer'),
  watcher('bank'),
  watcher('statistics'),
  watcher('haulier'),
];
export const commands: readonly Command[] = [share, end, look];
