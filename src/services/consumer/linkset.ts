import { linkTypeNames, VOCABULARY } from './link-types.ts';
import type { Language, Level, ResolverLink } from './links.ts';

/** The context that turns a linkset into JSON-LD, where GS1 keeps it. */
export const LINKSET_CONTEXT = 'https://ref.gs1.org/standards/resolver/linkset-context';

/**
 * The links of an identity as a linkset in JSON (RFC 9264, 4.2), an object for each level: with the
 * types' full names as relations, as the GS1-Conformant Resolver Standard 1.2 asks. The default
 * link has an address and a title and nothing else.
 */
export function writeLinkset(levels: readonly Level[], language: Language): string {
  return JSON.stringify({ linkset: levels.map((level) => contextOf(level, language)) });
}

function contextOf({ anchor, description, links, default_link }: Level, language: Language) {
  const target = ({ href, title, media_type, languages }: ResolverLink) => ({
    href,
    title: title[language],
    type: media_type,
    ...(languages.length > 0 ? { hreflang: languages } : {}),
  });
  const relations = linkTypeNames.flatMap((name) => {
    const targets = links.filter(({ type }) => type === name).map(target);
    return targets.length > 0 ? [[`${VOCABULARY}${name}`, targets] as const] : [];
  });
  const { href, title } = default_link;
  return {
    anchor,
    description: description[language],
    ...Object.fromEntries(relations),
    [`${VOCABULARY}defaultLink`]: [{ href, title: title[language] }],
  };
}
