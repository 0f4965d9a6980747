import { type DocumentType, isDocumentType } from './document-types.ts';
import { structureOf } from './peppol-structure.ts';
import { MOST_PROBLEMS, type Problem } from './problem.ts';
import { BILLING_RULES, PLAIN_BILLING_RULES } from './rules/billing.ts';
import { DESPATCH_RULES } from './rules/despatch.ts';
import { COMMON_RULES } from './rules/identifiers.ts';
import { INVOICE_RESPONSE_RULES } from './rules/invoice-response.ts';
import { ORDER_RESPONSE_RULES } from './rules/order-response.ts';
import { ORDER_CANCELLATION_RULES, ORDER_CHANGE_RULES, ORDER_RULES } from './rules/ordering.ts';
import type { Rulebook } from './rules/rule.ts';
import { checkPeppolStructure, checkUblStructure, type Finding } from './structure.ts';
import { locator, text, type XmlElement } from './tree.ts';

/** Errors refuse a document; warnings go with it and stop nothing. */
export type Verdict = { errors: Problem[]; warnings: Problem[] };

/** A Peppol transaction: its structure and its rules. `open` lets further elements of UBL pass. */
type Transaction = { structure: string; rules: Rulebook; open: boolean };

const POACC = 'urn:fdc:peppol.eu:poacc:trns:';
const BILLING = 'urn:fdc:peppol.eu:2017:poacc:billing:3';
/** A transaction of its own (T116), whose structure has not been published to us. */
const ADVANCED_RESPONSE = `${POACC}order_response_advanced`;

const ORDERING: Readonly<Partial<Record<DocumentType, Transaction>>> = {
  Order: { structure: 'T01', rules: ORDER_RULES, open: false },
  OrderResponse: { structure: 'T76', rules: ORDER_RESPONSE_RULES, open: false },
  OrderChange: { structure: 'T114', rules: ORDER_CHANGE_RULES, open: false },
  OrderCancellation: { structure: 'T115', rules: ORDER_CANCELLATION_RULES, open: false },
  DespatchAdvice: { structure: 'T16', rules: DESPATCH_RULES, open: false },
  ApplicationResponse: { structure: 'T111', rules: INVOICE_RESPONSE_RULES, open: false },
};
const BILLS: Readonly<Partial<Record<DocumentType, Transaction>>> = {
  Invoice: { structure: 'invoice', rules: BILLING_RULES, open: true },
  CreditNote: { structure: 'credit-note', rules: BILLING_RULES, open: true },
};

/** Every rule that is computed, by its published id. */
export const RULEBOOK: Rulebook = {
  ...COMMON_RULES,
  ...ORDER_RULES,
  ...ORDER_RESPONSE_RULES,
  ...ORDER_CHANGE_RULES,
  ...ORDER_CANCELLATION_RULES,
  ...DESPATCH_RULES,
  ...INVOICE_RESPONSE_RULES,
  ...BILLING_RULES,
};

/** The type of a document; undefined when UBL 2 defines none that we know. */
export function documentTypeOf(root: XmlElement): DocumentType | undefined {
  const type = root.name.startsWith('ubl:') ? root.name.slice(4) : '';
  return isDocumentType(type) ? type : undefined;
}

/** The Peppol transaction that a document claims to follow, if it does. */
function transactionOf(root: XmlElement, type: DocumentType): Transaction | undefined {
  const customization = text(root, 'cbc:CustomizationID') ?? '';
  if (customization.startsWith(ADVANCED_RESPONSE)) return undefined;
  if (customization.startsWith(POACC)) return ORDERING[type];
  return customization.includes(BILLING) ? BILLS[type] : undefined;
}

/** Whether a document follows Peppol BIS 3, and is judged by its rules. */
export function isPeppol(root: XmlElement): boolean {
  const type = documentTypeOf(root);
  return type !== undefined && transactionOf(root, type) !== undefined;
}

function* apply(root: XmlElement, rules: Rulebook, warnings: Set<string>): Generator<Finding> {
  for (const [rule, { severity, zh, en, check }] of Object.entries(rules)) {
    if (severity === 'warning') warnings.add(rule);
    for (const element of check(root)) yield { rule, element, zh, en };
  }
}

function* findings(
  root: XmlElement,
  type: DocumentType,
  warnings: Set<string>,
): Generator<Finding> {
  yield* checkUblStructure(root, type);
  const transaction = transactionOf(root, type);
  if (transaction === undefined) {
    if (type === 'Invoice' || type === 'CreditNote') {
      yield* apply(root, PLAIN_BILLING_RULES, warnings);
    }
    return;
  }
  const { structure, rules, open } = transaction;
  yield* checkPeppolStructure(root, structureOf(structure), open);
  yield* apply(root, { ...rules, ...COMMON_RULES }, warnings);
}

/**
 * Judges a document by the published rules: UBL 2 structure, order, number and values for every
 * document; structure, code lists and business rules of Peppol BIS 3 for those that say they
 * follow it. The first 200 problems are given.
 */
export function validate(root: XmlElement): Verdict {
  const type = documentTypeOf(root);
  const verdict: Verdict = { errors: [], warnings: [] };
  if (type === undefined) {
    const zh = `不支持的单据类型：${root.name.slice(0, 200)}。`;
    const en = `This type of document is not supported: ${root.name.slice(0, 200)}.`;
    return { errors: [{ rule: 'UBL-TYPE', path: '/', zh, en }], warnings: [] };
  }
  const warnings = new Set<string>();
  const pathOf = locator(root);
  for (const { rule, element, zh, en } of findings(root, type, warnings)) {
    const list = warnings.has(rule) ? verdict.warnings : verdict.errors;
    if (list.length < MOST_PROBLEMS) list.push({ rule, path: pathOf(element), zh, en });
    if (verdict.errors.length >= MOST_PROBLEMS) break;
  }
  return verdict;
}
