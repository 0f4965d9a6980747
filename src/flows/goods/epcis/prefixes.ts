/**
 * The prefix of each namespace in a document that is being written. Whoever meets a namespace
 * without one makes it; what was made is kept apart, for JSON must declare it.
 */
export type Prefixes = {
  of: Map<string, string>;
  used: Set<string>;
  made: Record<string, string>;
};

/** From pairs of namespace and prefix; `reserved` prefixes are not given to anything else. */
export function prefixesFrom(
  pairs: Iterable<readonly [namespace: string, prefix: string]>,
  reserved: readonly string[] = [],
): Prefixes {
  const prefixes: Prefixes = { of: new Map(), used: new Set(reserved), made: {} };
  for (const [namespace, prefix] of pairs) {
    if (prefixes.used.has(prefix) || prefixes.of.has(namespace)) continue;
    prefixes.of.set(namespace, prefix);
    prefixes.used.add(prefix);
  }
  return prefixes;
}

export function prefixOf({ of, used, made }: Prefixes, namespace: string): string {
  const known = of.get(namespace);
  if (known !== undefined) return known;
  // Counting on from the number there are keeps thousands of namespaces from being slow.
  let at = of.size;
  while (used.has(`ns${at}`)) at += 1;
  const prefix = `ns${at}`;
  of.set(namespace, prefix);
  used.add(prefix);
  made[prefix] = namespace;
  return prefix;
}
