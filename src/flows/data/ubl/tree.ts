import { elementsOf, isElement, type XmlElement } from '../../../kernel/index.ts';

export {
  elementsOf,
  isElement,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
} from '../../../kernel/index.ts';

/** All elements at a path below `element`: `all(order, 'cac:OrderLine/cac:LineItem')`. */
export function all(element: XmlElement | undefined, path: string): XmlElement[] {
  let found = element === undefined ? [] : [element];
  for (const name of path.split('/')) {
    found = found.flatMap((parent) => elementsOf(parent).filter((child) => child.name === name));
  }
  return found;
}

/** The first element at a path, if there is one. */
export function first(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let found = element;
  for (const name of path.split('/')) {
    if (found === undefined) return undefined;
    found = found.children.find(
      (child): child is XmlElement => isElement(child) && child.name === name,
    );
  }
  return found;
}

/** The text of an element itself, trimmed; undefined when there is no element or no text. */
export function text(element: XmlElement | undefined, path?: string): string | undefined {
  const target = path === undefined ? element : first(element, path);
  const value = target?.children
    .filter((child) => !isElement(child))
    .join('')
    .trim();
  return value === undefined || value === '' ? undefined : value;
}

export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes?.find((candidate) => candidate.name === name)?.value;
}

/** Every element of the tree, parents first, without recursion. */
export function* everyElement(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    yield element;
    const children = elementsOf(element);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      waiting.push(children[index] as XmlElement);
    }
  }
}

/**
 * Gives elements their path (`/Order/cac:OrderLine[2]/cbc:ID`). The parents are gathered at the
 * first question: most documents have no fault and never pay for it.
 */
export function locator(root: XmlElement): (element: XmlElement) => string {
  const parents = new Map<XmlElement, XmlElement>();
  const gather = () => {
    for (const parent of everyElement(root)) {
      for (const child of elementsOf(parent)) parents.set(child, parent);
    }
  };
  const steps = new Map<XmlElement, string>();
  // All children of a parent are named at once: among 200,000 siblings, looking each up is slow.
  const nameChildren = (parent: XmlElement) => {
    const alike = Map.groupBy(elementsOf(parent), (child) => child.name);
    for (const [name, children] of alike) {
      for (const [index, child] of children.entries()) {
        steps.set(child, children.length > 1 ? `/${name}[${index + 1}]` : `/${name}`);
      }
    }
  };
  const step = (element: XmlElement, parent: XmlElement): string => {
    if (!steps.has(element)) nameChildren(parent);
    return steps.get(element) ?? '';
  };
  return (element) => {
    if (parents.size === 0) gather();
    let path = '';
    let current = element;
    for (let parent = parents.get(current); parent !== undefined; parent = parents.get(current)) {
      path = `${step(current, parent)}${path}`;
      current = parent;
    }
    return `/${current.name.replace(/^ubl:/, '')}${path}`;
  };
}
