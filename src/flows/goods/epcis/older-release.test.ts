import { describe, expect, it } from 'vitest';
import { eventHash } from './event-hash.ts';
import { readEpcis } from './read.ts';
import { writeEpcisJson } from './write-json.ts';
import { writeEpcisXml, writeOlderEpcisXml } from './write-xml.ts';

/** What a manufacturer's serialisation system of 2018 still sends. */
const older = `<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" xmlns:own="http://ns.example.com/x/"
  xmlns:sbdh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
  schemaVersion="1.2" creationDate="2026-11-26T09:30:00Z">
<EPCISHeader>
  <sbdh:StandardBusinessDocumentHeader>
    <sbdh:HeaderVersion>1.0</sbdh:HeaderVersion>
    <sbdh:Sender><sbdh:Identifier Authority="GS1">urn:epc:id:sgln:4012345.00005.0</sbdh:Identifier>
      <sbdh:ContactInformation><sbdh:Contact>Lin</sbdh:Contact></sbdh:ContactInformation>
    </sbdh:Sender>
    <sbdh:Receiver><sbdh:Identifier>urn:epc:id:sgln:0614141.00001.0</sbdh:Identifier>
    </sbdh:Receiver>
    <sbdh:DocumentIdentification><sbdh:Standard>EPCglobal</sbdh:Standard>
      <sbdh:TypeVersion>1.0</sbdh:TypeVersion><sbdh:InstanceIdentifier>77</sbdh:InstanceIdentifier>
      <sbdh:Type>Events</sbdh:Type>
      <sbdh:CreationDateAndTime>2026-11-26T09:30:00Z</sbdh:CreationDateAndTime>
    </sbdh:DocumentIdentification>
  </sbdh:StandardBusinessDocumentHeader>
  <extension><EPCISMasterData><VocabularyList>
    <Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList>
      <VocabularyElement id="urn:epc:id:sgln:4012345.00005.0">
        <attribute id="urn:epcglobal:cbv:mda:name">水饺厂</attribute>
        <children><id>urn:epc:id:sgln:4012345.00005.1</id></children>
      </VocabularyElement></VocabularyElementList></Vocabulary>
  </VocabularyList></EPCISMasterData></extension>
</EPCISHeader>
<EPCISBody><EventList>
  <ObjectEvent>
    <eventTime>2026-11-26T09:30:00+08:00</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <baseExtension><eventID>urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518</eventID>
      <errorDeclaration><declarationTime>2026-11-26T10:00:00+08:00</declarationTime>
        <reason>urn:epcglobal:cbv:er:incorrect_data</reason></errorDeclaration></baseExtension>
    <epcList/>
    <action>ADD</action>
    <bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
    <extension>
      <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.L1</epcClass>
        <quantity>20.50</quantity><uom>KGM</uom></quantityElement></quantityList>
      <sourceList>
        <source type="urn:epcglobal:cbv:sdt:location">urn:epc:id:sgln:4012345.00005.0</source>
      </sourceList>
      <ilmd><own:batch>L1</own:batch></ilmd>
      <extension><shelf>A <b>7</b></shelf></extension>
    </extension>
    <own:line own:unit="no">3</own:line>
  </ObjectEvent>
  <QuantityEvent>
    <eventTime>2026-11-26T09:40:00+08:00</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <epcClass>urn:epc:idpat:sgtin:4012345.098765.*</epcClass><quantity>12</quantity>
    <bizStep>urn:epcglobal:cbv:bizstep:cycle_counting</bizStep>
  </QuantityEvent>
  <extension><TransformationEvent>
    <eventTime>2026-11-26T09:50:00+08:00</eventTime>
    <eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <inputQuantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.012345.L1</epcClass>
      </quantityElement></inputQuantityList>
    <outputEPCList><epc>urn:epc:id:sgtin:4012345.011111.9876</epc></outputEPCList>
  </TransformationEvent></extension>
</EventList></EPCISBody></epcis:EPCISDocument>`;

function read(text: string) {
  const { document, problems } = readEpcis(new TextEncoder().encode(text));
  expect(problems).toEqual([]);
  if (!document) throw new Error('nothing was read');
  return document;
}

describe('release 1.2', () => {
  it('is read without its wrapping and without a loss', () => {
    const document = read(older);
    expect(document.events.map(({ type }) => type)).toEqual([
      'ObjectEvent',
      'ObjectEvent',
      'TransformationEvent',
    ]);
    const [made, counted] = document.events;
    expect(made).toMatchObject({
      eventID: 'urn:uuid:fd338495-0e6d-41dd-afee-a862ecd32518',
      errorDeclaration: { reason: 'urn:epcglobal:cbv:er:incorrect_data' },
      quantityList: [{ quantity: '20.50', uom: 'KGM' }],
      ilmd: [{ name: '{http://ns.example.com/x/}batch', text: 'L1' }],
    });
    expect(made?.extensions?.map(({ name }) => name)).toEqual([
      '{urn:epcglobal:epcis:xsd:1}shelf',
      '{http://ns.example.com/x/}line',
    ]);
    expect(counted).toMatchObject({ action: 'OBSERVE', quantityList: [{ quantity: '12' }] });
    expect(document.masterData[0]?.elements[0]?.children).toHaveLength(1);
    expect(JSON.stringify(document.sbdh)).toContain('Lin');
  });

  it('goes through JSON and XML 2.0 and back, with header, master data and mixed text', () => {
    const document = read(older);
    const json = writeEpcisJson(document);
    expect(JSON.parse(json)).toMatchObject({
      sender: 'urn:epc:id:sgln:4012345.00005.0',
      instanceIdentifier: '77',
    });
    const again = read(writeEpcisXml(read(json)).xml);
    expect(again.sbdh).toEqual(document.sbdh);
    expect(again.masterData).toEqual(document.masterData);
    expect(again.events.map(eventHash)).toEqual(document.events.map(eventHash));
    const back = writeOlderEpcisXml(again);
    if (!back.ok) throw new Error(back.reason.en);
    expect(back.value.lost).toEqual([]);
    for (const part of [
      '<epcList/>',
      '<shelf>A <b>7</b></shelf>',
      '<own:line own:unit="no">3</own:line>',
      '<bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>',
      'schemaVersion="1.2"',
    ]) {
      expect(back.value.xml).toContain(part);
    }
    const third = read(back.value.xml);
    expect({ ...third, schemaVersion: '' }).toEqual({ ...document, schemaVersion: '' });
  });

  it('says what it cannot hold, and refuses what it cannot say at all', () => {
    const document = read(older);
    const [event] = document.events;
    if (!event) throw new Error('nothing was read');
    const newer = { ...event, persistentDisposition: { set: ['recalled'] } };
    const written = writeOlderEpcisXml({ ...document, events: [newer] });
    expect(written.ok && written.value.lost.map(({ path }) => path)).toEqual([
      'eventList[0].persistentDisposition',
    ]);
    const joined = { ...event, type: 'AssociationEvent' };
    expect(writeOlderEpcisXml({ ...document, events: [joined] })).toMatchObject({
      ok: false,
      reason: { en: expect.stringContaining('AssociationEvent') },
    });
  });
});
