import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainView } from '../../generated/api.ts';
import { flowLinks, sankeyOf } from './flow-links.ts';

const link = (seller_id: string, buyer_id: string, ordered: number) => ({
  seller_id,
  buyer_id,
  orders: 1,
  ordered_minor: String(ordered),
  despatches: 2,
  invoiced_minor: '0',
  paid_minor: String(ordered / 2),
  documents: 0,
});
const view = { links: [link('meat', 'maker', 100), link('maker', 'dealer', 300)] } as ChainView;

describe('flowLinks', () => {
  it('lets goods run to the buyer and money to the seller, the widest first', () => {
    expect(flowLinks(view, 'commerce')[0]).toEqual({ from: 'maker', to: 'dealer', value: 300 });
    expect(flowLinks(view, 'money')[0]).toEqual({ from: 'dealer', to: 'maker', value: 150 });
    expect(flowLinks(view, 'data')).toEqual([]);
  });
});

describe('sankeyOf', () => {
  it('joins a chain at the party that buys and sells', () => {
    const { nodes, edges } = sankeyOf(flowLinks(view, 'commerce'), 10);
    expect(nodes).toHaveLength(3);
    expect(edges).toHaveLength(2);
  });

  it('runs what does not fit together into "others"', () => {
    const links = [1, 2, 3, 4].map((at) => ({ from: 'maker', to: `shop${at}`, value: 5 - at }));
    const { edges, hidden } = sankeyOf(links, 2);
    expect(hidden).toBe(2);
    expect(edges.at(-1)).toEqual({ source: '0:maker', target: 'others:to', value: 3 });
  });

  it('never draws a ring, whoever trades with whom', () => {
    const party = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const some = fc.record({ from: party, to: party, value: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 20 }), (links) => {
        const { edges } = sankeyOf(links, 20);
        const depth = (id: string) => Number(id.split(':')[0]);
        return edges.every(({ source, target }) => depth(source) < depth(target));
      }),
    );
  });
});
