/**
 * What people scan and type for a thing, as the identity under which events name it: a GS1 Digital
 * Link, an EPC URN, an element string with or without brackets, or the bare number of a product or
 * a pallet. Undefined where it is none of these.
 */
export function itemOf(typed: string): string | undefined {
  const text = typed.trim();
  if (/^(https?:\/\/|urn:)\S+$/.test(text)) return text;
  const compact = text.replace(/^\]C1|^\]d2|^\]Q3/, '').replace(/\s/g, '');
  const bracketed = /^\((00|01)\)(\d+)((?:\((?:10|21)\)[^()]+)*)$/.exec(compact);
  if (bracketed) {
    const [, key = '', number = '', rest = ''] = bracketed;
    const qualifiers = [...rest.matchAll(/\((10|21)\)([^()]+)/g)].map(([, name, value]) => {
      return [name, value] as const;
    });
    return linkOf(key, number, qualifiers);
  }
  if (/^00\d{18}$/.test(compact)) return linkOf('00', compact.slice(2), []);
  if (/^\d{18}$/.test(compact)) return linkOf('00', compact, []);
  const element = /^01(\d{14})(?:(10|21)([!-~]{1,20}))?$/.exec(compact);
  if (element) {
    const [, gtin = '', name, value] = element;
    return linkOf('01', gtin, name && value ? [[name, value]] : []);
  }
  return /^(\d{8}|\d{12,14})$/.test(compact) ? linkOf('01', compact, []) : undefined;
}

function linkOf(
  key: string,
  number: string,
  qualifiers: readonly (readonly [string | undefined, string | undefined])[],
): string {
  const value = key === '01' ? number.padStart(14, '0') : number;
  const rest = qualifiers.map(([name, text = '']) => `/${name}/${encodeURIComponent(text)}`);
  return `https://id.gs1.org/${key}/${value}${rest.join('')}`;
}

/** The parts of a canonical identity that people know it by. */
export type ThingName = {
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  sscc: string | null;
  /** The location or the party that it names, where it names one. */
  gln: string | null;
  /** One of our own ids. */
  uuid: string | null;
};

const decoded = (text: string | undefined): string | null => {
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export function nameInUri(uri: string): ThingName {
  const part = (name: string) =>
    decoded(new RegExp(`^https://id\\.gs1\\.org/(?:.*/)?${name}/([^/?]+)`).exec(uri)?.[1]);
  const [, uuid, lot] = /^urn:uuid:([0-9a-f-]{36})(?:\?lot=(.+))?$/.exec(uri) ?? [];
  return {
    gtin: part('01'),
    lot: part('10') ?? decoded(lot),
    serial: part('21'),
    sscc: part('00'),
    gln: part('414') ?? part('417'),
    uuid: uuid ?? null,
  };
}
