import type { ChainView } from '../../generated/api.ts';
import type { Flow } from '../../kernel/flows.ts';

type Link = ChainView['links'][number];

/** What flows between two parties; `value` counts in minor units, shipments or documents. */
export type FlowLink = { from: string; to: string; value: number };

/** Money runs against the goods: from the buyer to the seller. */
const READERS: Readonly<Record<Flow, (link: Link) => FlowLink>> = {
  commerce: (link) => along(link, Number(link.ordered_minor)),
  goods: (link) => along(link, link.despatches),
  money: (link) => ({ from: link.buyer_id, to: link.seller_id, value: Number(link.paid_minor) }),
  data: (link) => along(link, link.documents),
};

function along({ seller_id, buyer_id }: Link, value: number): FlowLink {
  return { from: seller_id, to: buyer_id, value };
}

/** The links of one flow, the widest first. */
export function flowLinks({ links }: ChainView, flow: Flow): FlowLink[] {
  return links
    .map(READERS[flow])
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value);
}

export type SankeyNode = { id: string; party: string | null };

/**
 * Nodes and links for a picture that can be read: past `most` links the small ones of each party
 * run together into one node for "others". A Sankey has no rings: a party that buys and sells from
 * the same partner appears once on each side.
 */
export function sankeyOf(links: readonly FlowLink[], most: number) {
  const shown = links.slice(0, most);
  const rest = links.slice(most);
  const nodes = new Map<string, SankeyNode>();
  const edges = new Map<string, { source: string; target: string; value: number }>();
  const depths = depthsOf(shown);
  const nodeOf = (party: string, depth: number) => {
    const id = `${depth}:${party}`;
    nodes.set(id, { id, party });
    return id;
  };
  const add = (source: string, target: string, value: number) => {
    const key = `${source}>${target}`;
    const before = edges.get(key)?.value ?? 0;
    edges.set(key, { source, target, value: before + value });
  };
  for (const { from, to, value } of shown) {
    const depth = depths.get(from) ?? 0;
    const end = depths.get(to) ?? 0;
    add(nodeOf(from, depth), nodeOf(to, end > depth ? end : depth + 1), value);
  }
  for (const { from, to, value } of rest) {
    const depth = depths.get(from);
    const end = depths.get(to);
    if (depth !== undefined) {
      nodes.set('others:to', { id: 'others:to', party: null });
      add(nodeOf(from, depth), 'others:to', value);
    } else if (end !== undefined && end > 0) {
      nodes.set('others:from', { id: 'others:from', party: null });
      add('others:from', nodeOf(to, end), value);
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()], hidden: rest.length };
}

/** How many links lead to a party at most; a ring is cut where it would close. */
function depthsOf(links: readonly FlowLink[]): Map<string, number> {
  const into = new Map<string, string[]>();
  for (const { from, to } of links) {
    into.set(to, [...(into.get(to) ?? []), from]);
    if (!into.has(from)) into.set(from, []);
  }
  const depths = new Map<string, number>();
  const visit = (party: string, above: ReadonlySet<string>): number => {
    const known = depths.get(party);
    if (known !== undefined) return known;
    const sources = (into.get(party) ?? []).filter((one) => !above.has(one) && one !== party);
    const within = new Set([...above, party]);
    const depth = sources.reduce((most, one) => Math.max(most, visit(one, within) + 1), 0);
    depths.set(party, depth);
    return depth;
  };
  for (const party of into.keys()) visit(party, new Set());
  return depths;
}
