import {
  addGoodsRecord,
  buildGoodsSnapshot,
  type GoodsSnapshot,
  openGoodsRecords,
  reachForward,
  recordCode,
} from '../src/flows/goods/index.ts';
import { openDice } from '../src/kernel/index.ts';
import { report } from './figure.ts';

const sizes = { items: 5_000_000, everyday: 10_000, recall: 800_000 };

/**
 * A forward trace of some 10,000 lots and a recall of 800,000 or more in a history of 5 million
 * lots, each made of two older ones. `--items 500000` makes it, and what it looks for, smaller. The
 * floor is a walk over a map of lists of the same graph, which knows no time.
 */
export async function benchGoodsTrace(): Promise<void> {
  const items = askedItems() ?? sizes.items;
  const scale = items / sizes.items;
  const parents = parentsOf(items);
  const records = openGoodsRecords(items * 3);
  const fed = secondsOf(() => feed(records, parents));
  report({ name: 'goods_trace.records', value: (items * 3) / fed.seconds / 1e6, unit: 'M/s' });
  const built = secondsOf(() => buildGoodsSnapshot(records, String));
  const naive = secondsOf(() => childrenByMap(parents));
  report({
    name: 'goods_trace.snapshot_build',
    value: built.seconds,
    unit: 's',
    floor: naive.seconds,
  });
  const snapshot = built.made;
  const everyday = startWith(snapshot, items, sizes.everyday * scale, 1.05);
  const recall = startWith(snapshot, items, sizes.recall * scale, 1.1);
  for (const [name, start] of [
    ['forward_10k', everyday],
    ['recall_800k', recall],
  ] as const) {
    const runs = name === 'recall_800k' ? 7 : 51;
    const reached = reachOf(snapshot, start);
    const walked = walk(naive.made, start);
    if (reached !== walked) throw new Error(`The snapshot reaches ${reached}, the map ${walked}.`);
    const value = medianMs(runs, () => reachOf(snapshot, start));
    const floor = medianMs(runs, () => walk(naive.made, start));
    report({ name: `goods_trace.${name}`, value, unit: 'ms', floor });
    report({ name: `goods_trace.${name}_nodes`, value: reached, unit: 'nodes' });
  }
}

function askedItems(): number | null {
  const at = process.argv.indexOf('--items');
  return at < 0 ? null : Number(process.argv[at + 1]);
}

/** The two lots that each lot is made of: any that are older, the same in every run. */
function parentsOf(items: number): Uint32Array {
  const dice = openDice(20_260_302);
  const parents = new Uint32Array(items * 2);
  for (let at = 0; at < parents.length; at++) {
    const lot = at >> 1;
    parents[at] = Math.floor(dice.fraction() * Math.max(1, lot));
  }
  return parents;
}

function feed(records: ReturnType<typeof openGoodsRecords>, parents: Uint32Array): void {
  const input = recordCode('input', { by_class: true });
  const output = recordCode('output', { by_class: true });
  for (let lot = 1; lot < parents.length / 2; lot++) {
    const time = lot * 1_000;
    addGoodsRecord(records, parents[lot * 2] as number, lot, input, time);
    addGoodsRecord(records, parents[lot * 2 + 1] as number, lot, input, time);
    addGoodsRecord(records, lot, lot, output, time);
  }
}

function childrenByMap(parents: Uint32Array): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let at = 2; at < parents.length; at++) {
    const parent = parents[at] as number;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [at >> 1]);
    else list.push(at >> 1);
  }
  return children;
}

function walk(children: ReadonlyMap<number, readonly number[]>, start: number): number {
  const met = new Set([start]);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    for (const child of children.get(queue[at] as number) ?? []) {
      if (met.has(child)) continue;
      met.add(child);
      queue.push(child);
    }
  }
  return met.size;
}

const ways = { spread: 'content', associations: true } as const;

function reachOf(snapshot: GoodsSnapshot, item: number): number {
  const since = Number.NEGATIVE_INFINITY;
  return reachForward(snapshot, [{ item, since }], ways)?.items.length ?? 0;
}

/** A lot whose reach is at least so large, and at most so many times that. */
function startWith(snapshot: GoodsSnapshot, items: number, least: number, times: number): number {
  // About (items ÷ lot)² lots descend from a lot, so that the one looked for stands about here.
  const first = Math.floor(items / Math.sqrt(least));
  for (let lot = first; lot < items; lot++) {
    const nodes = reachOf(snapshot, lot);
    if (nodes >= least && nodes <= least * times) return lot;
  }
  throw new Error(`No lot reaches ${least} others.`);
}

function medianMs(runs: number, work: () => unknown): number {
  const taken = Array.from({ length: runs }, () => secondsOf(work).seconds * 1_000);
  return taken.sort((one, other) => one - other)[runs >> 1] as number;
}

function secondsOf<Made>(work: () => Made): { seconds: number; made: Made } {
  const began = performance.now();
  const made = work();
  return { seconds: (performance.now() - began) / 1_000, made };
}
