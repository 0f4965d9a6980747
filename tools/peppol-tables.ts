/**
 * Turns the structure files that OpenPEPPOL publishes (poacc-upgrade-3 and peppol-bis-invoice-3,
 * MPL-2.0) into compact tables of facts: which element, how often, which code list, which
 * attributes. The files themselves stay outside; the tables are checked in, so that nothing but
 * this tool needs them.
 *
 *   npm run tables -- <folder with the structure files>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ElementRule,
  elementsOf,
  readXml,
  text,
  type XmlElement,
} from '../src/flows/data/index.ts';
import { BILLING_PARTS } from './peppol-parts.ts';

const FILES: Readonly<Record<string, string>> = {
  T01: 'ubl-order.xml',
  T76: 'ubl-order-response.xml',
  T114: 'ubl-order-change.xml',
  T115: 'ubl-order-cancellation.xml',
  T16: 'ubl-despatch-advice.xml',
  T111: 'ubl-invoiceresponse.xml',
  invoice: 'ubl-invoice.xml',
  'credit-note': 'ubl-creditnote.xml',
};
const TARGET = 'src/flows/data/ubl/generated/peppol-structure.json';
const STRUCTURE = '{urn:fdc:difi.no:2017:vefa:structure-1}';

function named(element: XmlElement, local: string): XmlElement[] {
  return elementsOf(element).filter((child) => child.name === STRUCTURE + local);
}

function wordOf(element: XmlElement, local: string): string | undefined {
  return text(named(element, local)[0]);
}

/** The code lists of a value: one of several will do (`UNCL5189|UNCL7161`). */
function listOf(element: XmlElement): string | undefined {
  const lists = named(element, 'Reference').filter((reference) =>
    reference.attributes?.some((a) => a.name === 'type' && a.value === 'CODE_LIST'),
  );
  return lists.length > 0 ? lists.map((list) => text(list)).join('|') : undefined;
}

function fixedOf(element: XmlElement): string | undefined {
  const fixed = named(element, 'Value').find((value) =>
    value.attributes?.some((a) => a.name === 'type' && a.value === 'FIXED'),
  );
  return text(fixed);
}

function occurs(cardinality: string | undefined): Pick<ElementRule, 'min' | 'max'> {
  const [min, max] = (cardinality ?? '1..1').split('..');
  const many = max === 'n' || max === 'unbounded';
  return {
    ...(min === '1' ? {} : { min: Number(min) }),
    ...(max === '1' ? {} : { max: many ? null : Number(max) }),
  };
}

function attributeRules(element: XmlElement): ElementRule['attributes'] {
  const rules = named(element, 'Attribute').map((attribute) => {
    const usage = attribute.attributes?.find((a) => a.name === 'usage')?.value.toLowerCase();
    const list = listOf(attribute);
    return {
      name: wordOf(attribute, 'Term') ?? '',
      ...(usage === 'optional' ? { optional: true } : {}),
      ...(list === undefined ? {} : { list }),
    };
  });
  return rules.length > 0 ? rules : undefined;
}

function ruleOf(element: XmlElement): ElementRule {
  const list = listOf(element);
  const fixed = fixedOf(element);
  const attributes = attributeRules(element);
  const children = childRules(element);
  return {
    name: wordOf(element, 'Term') ?? '',
    ...occurs(element.attributes?.find((a) => a.name === 'cardinality')?.value),
    ...(list === undefined ? {} : { list }),
    ...(fixed === undefined ? {} : { fixed }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(children.length > 0 ? { children } : {}),
  };
}

/** Reads the short notation of the parts. */
function partRules(notation: string): ElementRule[] {
  const roots: ElementRule[] = [];
  const open: ElementRule[] = [];
  for (const line of notation.split('\n').filter((each) => each.trim() !== '')) {
    const depth = (line.length - line.trimStart().length) / 2;
    const [name = '', ...marks] = line.trim().split(' ');
    const attributes = marks
      .filter((mark) => mark.startsWith('@'))
      .map((mark) => {
        const [given = '', list] = mark.slice(1).split('=');
        return {
          name: given.replace('?', ''),
          ...(given.endsWith('?') ? { optional: true } : {}),
          ...(list === undefined ? {} : { list }),
        };
      });
    const list = marks.find((mark) => mark.startsWith('='))?.slice(1);
    const rule: ElementRule = {
      name,
      ...occurs(marks.find((mark) => mark.includes('..'))),
      ...(list === undefined ? {} : { list }),
      ...(attributes.length > 0 ? { attributes } : {}),
    };
    const parent = open[depth - 1];
    if (depth === 0 || parent === undefined) roots.push(rule);
    else parent.children = [...(parent.children ?? []), rule];
    open[depth] = rule;
  }
  return roots;
}

/** One element described twice (a tax number and a tax registration) is one element twice. */
function merge(a: ElementRule, b: ElementRule): ElementRule {
  const max = a.max === null || b.max === null ? null : (a.max ?? 1) + (b.max ?? 1);
  const shared = (a.children ?? []).map((child) => {
    const other = b.children?.find((candidate) => candidate.name === child.name);
    return other === undefined ? { ...child, min: 0 } : combine(child, other);
  });
  const added = (b.children ?? [])
    .filter((child) => !a.children?.some((candidate) => candidate.name === child.name))
    .map((child) => ({ ...child, min: 0 }));
  const { list, fixed, ...rest } = a;
  return {
    ...rest,
    min: Math.min(a.min ?? 1, b.min ?? 1),
    max,
    ...(list !== undefined && list === b.list ? { list } : {}),
    ...(fixed !== undefined && fixed === b.fixed ? { fixed } : {}),
    ...(shared.length + added.length > 0 ? { children: [...shared, ...added] } : {}),
  };
}

/** The same child of two descriptions: as often as either allows. */
function combine(a: ElementRule, b: ElementRule): ElementRule {
  const merged = merge(a, b);
  const max = a.max === null || b.max === null ? null : Math.max(a.max ?? 1, b.max ?? 1);
  return { ...merged, max };
}

function childRules(parent: XmlElement): ElementRule[] {
  const rules: ElementRule[] = [];
  const found = elementsOf(parent).flatMap((child) => {
    if (child.name === `${STRUCTURE}Element`) return [ruleOf(child)];
    if (child.name !== `${STRUCTURE}Include`) return [];
    const part = BILLING_PARTS[text(child) ?? ''];
    if (part === undefined) throw new Error(`no part ${text(child)}`);
    return partRules(part);
  });
  for (const rule of found) {
    const at = rules.findIndex((candidate) => candidate.name === rule.name);
    const before = rules[at];
    if (before === undefined) rules.push(rule);
    else rules[at] = merge(before, rule);
  }
  return rules;
}

/** Each order of children that the structures show, by the name of the parent. */
function gatherSequences(rule: ElementRule, found: Map<string, Set<string>>): void {
  const names = (rule.children ?? []).map((child) => child.name);
  if (names.length > 1) {
    found.set(rule.name, (found.get(rule.name) ?? new Set()).add(names.join(' ')));
  }
  for (const child of rule.children ?? []) gatherSequences(child, found);
}

function isWithin(short: string[], long: string[]): boolean {
  let at = 0;
  for (const name of long) if (name === short[at]) at += 1;
  return at === short.length;
}

/** Drops a sequence that a longer one says too. */
function essential(sequences: Set<string>): string[] {
  const lists = [...sequences];
  return lists.filter(
    (list) => !lists.some((other) => other !== list && isWithin(list.split(' '), other.split(' '))),
  );
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder of the structure files');
const transactions: Record<string, ElementRule[]> = {};
const sequences = new Map<string, Set<string>>();
for (const [transaction, file] of Object.entries(FILES)) {
  const { root } = readXml(readFileSync(join(folder, file)));
  const described = root && named(root, 'Document')[0];
  if (described === undefined) throw new Error(`${file} describes no document`);
  transactions[transaction] = childRules(described);
  for (const rule of transactions[transaction]) gatherSequences(rule, sequences);
}
const table = {
  source: 'OpenPEPPOL poacc-upgrade-3 (0e7e5c7) and peppol-bis-invoice-3 (78d7f7d), structure',
  transactions,
  sequences: Object.fromEntries([...sequences].sort().map(([k, v]) => [k, essential(v)])),
};
writeFileSync(TARGET, `${JSON.stringify(table, null, 1)}\n`);
