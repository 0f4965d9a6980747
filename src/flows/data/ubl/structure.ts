import { isInList } from './codes.ts';
import { childrenOf, type DocumentType, MANDATORY } from './document-types.ts';
import { type ElementRule, sequencesOf } from './peppol-structure.ts';
import { attribute, elementsOf, everyElement, text, type XmlElement } from './tree.ts';
import { checkValue } from './values.ts';

/** A finding about an element; the path is worked out when the finding becomes a problem. */
export type Finding = { rule: string; element: XmlElement; zh: string; en: string };

type Counts = ReadonlyMap<string, number>;

/** How often each child stands below a parent. */
function counts(parent: XmlElement): Counts {
  const found = new Map<string, number>();
  for (const { name } of elementsOf(parent)) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function* missing(rule: string, element: XmlElement, name: string): Generator<Finding> {
  yield { rule, element, zh: `缺少必填元素 ${name}。`, en: `The mandatory ${name} is missing.` };
}

function* repeated(rule: string, element: XmlElement, name: string): Generator<Finding> {
  yield { rule, element, zh: `元素 ${name} 出现次数过多。`, en: `There are too many ${name}.` };
}

function* unknown(rule: string, element: XmlElement, parent: string): Generator<Finding> {
  const zh = `${parent} 中没有元素 ${element.name}。`;
  yield { rule, element, zh, en: `${parent} defines no ${element.name}.` };
}

/** Children that stand before one that should come first. */
function* outOfOrder(parent: XmlElement, sequence: readonly string[]): Generator<Finding> {
  const places = new Map(sequence.map((name, index) => [name, index]));
  let furthest = -1;
  let after = '';
  for (const element of elementsOf(parent)) {
    const place = places.get(element.name);
    if (place === undefined) continue;
    if (place < furthest) {
      const zh = `${element.name} 应在 ${after} 之前。`;
      yield { rule: 'UBL-SEQUENCE', element, zh, en: `${element.name} goes before ${after}.` };
      return;
    }
    furthest = place;
    after = element.name;
  }
}

/** The children of the document itself: all known, each as often as UBL lets it, in order. */
function* checkRoot(root: XmlElement, type: DocumentType): Generator<Finding> {
  const expected = childrenOf(type);
  if (expected === undefined) return;
  const known = new Set(expected.map((child) => child.name));
  const found = counts(root);
  for (const { name, min, max } of expected) {
    const count = found.get(name) ?? 0;
    if (count < min) yield* missing('UBL-REQUIRED', root, name);
    if (count > max) yield* repeated('UBL-REPEATED', root, name);
  }
  for (const element of elementsOf(root)) {
    if (!known.has(element.name)) yield* unknown('UBL-UNKNOWN', element, type);
  }
  yield* outOfOrder(root, [...known]);
}

/** An aggregate says something, has what it cannot do without, and keeps the order of UBL. */
function* checkAggregate(element: XmlElement): Generator<Finding> {
  if (elementsOf(element).length === 0) {
    const zh = '聚合元素不能为空。';
    yield { rule: 'UBL-EMPTY', element, zh, en: 'An aggregate may not be empty.' };
    return;
  }
  const mandatory = MANDATORY[element.name];
  if (mandatory !== undefined) {
    const found = counts(element);
    for (const name of mandatory.split(' ')) {
      if (!found.has(name)) yield* missing('UBL-REQUIRED', element, name);
    }
  }
  for (const sequence of sequencesOf(element.name)) yield* outOfOrder(element, sequence);
}

/** The elements that UBL defines; what an extension holds is nobody's business here. */
function* ublElements(root: XmlElement): Generator<XmlElement> {
  for (const child of elementsOf(root)) {
    if (child.name.startsWith('cac:') || child.name.startsWith('cbc:')) yield* everyElement(child);
  }
}

/** The structure of UBL 2 itself: names, order, number and the form of every value. */
export function* checkUblStructure(root: XmlElement, type: DocumentType): Generator<Finding> {
  yield* checkRoot(root, type);
  for (const element of ublElements(root)) {
    if (element.name.startsWith('cac:')) {
      yield* checkAggregate(element);
    } else if (element.name.startsWith('cbc:')) {
      const complaint = checkValue(element);
      if (complaint !== undefined) yield { rule: 'UBL-VALUE', element, ...complaint };
    } else if (!element.name.startsWith('ext:')) {
      yield* unknown('UBL-UNKNOWN', element, type);
    }
  }
}

/** The value and the attributes of one element against the code lists of its transaction. */
function* checkContent(element: XmlElement, rule: ElementRule): Generator<Finding> {
  const value = text(element);
  if (value !== undefined && rule.list !== undefined && !isInList(rule.list, value)) {
    const zh = `代码 ${value} 不在代码表 ${rule.list} 中。`;
    yield { rule: 'PEPPOL-CODE', element, zh, en: `${value} is not in the list ${rule.list}.` };
  }
  // The profile is judged by its own rule: one structure serves several profiles.
  if (rule.fixed !== undefined && value !== rule.fixed && !/(Profile|ization)ID$/.test(rule.name)) {
    const zh = `此元素的值应为 ${rule.fixed}。`;
    yield { rule: 'PEPPOL-FIXED', element, zh, en: `The value should be ${rule.fixed}.` };
  }
  for (const { name, optional, list } of rule.attributes ?? []) {
    const given = attribute(element, name);
    if (given === undefined && optional !== true)
      yield* missing('PEPPOL-REQUIRED', element, `@${name}`);
    if (given !== undefined && list !== undefined && !isInList(list, given)) {
      const zh = `属性 ${name} 的代码 ${given} 不在代码表 ${list} 中。`;
      const en = `${given} of @${name} is not in the list ${list}.`;
      yield { rule: 'PEPPOL-CODE', element, zh, en };
    }
  }
}

/** `open` structures (billing) warn about further elements of UBL, closed ones refuse them. */
export function* checkPeppolStructure(
  parent: XmlElement,
  rules: readonly ElementRule[],
  open: boolean,
): Generator<Finding> {
  const found = counts(parent);
  const known = new Map(rules.map((rule) => [rule.name, rule]));
  for (const { name, min = 1, max = 1 } of rules) {
    const count = found.get(name) ?? 0;
    if (count < min) yield* missing('PEPPOL-REQUIRED', parent, name);
    if (max !== null && count > max) yield* repeated('PEPPOL-REPEATED', parent, name);
  }
  for (const element of elementsOf(parent)) {
    const rule = known.get(element.name);
    if (rule !== undefined) {
      yield* checkContent(element, rule);
      if (rule.children !== undefined) yield* checkPeppolStructure(element, rule.children, open);
    } else if (!open && !isEverywhereAllowed(element.name)) {
      yield* unknown('PEPPOL-UNKNOWN', element, parent.name);
    }
  }
}

/** Extensions are kept as they are, and a version number does no harm. */
function isEverywhereAllowed(name: string): boolean {
  return name === 'ext:UBLExtensions' || name === 'cbc:UBLVersionID';
}
