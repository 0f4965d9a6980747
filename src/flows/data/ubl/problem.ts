/**
 * One thing wrong with a document that came in.
 * `rule` names the rule that found it (a published rule id, or `XML-…`, `UBL-…` for ours),
 * `path` says where, XPath-like with indexes: `/Order/cac:OrderLine[2]/cbc:ID`.
 */
export type Problem = { rule: string; path: string; zh: string; en: string };

/** A sender mends a few faults at a time; past this many a list helps nobody and costs memory. */
export const MOST_PROBLEMS = 200;
