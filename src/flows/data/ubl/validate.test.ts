import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstDifference } from '../../../kernel/index.ts';
import { readXml } from './read-xml.ts';
import type { XmlElement } from './tree.ts';
import { RULEBOOK, validate } from './validate.ts';
import { writeXml } from './write-xml.ts';

/** Documents that OASIS and OpenPEPPOL published; they lie beside the repository, not in it. */
const FOLDER = '../shared/data/ubl';
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: no published documents in ${FOLDER}`);
const examples = isThere ? readdirSync(join(FOLDER, 'examples')) : [];

function example(file: string): XmlElement {
  const outcome = readXml(readFileSync(join(FOLDER, 'examples', file)));
  if (outcome.root === undefined) throw new Error(JSON.stringify(outcome.problem));
  return outcome.root;
}

describe.skipIf(!isThere)('published documents', () => {
  it.each(examples)('%s comes in', (file) => {
    expect(validate(example(file)).errors).toEqual([]);
  });

  it.each(examples)('%s goes out equal in meaning', (file) => {
    const root = example(file);
    const again = readXml(new TextEncoder().encode(writeXml(root))).root;
    expect(again && firstDifference(root, again)).toBeUndefined();
    expect(JSON.parse(JSON.stringify(root))).toEqual(root);
  });

  it('every published rule is computed', () => {
    const rows = readFileSync(join(FOLDER, 'peppol-rules.csv'), 'utf8').split('\n').slice(1);
    const ids = rows.map((row) => row.split(',')[1]).filter((id) => id !== undefined);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => RULEBOOK[id] === undefined)).toEqual([]);
  });
});
