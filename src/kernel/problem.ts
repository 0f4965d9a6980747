/**
 * One thing wrong with a document that came in.
 * `rule` names the rule that found it (a published rule id, or one of ours: `XML-…`, `UBL-…`),
 * `path` says where, with indexes: `/Order/cac:OrderLine[2]/cbc:ID`.
 */
export type Problem = { rule: string; path: string; zh: string; en: string };
