import { Decimal, findUnit } from '../../../../kernel/index.ts';
import { plainDecimal } from '../plain-decimal.ts';

/**
 * Measurements compared across units of UN/ECE Recommendation 20. Both sides are brought to a
 * common measure by a product and a sum alone, never by a quotient, so that the comparison is
 * exact. The kernel's table of trade units is taken further by what sensors report.
 */
type Measure = { dimension: string; factor: string; offset?: string };

// Nine kelvin are nine degrees Celsius and 81/5 of Fahrenheit: in ninths, all three are whole.
const SENSOR_UNITS: Readonly<Record<string, Measure>> = {
  KEL: { dimension: 'temperature', factor: '9' },
  CEL: { dimension: 'temperature', factor: '9', offset: '273.15' },
  FAH: { dimension: 'temperature', factor: '5', offset: '459.67' },
  MTS: { dimension: 'speed', factor: '3.6' },
  KNT: { dimension: 'speed', factor: '1.852' },
  HM: { dimension: 'speed', factor: '1.609344' },
  // A pound-force is 4.4482216152605 N, a square inch 0.00064516 m²: in pascals times that all end.
  PS: { dimension: 'pressure', factor: '4.4482216152605' },
  PAL: { dimension: 'pressure', factor: '0.00064516' },
  A97: { dimension: 'pressure', factor: '0.064516' },
  MBR: { dimension: 'pressure', factor: '0.064516' },
  KPA: { dimension: 'pressure', factor: '0.64516' },
  BAR: { dimension: 'pressure', factor: '64.516' },
  ATM: { dimension: 'pressure', factor: '65.370837' },
  MPA: { dimension: 'pressure', factor: '645.16' },
  // In joules, of which a kilowatt hour has a whole number.
  JOU: { dimension: 'energy', factor: '1' },
  KJO: { dimension: 'energy', factor: '1000' },
  '3B': { dimension: 'energy', factor: '1000000' },
  WHR: { dimension: 'energy', factor: '3600' },
  KWH: { dimension: 'energy', factor: '3600000' },
  MWH: { dimension: 'energy', factor: '3600000000' },
  A93: { dimension: 'mass concentration', factor: '1' },
  GP: { dimension: 'mass concentration', factor: '0.001' },
  M1: { dimension: 'mass concentration', factor: '1' },
  GL: { dimension: 'mass concentration', factor: '1000' },
  KMQ: { dimension: 'mass concentration', factor: '1000' },
  C26: { dimension: 'time', factor: '0.001' },
  HTZ: { dimension: 'frequency', factor: '1' },
  KHZ: { dimension: 'frequency', factor: '1000' },
  MHZ: { dimension: 'frequency', factor: '1000000' },
  VLT: { dimension: 'voltage', factor: '1' },
  '2Z': { dimension: 'voltage', factor: '0.001' },
  KVT: { dimension: 'voltage', factor: '1000' },
  AMP: { dimension: 'current', factor: '1' },
  '4K': { dimension: 'current', factor: '0.001' },
  LUX: { dimension: 'illuminance', factor: '1' },
  KLX: { dimension: 'illuminance', factor: '1000' },
};

function measureOf(unit: string): Measure | undefined {
  const known = Object.hasOwn(SENSOR_UNITS, unit) ? SENSOR_UNITS[unit] : undefined;
  if (known) return known;
  const found = findUnit(unit);
  return found?.factor ? { dimension: found.dimension, factor: found.factor } : undefined;
}

/** As many digits as two decimals of 400 can need, so that nothing is rounded. */
const Exact = Decimal.clone({ precision: 1_700 });

/** Where a scale begins says nothing of a difference: 0.3 degrees apart are 0.3 kelvin apart. */
export type MeasuredKind = 'value' | 'difference';

/**
 * Negative, zero or positive as one quantity is less than, equal to or more than another. Undefined
 * where they do not compare: units of different dimensions, an unknown unit beside another, or none
 * beside one.
 */
export function compareMeasures(
  one: { value: string; unit?: string | undefined },
  other: { value: string; unit?: string | undefined },
  kind: MeasuredKind = 'value',
): number | undefined {
  const [left, right] = [plainDecimal(one.value), plainDecimal(other.value)];
  if (left === undefined || right === undefined) return undefined;
  if (one.unit === other.unit) return new Exact(left).comparedTo(right);
  if (one.unit === undefined || other.unit === undefined) return undefined;
  const [from, to] = [measureOf(one.unit), measureOf(other.unit)];
  if (from === undefined || to?.dimension !== from.dimension) return undefined;
  const common = (value: string, { factor, offset = '0' }: Measure) =>
    new Exact(value).plus(kind === 'value' ? offset : '0').times(factor);
  return common(left, from).comparedTo(common(right, to));
}
