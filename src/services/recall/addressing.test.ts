import { expect, it } from 'vitest';
import type { Recall, RecallRow } from '../../flows/goods/index.ts';
import { addressGoods } from './addressing.ts';

const lot = 'https://id.gs1.org/01/06901234000016/10/A';
const pallet = 'https://id.gs1.org/00/069012340000000017';
const dealer = '00000000-0000-7000-8000-0000000000d1';
const names = { id: `urn:uuid:${dealer}`, number: 'https://id.gs1.org/417/6901234000016' };

const row = (given: Partial<RecallRow>): RecallRow => ({
  ...{ item: lot, product: 'p', lot: 'A', is: 'affected', since: null, state: 'at', place: null },
  ...{ possessor: null, inside: null, towards: [], disposition: null, ended: null },
  ...{ last_seen: null, quantity: '10', unit: 'CT' },
  ...given,
});

const list = (given: Partial<Recall>): Recall => ({
  ...{ at: '', there: [], on_the_way: [], ended: [], unknown: [], unmeasured: [], ask: [] },
  is_cut: false,
  ...given,
});

const ask = (item: string, id: string) => ({ item, event: 'e', ask: { type: 'owning_party', id } });
const partyOf = new Map(Object.values(names).map((name) => [name, dealer]));
const brief = (given: Partial<Recall>) =>
  addressGoods(list(given), partyOf).map(({ goods, uri }) => [goods.item, goods.quantity, uri]);

it('asks a party once, by whichever of its names events know it', () => {
  const there = [{ place: 'store', possessor: names.number, rows: [row({})] }];
  expect(brief({ there, ask: [ask(lot, names.id)] })).toEqual([[lot, '10', names.id]]);
});

it('asks who sold goods, and nobody of what was used up', () => {
  const sold = row({ state: 'ended', ended: 'sold', quantity: '7' });
  const ended = [
    { ...sold, place: 'store', possessor: names.number },
    { ...sold, place: 'till' },
    row({ state: 'ended', ended: 'used_up', place: 'bakery', quantity: '3' }),
  ];
  expect(brief({ ended })).toEqual([
    [lot, '7', names.id],
    [lot, '7', 'till'],
    [lot, '3', null],
  ]);
});

it('lists what is in a container, and not the container beside it', () => {
  const towards = [{ type: 'possessing_party', id: names.number }];
  const on_the_way = [
    row({ state: 'in_transit', inside: pallet, towards }),
    row({ item: pallet, is: 'holds', state: 'in_transit', quantity: '1', unit: 'C62', towards }),
  ];
  expect(brief({ on_the_way, ask: [ask(pallet, names.id)] })).toEqual([[lot, '10', names.id]]);
  // Whom only the container leads to is asked for the container.
  const elsewhere = 'urn:epc:id:pgln:elsewhere';
  expect(brief({ on_the_way, ask: [ask(pallet, elsewhere)] })).toContainEqual([
    ...[pallet, null, elsewhere],
  ]);
});
