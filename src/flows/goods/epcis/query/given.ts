import { eventTypes, isEventType } from '../event.ts';
import { isInstant } from '../instant.ts';
import { plainDecimal } from '../plain-decimal.ts';
import { expandUri, extensionName, type Reading } from '../reading.ts';

/** A parameter's values as texts, and what JSON said of their kind; a URL says only texts. */
export type Given = {
  name: string;
  values: readonly string[];
  kind: 'url' | 'list' | 'text' | 'number' | 'boolean' | 'null';
  /** The kind of the items of a list. */
  items: 'text' | 'number' | 'mixed';
};

export type Asking = Reading & { fail(name: string, zh: string, en: string): undefined };

/** The values of a list; a fault where JSON gave one value or other kinds. */
export function listOf(given: Given, asking: Asking, items: 'text' | 'number'): readonly string[] {
  const isList = given.kind === 'list' && (given.values.length === 0 || given.items === items);
  if (given.kind !== 'url' && !isList) {
    const what = items === 'text' ? 'texts' : 'numbers';
    asking.fail(given.name, '应为列表。', `Here goes a list of ${what}.`);
    return [];
  }
  if (items === 'number') for (const value of given.values) checkNumber(value, given, asking);
  return given.values;
}

function checkNumber(value: string, { name }: Given, asking: Asking): void {
  if (plainDecimal(value) === undefined) asking.fail(name, '应为数字。', 'Here goes a number.');
}

export function uriList(given: Given, asking: Asking): string[] {
  return listOf(given, asking, 'text').map((value) => {
    const uri = expandUri(asking, value);
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(uri)) {
      asking.fail(given.name, `“${value}”不是 URI。`, `"${value}" is no URI.`);
    }
    return uri;
  });
}

export function numberOf(given: Given, asking: Asking): string {
  const [value = ''] = given.values;
  if (given.kind !== 'url' && given.kind !== 'number') {
    asking.fail(given.name, '应为一个数字。', 'Here goes one number.');
  } else if (given.values.length !== 1) {
    asking.fail(given.name, '只能有一个值。', 'One value alone may stand here.');
  } else checkNumber(value, given, asking);
  return value;
}

export function instantOf(given: Given, asking: Asking): string {
  const [value = ''] = given.values;
  const isKind = given.kind === 'url' || given.kind === 'text';
  if (!isKind || given.values.length !== 1 || !isInstant(value)) {
    const en = 'Here goes one time with its offset, such as 2026-11-26T09:30:00+08:00.';
    asking.fail(given.name, '应为一个带时区的时间。', en);
  }
  return value;
}

export function eventTypeList(given: Given, asking: Asking): string[] {
  return listOf(given, asking, 'text').map((value) => {
    const type = isEventType(value) ? value : extensionName(asking, value);
    if (type !== undefined) return type;
    const en = `An event type is one of ${eventTypes.join(', ')}, or a URI.`;
    asking.fail(given.name, `没有“${value}”这种事件。`, en);
    return value;
  });
}

/** EXISTS asks by its name alone: JSON gives it null or a whole number, a URL whatever it likes. */
export function checkFlag({ name, kind, values }: Given, asking: Asking): void {
  const isWhole = kind === 'number' && /^-?[0-9]+$/.test(values[0] ?? '');
  if (kind === 'url' || kind === 'null' || isWhole) return;
  asking.fail(name, '应为 null。', 'Here goes null: the name says it all.');
}
