import { z } from 'zod';
import { instant, limits, longText, shortText, uuid } from '../../kernel/index.ts';
import { linkTypeNames } from './link-types.ts';

/** What an owner may show besides the product's name, its own and what is recalled. */
export const pageParts = ['lots', 'dates', 'origin', 'journey', 'storage', 'epcis'] as const;
export type PagePart = (typeof pageParts)[number];
export const placeDetails = ['none', 'region', 'name'] as const;

const MOST_URL = 1_000;

/** An address that a browser may be sent to: https, no log-in in it, no odd characters. */
function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return protocol === 'https:' && username === '' && password === '' && hostname.includes('.');
}

export const ownLink = z.object({
  type: z.enum(linkTypeNames),
  href: z
    .string()
    .trim()
    .max(MOST_URL)
    .refine(isSafeAddress, '请填写 https:// 开头的完整网址|give a whole address, with https://')
    // As it travels in a header: whatever else it is written in is percent-encoded.
    .overwrite((text) => (URL.canParse(text) ? new URL(text).href : text)),
  title_zh: shortText,
  title_en: shortText.optional(),
  /** The language of what it leads to; left out where it is in several, or in none. */
  language: z.enum(['zh', 'en']).optional(),
  /** A scan leads here at once, and not to the page. */
  is_default: z.boolean().default(false),
});
export type OwnLink = z.output<typeof ownLink>;

export const pageSettings = z.object({
  is_shared: z.boolean(),
  parts: z.array(z.enum(pageParts)).max(pageParts.length).default([]),
  /** How exactly places are told: not at all, by province, or by the names of own places. */
  place_detail: z.enum(placeDetails).default('region'),
  links: z
    .array(ownLink)
    .max(limits.consumer_links)
    .refine(
      (links) => links.filter((link) => link.is_default).length <= 1,
      '默认链接只能有一个|only one link can be the default',
    )
    .default([]),
});
export type PageSettings = z.output<typeof pageSettings>;

/** How a product is shown to consumers, as its owner sees it. */
export const consumerPage = z
  .object({
    product_id: uuid,
    name_zh: z.string(),
    name_en: z.string(),
    gtin: z.string().nullable(),
    ...pageSettings.shape,
    links: z.array(
      ownLink.extend({ href: z.string(), title_zh: z.string(), title_en: z.string().optional() }),
    ),
    /** Whether a company prefix of the owner's covers the GTIN: without it nothing is shared. */
    owns_gtin: z.boolean(),
    /** Where the product's code leads, from the root of this platform; null without a GTIN. */
    path: z.string().nullable(),
    /** The same as codes on packs have it, where the operator has said the address. */
    address: z.string().nullable(),
    /** Lots of which the owner has stock, the freshest first: to look at the page with. */
    recent_lots: z.array(z.string()),
    changed_at: instant.nullable(),
  })
  .meta({ id: 'ConsumerPage' });
export type ConsumerPage = z.output<typeof consumerPage>;

export const newWarning = z.object({
  /** None is all lots. */
  lots: z.array(z.string().trim().min(1).max(20)).max(limits.consumer_warning_lots).default([]),
  reason_zh: longText,
  reason_en: longText.optional(),
  action_zh: longText,
  action_en: longText.optional(),
  contact: shortText.optional(),
});

export const consumerWarning = z
  .object({
    id: uuid,
    product_id: uuid,
    lots: z.array(z.string()),
    reason_zh: z.string(),
    reason_en: z.string(),
    action_zh: z.string(),
    action_en: z.string(),
    contact: z.string().nullable(),
    published_at: instant,
    withdrawn_at: instant.nullable(),
  })
  .meta({ id: 'ConsumerWarning' });
export type ConsumerWarning = z.output<typeof consumerWarning>;

/** An own product that a recall lists, and how far consumers were told of its lots. */
export const recallProduct = z
  .object({
    product_id: uuid,
    name_zh: z.string(),
    name_en: z.string(),
    /** Lots of it that the recall lists; and whether it lists things without a lot besides. */
    lot_count: z.int(),
    has_unnamed: z.boolean(),
    /** Whether a scan leads to a page: only there can consumers be told anything. */
    is_shared: z.boolean(),
    /** Lots of which no warning that stands tells, as many as one warning may name; and all. */
    untold: z.array(z.string()),
    untold_count: z.int(),
    is_told: z.boolean(),
  })
  .meta({ id: 'RecallProduct' });
export type RecallProduct = z.output<typeof recallProduct>;

export const previewQuery = z.object({
  lot: z.string().trim().max(20).optional(),
  language: z.enum(['zh', 'en']).default('zh'),
});
