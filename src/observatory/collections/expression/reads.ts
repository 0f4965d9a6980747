import type { Condition, Figure } from './parse.ts';

export type Read = { readonly item: string; readonly is_before: boolean };

function readsOf(node: Condition | Figure): Read[] {
  if (node.kind === 'number') return [];
  if (node.kind === 'item') return [{ item: node.code, is_before: node.isBefore }];
  if ('of' in node) return readsOf(node.of);
  return [...readsOf(node.left), ...readsOf(node.right)];
}

/** What a rule looks at, each once, in the order in which it stands there. */
export function itemsRead(condition: Condition): Read[] {
  const all = readsOf(condition);
  const isFirst = ({ item, is_before }: Read, at: number) =>
    all.findIndex((one) => one.item === item && one.is_before === is_before) === at;
  return all.filter(isFirst);
}
