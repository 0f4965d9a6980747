import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { beforeAll, expect, test } from 'vitest';
import { makeRelease, type Publication } from './release.ts';
import { sdmxMessage } from './sdmx.ts';

const schemaFile = join(
  import.meta.dirname,
  '../../../../../shared/data/observatory/sdmx-json-data-schema.json',
);
if (!existsSync(schemaFile)) {
  process.stderr.write(`SKIPPED: the SDMX-JSON 2.0.0 schema is not in ${schemaFile}\n`);
}

const codes = (parent: string, leaves: readonly string[]) => [
  { code: parent, parent: null, is_shown: true },
  ...leaves.map((code) => ({ code, parent, is_shown: true })),
];
let out: Publication;
beforeAll(async () => {
  const sizes: Record<string, number> = { '豫/x': 1, '豫/y': 4, '鲁/x': 5, '鲁/y': 3 };
  out = await makeRelease({
    kind: 'jingwei-release-source',
    definition: { id: 'output', version: '2', title: '产值' },
    variables: ['region', '行业'],
    rules: { frequency: { n: 3, margin: 0.1 }, p_percent: 10 },
    vintage: {
      name: '2026-Q1',
      layouts: [
        {
          name: 'main',
          dimensions: [
            { variable: 'region', codes: codes('全国', ['豫', '鲁']) },
            { variable: '行业', codes: codes('T', ['x', 'y']) },
          ],
        },
      ],
      contributions: Object.entries(sizes).flatMap(([cell, size]) =>
        Array.from({ length: size }, (_, at) => ({
          unit: `${cell}${at}`,
          holding: null,
          keys: cell.split('/'),
          value: 20 + at,
        })),
      ),
    },
    earlier: [],
  });
});
const message = () => sdmxMessage(out, { sender: '统计局', prepared: '2026-05-01T01:00:00.000Z' });

test('a message read back by its own structure is the release', () => {
  const states: Record<string, string> = { F: 'published', C: 'primary', D: 'secondary' };
  const { structures, dataSets } = message().data;
  const read = dataSets.map(({ structure, observations }) => {
    const { dimensions, attributes } = structures[structure] as (typeof structures)[number];
    const [status, rules] = attributes.observation;
    const statuses = (status?.values ?? []) as { id: string }[];
    const words = (rules?.values ?? []) as { value: string }[];
    return Object.entries(observations).map(([key, [value, confidential, rule]]) => ({
      codes: key.split(':').map((at, d) => dimensions.observation[d]?.values[Number(at)]?.name),
      value,
      state: states[statuses[confidential ?? -1]?.id ?? ''],
      rules: (words[rule ?? -1]?.value ?? '?').split(' ').filter(Boolean),
    }));
  });
  const sorted = (cells: readonly object[]) => cells.map((one) => JSON.stringify(one)).toSorted();
  // How many firms a cell is of is no attribute of the message.
  const cells = out.tables[0]?.cells.map(({ contributors: _, ...cell }) => cell) ?? [];
  expect(sorted(read[0] ?? [])).toEqual(sorted(cells));
  expect(out.tables[0]?.cells.filter(({ state }) => state !== 'published').length).toBe(4);
});

test('identifiers are identifiers of SDMX, whatever the codes are', () => {
  const [structure] = message().data.structures;
  for (const { id, values } of structure?.dimensions.observation ?? []) {
    expect(id).toMatch(/^[A-Za-z][A-Za-z0-9_-]*$/);
    for (const value of values) expect(value.id).toMatch(/^[A-Za-z0-9_@$-]+$/);
    expect(new Set(values.map((value) => value.id)).size).toBe(values.length);
  }
});

test.skipIf(!existsSync(schemaFile))(
  'a message holds against the schema of SDMX-JSON 2.0.0',
  () => {
    const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    expect(validate(JSON.parse(JSON.stringify(message()))) ? [] : validate.errors).toEqual([]);
  },
);
