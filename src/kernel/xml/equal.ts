import { isElement, type XmlElement, type XmlNode } from './tree.ts';

function describe(node: XmlNode | undefined): string {
  if (node === undefined) return 'nothing';
  return isElement(node) ? `<${node.name}>` : JSON.stringify(node.slice(0, 40));
}

function attributesDiffer(a: XmlElement, b: XmlElement): string | undefined {
  const values = new Map(b.attributes?.map(({ name, value }) => [name, value]));
  for (const { name, value } of a.attributes ?? []) {
    if (values.get(name) !== value) return `@${name}: ${value} is not ${values.get(name)}`;
    values.delete(name);
  }
  return values.size === 0 ? undefined : `@${[...values.keys()].join(', @')} is new`;
}

/** Text between elements that is only white space says nothing. */
function meaningful(element: XmlElement): XmlNode[] {
  if (!element.children.some(isElement)) return element.children;
  const blank = (node: XmlNode) => !isElement(node) && /^\s*$/.test(node);
  return element.children.every((node) => isElement(node) || blank(node))
    ? element.children.filter(isElement)
    : element.children;
}

/**
 * Where two documents first differ in meaning, or undefined. Prefixes, places of namespace
 * declarations, the order of attributes and white space between elements mean nothing;
 * names, attributes, text and the order of elements do.
 */
export function firstDifference(a: XmlElement, b: XmlElement, path = ''): string | undefined {
  const here = `${path}/${a.name}`;
  if (a.name !== b.name) return `${here}: is ${b.name}`;
  const attributes = attributesDiffer(a, b);
  if (attributes !== undefined) return `${here}${attributes}`;
  const left = meaningful(a);
  const right = meaningful(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index];
    const other = right[index];
    if (one !== undefined && other !== undefined && isElement(one) && isElement(other)) {
      const below = firstDifference(one, other, here);
      if (below !== undefined) return below;
    } else if (one !== other) {
      return `${here}: ${describe(one)} is not ${describe(other)}`;
    }
  }
  return undefined;
}

export function equalInMeaning(a: XmlElement, b: XmlElement): boolean {
  return firstDifference(a, b) === undefined;
}
