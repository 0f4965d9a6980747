/**
 * How a vocabulary names its elements, whatever prefixes a sender chose. `nameOf` and `expand` undo
 * each other; `tagOf` is what is written for a tree that was made here, `shown` what a path shows.
 */
export type XmlNames = {
  nameOf(namespace: string, local: string): string;
  expand(name: string): { namespace: string; local: string };
  tagOf(name: string): string;
  shown(name: string): string;
};

/** `{namespace}local`; a name of no namespace stands bare. */
export const plainNames: XmlNames = {
  nameOf: (namespace, local) => (namespace === '' ? local : `{${namespace}}${local}`),
  expand: expandPlainName,
  tagOf: (name) => expandPlainName(name).local,
  shown: (name) => expandPlainName(name).local,
};

function expandPlainName(name: string): { namespace: string; local: string } {
  if (!name.startsWith('{')) return { namespace: '', local: name };
  const end = name.lastIndexOf('}');
  return { namespace: name.slice(1, end), local: name.slice(end + 1) };
}
