#!/usr/bin/env node
// Verifies what a Jingwei server says of its facts, without trusting the server and without any of
// its code: Node 18 or later and nothing else. docs/concepts/sealed-facts.md says what is checked.
//
//   node verify.mjs [--key <verifier key>] [--tolerance <minutes>] <file> …
//
// Give it every file that you have kept: downloads with proofs, exports of a whole chain, bare
// checkpoints, and proofs of consistency. Exit code 0: all of it holds; 1: something does not, and
// is named; 2: it was not asked properly.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const HASH_BYTES = 32;

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 9162 §2.1.1. */
export const leafHash = (leaf) => sha256(Buffer.of(0), leaf);
export const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

const half = (number) => Math.floor(number / 2);
const isOdd = (number) => number % 2 === 1;

/** The root that a proof of inclusion leads to, or null (RFC 9162 §2.1.3.2). */
export function rootOfInclusion(leaf, position, size, proof) {
  if (!(position >= 0 && position < size)) return null;
  let [first, last, root] = [position, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return null;
    if (isOdd(first) || first === last) {
      root = nodeHash(sibling, root);
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)];
    } else root = nodeHash(root, sibling);
    [first, last] = [half(first), half(last)];
  }
  return last === 0 ? root : null;
}

/** Whether the larger of two trees only adds to the smaller one (RFC 9162 §2.1.4.2). */
export function isConsistent(older, newer, proof) {
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size < 1 || older.size > newer.size || proof.length === 0) return false;
  const isPower =
    Number.isInteger(Math.log2(older.size)) && 2 ** Math.log2(older.size) === older.size;
  const [start, ...rest] = isPower ? [older.root, ...proof] : proof;
  let [first, last] = [older.size - 1, newer.size - 1];
  while (isOdd(first)) [first, last] = [half(first), half(last)];
  let [was, is] = [start, start];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(first) || first === last) {
      [was, is] = [nodeHash(sibling, was), nodeHash(sibling, is)];
      while (!isOdd(first) && first !== 0) [first, last] = [half(first), half(last)];
    } else is = nodeHash(is, sibling);
    [first, last] = [half(first), half(last)];
  }
  return last === 0 && was.equals(older.root) && is.equals(newer.root);
}

/** Grows a tree leaf by leaf and knows its root, with one hash for each full subtree. */
export class GrowingTree {
  size = 0;
  #subtrees = [];

  add(leaf) {
    let [hash, rest] = [leaf, this.size];
    for (; isOdd(rest); rest = half(rest)) hash = nodeHash(this.#subtrees.pop(), hash);
    this.#subtrees.push(hash);
    this.size += 1;
  }

  root() {
    return this.#subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** RFC 8785: members in the order of their names' UTF-16 code units, no white space. */
export function canonicalJson(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name])}`);
  return `{${members.join(',')}}`;
}

const leafOf = (fact) => leafHash(Buffer.from(canonicalJson(fact)));

/** A verifier key of c2sp.org/signed-note: `<name>+<key id>+<base64 of 0x01 ‖ Ed25519 key>`. */
export function parseKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (bytes.length !== 33 || bytes[0] !== 1) return null;
  const expected = sha256(`${name}\n`, bytes).subarray(0, 4).toString('hex');
  if (id !== expected) return null;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
  return { text, name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** The text of a signed note that one of the keys has signed; null where none has. */
export function openNote(note, keys) {
  const at = note.lastIndexOf('\n\n');
  if (at < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, at + 1);
  for (const line of note.slice(at + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    const id = bytes.subarray(0, 4).toString('hex');
    const found = keys.find((key) => key.name === name && key.id === id);
    if (found && verify(null, Buffer.from(text), found.key, bytes.subarray(4))) return text;
  }
  return null;
}

/** Origin, size and root of a checkpoint (c2sp.org/tlog-checkpoint); null where it is none. */
export function parseCheckpoint(text) {
  const [origin, size, root] = text.split('\n');
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '')) return null;
  const hash = Buffer.from(root ?? '', 'base64');
  return hash.length === HASH_BYTES ? { origin, size: Number(size), root: hash } : null;
}

// What can be wrong, in two languages. {…} is filled in.
const WORDS = {
  unreadable: ['读不懂文件 {file}', '{file} is not a file that this verifier knows'],
  bad_key: ['{file} 里的公钥不对', 'the key in {file} is malformed'],
  other_key: [
    '{file} 由另一把密钥签名：{key}',
    '{file} is signed by another key than the one you trust: {key}',
  ],
  bad_signature: ['{file} 的检查点签名不对', 'the signature of the checkpoint in {file} is false'],
  other_chain: ['{file} 属于另一条链：{chain}', '{file} is of another chain: {chain}'],
  changed: ['事实被改动，与封存时不同', 'the fact was changed: it is not what was sealed'],
  removed: ['事实被删除：封存过，现在没有了', 'the fact was removed: it was sealed and is gone'],
  back_dated: [
    '记录时间 {at} 倒填：早于此前已封存的 {before}',
    'the fact is back-dated: recorded at {at}, behind {before} which was sealed before it',
  ],
  unsealed: [
    '事实未经封存而插入：记录时间 {at}，其后的事实都已封存',
    'the fact was inserted without a seal: recorded at {at}, and later ones are sealed',
  ],
  leaf_missing: ['封存树缺第 {position} 片叶', 'the tree has no leaf at position {position}'],
  wrong_root: [
    '封存树与签名的检查点不符：叶被改动或替换',
    'the leaves do not give the signed root: leaves were changed or exchanged',
  ],
  cut_short: ['{file} 不完整', '{file} is cut short'],
  inconsistent: [
    '大小 {from} 与 {to} 的检查点互相矛盾：历史被改写',
    'the checkpoints of size {from} and {to} contradict each other: history was rewritten',
  ],
  not_shown: [
    '缺少 {from} 到 {to} 的一致性证明，请下载 /api/v1/seals/consistency?from={from}&to={to}',
    'nothing shows that {from} leads to {to}: add /api/v1/seals/consistency?from={from}&to={to}',
  ],
};

/** Collects what is wrong; the same thing is said once. */
export class Report {
  findings = [];
  #said = new Set();

  say(kind, values = {}) {
    const mark = JSON.stringify([kind, values.fact ?? values]);
    if (this.#said.has(mark)) return;
    this.#said.add(mark);
    const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? '—'));
    const [zh, en] = WORDS[kind].map(fill);
    this.findings.push({ kind, fact: values.fact ?? null, position: values.position, zh, en });
  }
}

const linesOf = (file) =>
  createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Reads one file. A page or an export becomes a document: its checkpoint, and its leaves by
 * position as { fact_id, leaf }, where `leaf` is the hash of what the file says the fact is.
 * A bare checkpoint becomes a document without leaves; a proof of consistency stays what it is.
 */
async function readDocument(file, trust, report) {
  const lines = linesOf(file)[Symbol.asyncIterator]();
  const { value: first = '' } = await lines.next();
  const head = parsed(first);
  if (head?.format === 'jingwei-consistency/1') return { ...head, file };
  if (head?.format === 'jingwei-proofs/1' || head?.format === 'jingwei-export/1') {
    const document = openDocument(file, head, trust, report);
    if (document === null) return null;
    if (head.format === 'jingwei-proofs/1') readPage(document, head, trust, report);
    else await readExport(document, lines, trust, report);
    return document;
  }
  const rest = [first];
  for await (const line of lines) rest.push(line);
  const note = `${rest.join('\n').replace(/\n+$/, '')}\n`;
  if (note.includes('\n— ')) return openDocument(file, { checkpoint: note }, trust, report);
  report.say('unreadable', { file });
  return null;
}

function openDocument(file, { checkpoint, key, chain_id, format = 'checkpoint' }, trust, report) {
  if (key !== undefined && parseKey(key) === null) {
    report.say('bad_key', { file });
    return null;
  }
  const text = openNote(checkpoint, trust.keys);
  const opened = text === null ? null : parseCheckpoint(text);
  if (opened === null) {
    const isOther = key !== undefined && trust.keys.every((known) => known.text !== key);
    report.say(isOther ? 'other_key' : 'bad_signature', { file, key });
    return null;
  }
  trust.origin ??= opened.origin;
  const chain = chain_id ?? opened.origin.replace(/^jingwei\//, '');
  if (opened.origin !== trust.origin || opened.origin !== `jingwei/${chain}`) {
    report.say('other_chain', { file, chain });
    return null;
  }
  const { size, root } = opened;
  return { file, format, chain, size, root, leaves: new Map(), pages: [], complete: false };
}

/** A fact in its place: names it where it is not what was sealed. Returns the hash of its leaf. */
function checkFact(document, { fact, fact_id, position }, isSealed, order, trust, report) {
  if (fact === null) {
    report.say('removed', { fact: fact_id, position });
    return null;
  }
  const leaf = leafOf(fact);
  const holds = fact.id === fact_id && fact.chain_id === document.chain && isSealed(leaf);
  if (!holds) report.say('changed', { fact: fact_id, position });
  const at = Date.parse(fact.recorded_at);
  if (at < order.latest - trust.tolerance_ms) {
    const before = new Date(order.latest).toISOString();
    report.say('back_dated', { fact: fact_id, position, at: fact.recorded_at, before });
  }
  // What was changed must not make the facts behind it look late.
  if (holds && at > order.latest) order.latest = at;
  return leaf;
}

function readPage(document, { facts, after, next }, trust, report) {
  const order = { latest: Number.NEGATIVE_INFINITY };
  for (const item of facts) {
    const proof = item.proof.map((hash) => Buffer.from(hash, 'base64'));
    const isSealed = (leaf) =>
      rootOfInclusion(leaf, item.position, document.size, proof)?.equals(document.root) ?? false;
    const leaf = checkFact(document, item, isSealed, order, trust, report);
    document.leaves.set(item.position, { fact_id: item.fact_id, leaf });
  }
  document.pages.push({ after, next });
}

async function readExport(document, lines, trust, report) {
  const tree = new GrowingTree();
  const order = { latest: Number.NEGATIVE_INFINITY };
  const unsealed = [];
  let ended = false;
  document.roots = new Map();
  for await (const line of lines) {
    const item = parsed(line);
    if (item?.end === true) ended = true;
    else if (item?.position === undefined) item?.fact && unsealed.push(item.fact);
    else {
      while (tree.size < item.position) {
        report.say('leaf_missing', { position: tree.size });
        tree.add(Buffer.alloc(HASH_BYTES));
      }
      const sealed = Buffer.from(item.leaf, 'base64');
      tree.add(sealed);
      if (trust.sizes.has(tree.size)) document.roots.set(tree.size, tree.root());
      checkFact(document, item, (leaf) => leaf.equals(sealed), order, trust, report);
      document.leaves.set(item.position, { fact_id: item.fact_id, leaf: sealed });
    }
  }
  for (const { id, recorded_at } of unsealed) {
    if (Date.parse(recorded_at) >= order.latest - trust.tolerance_ms) continue;
    report.say('unsealed', { fact: id, at: recorded_at });
  }
  document.pending = unsealed.length;
  document.complete = ended && tree.size === document.size;
  if (!document.complete) report.say('cut_short', { file: document.file });
  else if (!tree.root().equals(document.root)) report.say('wrong_root', {});
}

/** Pages of one download stand under one checkpoint: together they may be all that a party has. */
function joinPages(documents) {
  const joined = new Map();
  for (const document of documents) {
    const mark = `${document.format} ${document.size} ${document.root.toString('hex')}`;
    const known = document.format === 'jingwei-proofs/1' ? joined.get(mark) : undefined;
    if (known === undefined) {
      joined.set(joined.has(mark) ? `${mark} ${document.file}` : mark, document);
      continue;
    }
    for (const [position, leaf] of document.leaves) known.leaves.set(position, leaf);
    known.pages.push(...document.pages);
  }
  for (const document of joined.values()) {
    if (document.format !== 'jingwei-proofs/1') continue;
    const starts = new Set(document.pages.map(({ after }) => after));
    document.complete =
      starts.has(null) && document.pages.every(({ next }) => next === null || starts.has(next));
  }
  return [...joined.values()].sort((one, other) => one.size - other.size);
}

/** Each checkpoint must lead to the next larger one; what was kept must still be there. */
function compare(documents, proofs, report) {
  for (const [at, newer] of documents.entries()) {
    const older = documents[at - 1];
    if (older) checkConsistency(older, newer, documents, proofs, report);
    for (const before of documents.slice(0, at)) compareLeaves(before, newer, report);
  }
}

function checkConsistency(older, newer, documents, proofs, report) {
  const [from, to] = [older.size, newer.size];
  const whole = documents.find(({ roots }) => roots?.has(from) && roots.has(to));
  const given = proofs.find((proof) => proof.from === from && proof.to === to);
  const hashes = given?.proof.map((hash) => Buffer.from(hash, 'base64')) ?? [];
  let holds;
  if (from === to) holds = older.root.equals(newer.root);
  else if (given) holds = isConsistent(older, newer, hashes);
  else if (whole) {
    holds = whole.roots.get(from).equals(older.root) && whole.roots.get(to).equals(newer.root);
  }
  if (holds === undefined) report.say('not_shown', { from, to });
  else if (!holds) report.say('inconsistent', { from, to });
}

function compareLeaves(older, newer, report) {
  for (const [position, { fact_id, leaf }] of older.leaves) {
    const now = newer.leaves.get(position);
    if (now === undefined) {
      if (newer.complete) report.say('removed', { fact: fact_id, position });
    } else if (leaf && now.leaf && !leaf.equals(now.leaf)) {
      report.say('changed', { fact: fact_id, position });
    }
  }
}

/**
 * A first look at the files: at which sizes checkpoints were signed, for an export is asked for its
 * root at each of them, and the first key that a file names.
 */
async function survey(files) {
  const sizes = new Set();
  let key = null;
  for (const file of files) {
    const lines = [];
    for await (const line of linesOf(file)) {
      lines.push(line);
      if (lines.length === 3 || line.startsWith('{')) break;
    }
    const head = parsed(lines[0] ?? '');
    const size = parseCheckpoint(head?.checkpoint ?? lines.join('\n'))?.size;
    if (size !== undefined) sizes.add(size);
    key ??= parseKey(head?.key ?? '');
  }
  return { sizes, key };
}

/** Verifies files together. `keys` are verifier keys that are trusted; without one, the files'. */
export async function verifyFiles(files, { keys = [], tolerance_minutes = 15 } = {}) {
  const report = new Report();
  const { sizes, key } = await survey(files);
  const trust = {
    keys: keys.length > 0 || key === null ? keys : [key],
    origin: null,
    tolerance_ms: tolerance_minutes * 60_000,
    sizes,
  };
  const read = [];
  for (const file of files) {
    const document = await readDocument(file, trust, report);
    if (document) read.push(document);
  }
  const proofs = read.filter(({ format }) => format === 'jingwei-consistency/1');
  const documents = joinPages(read.filter((one) => !proofs.includes(one)));
  if (documents.length > 0) compare(documents, proofs, report);
  return { findings: report.findings, documents, keys: trust.keys };
}

function print({ findings, documents, keys }, wasGiven) {
  for (const { kind, fact, position, zh, en } of findings) {
    const where = fact ? ` ${fact}${position === undefined ? '' : ` (#${position})`}` : '';
    console.log(`✗ ${kind}${where}\n  ${zh}\n  ${en}`);
  }
  const newest = documents.at(-1);
  const count = new Set(documents.flatMap(({ leaves }) => [...leaves.keys()])).size;
  if (findings.length === 0 && newest) {
    console.log(
      `✓ 已验证 ${count} 件事实，检查点大小 ${newest.size}，全部与封存一致\n` +
        `✓ ${count} facts verified under the checkpoint of size ${newest.size}: all as sealed`,
    );
    if (newest.pending) {
      console.log(`  另有 ${newest.pending} 件待封存 / ${newest.pending} more wait for their seal`);
    }
  }
  if (!wasGiven && keys[0]) {
    console.log(
      `! 公钥取自文件本身，请与您以前存下的核对 / the key came with the file: compare it with ` +
        `the one you have kept, or give it by --key\n  ${keys[0].text}`,
    );
  }
}

const USAGE = 'node verify.mjs [--key <verifier key>] [--tolerance <minutes>] <file> …';

async function main(words) {
  const files = [];
  const keys = [];
  let tolerance_minutes = 15;
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '--key') keys.push(parseKey(words[++at] ?? ''));
    else if (words[at] === '--tolerance') tolerance_minutes = Number(words[++at]);
    else files.push(words[at]);
  }
  if (files.length === 0 || keys.includes(null) || !(tolerance_minutes >= 0)) {
    console.error(`用法 usage: ${USAGE}`);
    return 2;
  }
  const result = await verifyFiles(files, { keys, tolerance_minutes });
  print(result, keys.length > 0);
  return result.findings.length === 0 && result.documents.length > 0 ? 0 : 1;
}

const started = process.argv[1];
if (started && import.meta.url === pathToFileURL(realpathSync(started)).href) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 2;
    },
  );
}
