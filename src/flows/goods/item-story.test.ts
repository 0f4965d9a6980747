import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentOf, openRepository, type Repository } from './binding/testing.ts';
import { storyOfItem } from './item-story.ts';

let repository: Repository;
beforeAll(async () => {
  repository = await openRepository({ maker: 'supplier', dealer: 'core', rival: 'core' });
});
afterAll(() => repository.close());

const link = (lot: string) => `https://id.gs1.org/01/06901234000016/10/${lot}`;

async function capture(type: string, body: string) {
  const headers = { 'content-type': `application/${type}` };
  const said = await repository.send('maker', 'POST', '/capture', { headers, body });
  expect(said.status, said.body).toBe(202);
}

const inJson = (lot: string) =>
  documentOf([
    {
      type: 'ObjectEvent',
      eventTime: '2026-03-02T01:00:00Z',
      eventTimeZoneOffset: '+08:00',
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [{ epcClass: link(lot), quantity: 5, uom: 'KGM' }],
      ilmd: { 'cbvmda:productionDate': '2026-02-28', 'cbvmda:bestBeforeDate': '2027-02-28' },
    },
  ]);

const inXml = (lot: string) => `<?xml version="1.0"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:cbvmda="urn:epcglobal:cbv:mda"
    schemaVersion="2.0" creationDate="2026-03-02T01:00:00Z">
  <EPCISBody><EventList><ObjectEvent>
    <eventTime>2026-03-02T01:00:00Z</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <epcList/>
    <action>ADD</action>
    <bizStep>https://ref.gs1.org/cbv/BizStep-commissioning</bizStep>
    <quantityList><quantityElement>
      <epcClass>${link(lot)}</epcClass><quantity>5</quantity><uom>KGM</uom>
    </quantityElement></quantityList>
    <ilmd>
      <cbvmda:productionDate>2026-02-28</cbvmda:productionDate>
      <cbvmda:bestBeforeDate>2027-02-28</cbvmda:bestBeforeDate>
    </ilmd>
  </ObjectEvent></EventList></EPCISBody>
</epcis:EPCISDocument>`;

test('a lot has the dates that its maker wrote, in JSON as in XML', async () => {
  await capture('json', inJson('J'));
  await capture('xml', inXml('X'));
  for (const lot of ['J', 'X']) {
    const story = await repository.as('maker', (tx) => storyOfItem(tx, link(lot), null));
    expect(story, lot).toMatchObject({ produced_on: '2026-02-28', best_before: '2027-02-28' });
  }
});
