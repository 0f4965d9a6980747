import { CAC, CBC, expandName } from '../names.ts';
import type { XmlElement } from '../tree.ts';

/** What a builder may be given: an absent value leaves its element out. */
export type Part = XmlElement | undefined | null | readonly (XmlElement | undefined)[];

/** A basic element; undefined when there is nothing to say. */
export function basic(
  name: string,
  value: string | null | undefined,
  attributes: Readonly<Record<string, string | null | undefined>> = {},
): XmlElement | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const given = Object.entries(attributes).flatMap(([key, text]) =>
    text === null || text === undefined ? [] : [{ name: key, value: text }],
  );
  return {
    name: `cbc:${name}`,
    ...(given.length > 0 ? { attributes: given } : {}),
    children: [value],
  };
}

function flat(parts: readonly Part[]): XmlElement[] {
  return (parts as readonly unknown[])
    .flat()
    .filter((part): part is XmlElement => part !== undefined && part !== null);
}

/** An aggregate; undefined when all its parts are absent, for UBL knows no empty element. */
export function aggregate(name: string, ...parts: Part[]): XmlElement | undefined {
  const children = flat(parts);
  return children.length > 0 ? { name: `cac:${name}`, children } : undefined;
}

/** The document itself, with the three namespaces declared on it. */
export function documentOf(type: string, ...parts: Part[]): XmlElement {
  const name = `ubl:${type}`;
  return {
    name,
    tag: type,
    declarations: { '': expandName(name).namespace, cac: CAC, cbc: CBC },
    children: flat(parts),
  };
}
