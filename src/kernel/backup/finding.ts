/** Something that does not hold: where, and in words for the person who has to act. */
export type Finding = { kind: FindingKind; at: string; zh: string; en: string };

const words = {
  damaged: ['{at} 已损坏：{reason}', '{at} is damaged: {reason}'],
  missing: ['清单中的 {at} 不在备份里', '{at} is on the list of the backup and not in it'],
  unlisted: ['{at} 不在清单中', '{at} is in the backup and not on its list'],
  cut_short: ['备份不完整：没有清单', 'the backup is cut short: it has no list at its end'],
  out_of_order: [
    '{at} 的行未按主键排列',
    'the rows of {at} do not stand in the order of their key',
  ],
  changed: [
    '事实 {at} 被改动，与封存时不同',
    'the fact {at} was changed: it is not what was sealed',
  ],
  removed: [
    '事实 {at} 被删除：封存过，现在没有了',
    'the fact {at} was removed: it was sealed and is gone',
  ],
  back_dated: [
    '事实 {at} 的记录时间倒填：早于此前已封存的',
    'the fact {at} is back-dated: recorded behind one that was sealed before it',
  ],
  unsealed: [
    '事实 {at} 未经封存而插入：其后的事实都已封存',
    'the fact {at} was inserted without a seal: later ones are sealed',
  ],
  no_seal: ['链 {at} 有事实而没有任何封存', 'the chain {at} has facts and no seal at all'],
  leaf_missing: ['封存树缺叶：{at}', 'the tree has no leaf: {at}'],
  wrong_root: ['封存树与签名的检查点不符：{at}', 'the leaves do not give the signed root: {at}'],
  wrong_tile: [
    '封存树的中间结点不符：{at}',
    'an inner tile of the tree is not what its leaves give: {at}',
  ],
  bad_signature: ['检查点的签名不对：{at}', 'the signature of a checkpoint is false: {at}'],
  other_key: [
    '检查点由另一把密钥签名：{at}',
    'a checkpoint is signed by another key than the one you trust: {at}',
  ],
  not_kept: [
    '与您保存的检查点不符，或比它更早：{at}',
    'it contradicts the checkpoint that you kept, or is older: {at}',
  ],
} as const;

export type FindingKind = keyof typeof words;

/** Of these a backup file is no longer what was written; of the others it may be, faithfully. */
const ofTheFile: readonly FindingKind[] = ['damaged', 'missing', 'unlisted', 'cut_short'];

export const isDamage = ({ kind }: Finding): boolean => ofTheFile.includes(kind);

export function finding(kind: FindingKind, at: string, reason = ''): Finding {
  const fill = (text: string) => text.replace('{at}', () => at).replace('{reason}', () => reason);
  const [zh, en] = words[kind];
  return { kind, at, zh: fill(zh), en: fill(en) };
}

/** Findings as lines for a terminal: at most `most` of them, and how many more there are. */
export function sayFindings(findings: readonly Finding[], most = 20): string[] {
  const said = findings
    .slice(0, most)
    .flatMap(({ kind, zh, en }) => [`✗ ${kind}`, `  ${zh}`, `  ${en}`]);
  const more = findings.length - most;
  return more > 0 ? [...said, `  …还有 ${more} 处 / and ${more} more`] : said;
}
