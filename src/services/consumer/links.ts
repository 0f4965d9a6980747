import { canonicalIdentity, type Gs1Identity, writeDigitalLink } from '../../flows/goods/index.ts';
import type { Bilingual } from '../../kernel/index.ts';
import { type LinkType, linkTypes } from './link-types.ts';
import { type PublicPage, tellsDanger } from './public-page.ts';

export type Language = 'zh' | 'en';

/** A link as a resolver knows it: where to, of what type, and in which languages. */
export type ResolverLink = {
  readonly type: LinkType;
  readonly href: string;
  readonly title: Bilingual;
  readonly media_type: string;
  readonly languages: readonly Language[];
  /** Whether the owner gave it, and not this platform. */
  readonly is_own: boolean;
};

/** The links of one level of an identity: of the lot or the thing, or of the product. */
export type Level = {
  /** The identity whose links they are, in our own address. */
  readonly anchor: string;
  readonly description: Bilingual;
  readonly links: readonly ResolverLink[];
  /** Where a scan leads that asks for nothing else. */
  readonly default_link: Pick<ResolverLink, 'href' | 'title'>;
};

/** Where the page of an identity stands. */
export const pageAddress = (origin: string, identity: Gs1Identity): string =>
  writeDigitalLink(identity, `${origin}/about`);

/**
 * Whether a plain scan leads to an address of the owner's; never where there is a danger to tell.
 */
export function ownDefault(page: PublicPage): string | null {
  if (tellsDanger(page)) return null;
  return page.links.find(({ is_default }) => is_default)?.href ?? null;
}

const both = ['zh', 'en'] as const;

/** What this platform itself has of an identity. */
function hosted(page: PublicPage, origin: string, identity: Gs1Identity): ResolverLink[] {
  const at = pageAddress(origin, identity);
  const on = (type: LinkType, href: string): ResolverLink => ({
    ...{ type, href, title: linkTypes[type] },
    ...{ media_type: 'text/html', languages: both, is_own: false },
  });
  const { origin: made, steps } = page.journey;
  const item = encodeURIComponent(canonicalIdentity(writeDigitalLink(identity)));
  return [
    on('pip', at),
    ...(made !== null || steps.length > 0 ? [on('traceability', `${at}#journey`)] : []),
    on('recallStatus', `${at}#recall`),
    ...(page.has_epcis
      ? [
          {
            ...on('epcis', `${origin}/epcis/epcs/${item}/events`),
            ...{ media_type: 'application/ld+json', languages: [] },
          },
        ]
      : []),
  ];
}

/**
 * All links of what was scanned, the finest level first, up to the product (GS1-Conformant Resolver
 * Standard 1.2: links of every level up to the primary key). The owner's own stand before ours.
 * @param origin our own address, or nothing where it is not known: then links are relative to it
 */
export function levelsOf(page: PublicPage, identity: Gs1Identity, origin: string | null): Level[] {
  const product: Gs1Identity = { ...identity, qualifiers: [] };
  const own = page.links.map(
    ({ type, href, title_zh, title_en, language }): ResolverLink => ({
      ...{ type, href, title: { zh: title_zh, en: title_en ?? title_zh } },
      ...{ media_type: 'text/html', languages: language === undefined ? [] : [language] },
      is_own: true,
    }),
  );
  const level = (of: Gs1Identity, links: readonly ResolverLink[]): Level => ({
    anchor: writeDigitalLink(of, origin ?? undefined),
    description: described(page, of),
    links: [...links, ...hosted(page, origin ?? '', of)],
    default_link: { href: ownDefault(page) ?? pageAddress(origin ?? '', of), title: page.name },
  });
  const isProduct = identity.qualifiers.length === 0;
  return [...(isProduct ? [] : [level(identity, [])]), level(product, own)];
}

function described({ name }: PublicPage, { qualifiers }: Gs1Identity): Bilingual {
  const fine = qualifiers.map(([key, value]) => ` (${key}) ${value}`).join('');
  return { zh: `${name.zh}${fine}`, en: `${name.en}${fine}` };
}

/**
 * The link of a type that fits a reader best: one that the owner gave, in the reader's language,
 * else in none or several, else the first; without one, this platform's own of the finest level.
 */
export function chooseLink(
  levels: readonly Level[],
  type: LinkType,
  language: Language,
): ResolverLink | undefined {
  const rank = ({ is_own, languages }: ResolverLink) => {
    if (!is_own) return 3;
    return languages.length === 0 ? 1 : languages.includes(language) ? 0 : 2;
  };
  return levels
    .flatMap(({ links }) => links)
    .filter((one) => one.type === type)
    .toSorted((one, other) => rank(one) - rank(other))[0];
}
