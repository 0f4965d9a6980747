import type { EpcisEvent, Place, QuantityElement, SensorElement, TypedId } from './event.ts';
import type { PrefixLength } from './identity/company-prefix.ts';
import { type EpcFormat, inFormat } from './identity/identity.ts';

/**
 * An event with its identities in the writing that a client asks for (`GS1-EPC-Format`). What has
 * no such writing stays as it was sent: a key without a known company prefix has no EPC URN, say.
 */
export function eventInFormat(
  event: EpcisEvent,
  format: EpcFormat,
  prefixLength: PrefixLength,
): EpcisEvent {
  if (format === 'Never_Translates' || format === 'No_Preference') return event;
  const uri = (written: string): string => {
    const found = inFormat(written, format, prefixLength);
    return found.ok ? found.value : written;
  };
  const place = ({ id, ...rest }: Place): Place => ({ id: uri(id), ...rest });
  const amount = ({ epcClass, ...rest }: QuantityElement) => ({ epcClass: uri(epcClass), ...rest });
  const measured = ({ sensorMetadata, sensorReport, ...rest }: SensorElement): SensorElement => ({
    ...(sensorMetadata === undefined ? {} : { sensorMetadata: identified(sensorMetadata, uri) }),
    sensorReport: sensorReport.map((report) => identified(report, uri)),
    ...rest,
  });
  const typed = ({ id, ...rest }: TypedId): TypedId => ({ ...rest, id: uri(id) });
  return {
    ...event,
    ...mapped(event, ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'], uri),
    ...mapped(
      event,
      ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'],
      amount,
    ),
    ...mapped(event, ['bizTransactionList', 'sourceList', 'destinationList'], typed),
    ...mapped(event, ['sensorElementList'], measured),
    ...(event.parentID === undefined ? {} : { parentID: uri(event.parentID) }),
    ...(event.transformationID === undefined
      ? {}
      : { transformationID: uri(event.transformationID) }),
    ...(event.readPoint === undefined ? {} : { readPoint: place(event.readPoint) }),
    ...(event.bizLocation === undefined ? {} : { bizLocation: place(event.bizLocation) }),
  };
}

/** What says which device measured, by what, and where that is kept: GIAI, GDTI and the like. */
const IDENTITIES = ['deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'];

/** A part of sensor data with its identities in another writing. */
function identified<Part extends object>(part: Part, uri: (written: string) => string): Part {
  const written = Object.entries(part).map(([field, value]) => [
    field,
    IDENTITIES.includes(field) && typeof value === 'string' ? uri(value) : value,
  ]);
  return Object.fromEntries(written) as Part;
}

function mapped<Field extends keyof EpcisEvent, Item>(
  event: EpcisEvent,
  fields: readonly Field[],
  map: (item: Item) => Item,
): Partial<EpcisEvent> {
  const lists = fields.flatMap((field) => {
    const list = event[field] as readonly Item[] | undefined;
    return list === undefined ? [] : [[field, list.map(map)] as const];
  });
  return Object.fromEntries(lists) as Partial<EpcisEvent>;
}
