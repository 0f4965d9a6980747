import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { epcisVerbs } from './epcis-verbs.ts';
import type { Values } from './verb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'epcis-'));
});
afterAll(() => rm(folder, { recursive: true }));

const event = {
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  type: 'ObjectEvent',
  eventTime: '2026-11-26T09:30:00+08:00',
  eventTimeZoneOffset: '+08:00',
  epcList: ['urn:epc:id:sscc:4012345.0000000333'],
  action: 'OBSERVE',
  bizStep: 'shipping',
};
const xml = `<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" schemaVersion="2.0"
  creationDate="2026-11-26T09:30:00Z"><EPCISBody><EventList><ObjectEvent>
  <eventTime>2026-11-26T01:30:00.000Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
  <epcList><epc>https://example.cn/00/040123450000003338</epc></epcList><action>OBSERVE</action>
  <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>
  </ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>`;

async function run(verb: string, content: string, values: Values = {}) {
  const file = join(folder, 'events');
  await writeFile(file, content);
  return epcisVerbs[verb]?.runBare({} as never, { file, ...values });
}

test('two partners who wrote one event down in two ways get one hash', async () => {
  const ours = await run('epcis hash', JSON.stringify(event));
  const hash = /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/;
  expect(ours?.lines).toEqual([expect.stringMatching(hash)]);
  expect((await run('epcis hash', xml))?.lines).toEqual(ours?.lines);
  const { lines } = (await run('epcis hash', xml, { prehash: true })) ?? { lines: [] };
  expect(lines[0]).toContain('epcListepc=https://id.gs1.org/00/040123450000003338action=OBSERVE');
});

test('what cannot be read, and what breaks a rule, are refused with every place', async () => {
  await expect(run('epcis hash', '{"type":')).rejects.toMatchObject({
    code: 'goods.epcis_refused',
    errors: [{ en: expect.stringContaining('Line 1, column 9') }],
  });
  const moved = JSON.stringify({ ...event, action: 'MOVE' });
  expect((await run('epcis hash', moved))?.lines).toHaveLength(1);
  await expect(run('epcis check', moved)).rejects.toMatchObject({
    errors: [{ path: 'event.action' }],
  });
  expect((await run('epcis check', xml))?.lines[0]).toContain('1 个事件');
});
