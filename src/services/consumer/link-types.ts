import type { Bilingual } from '../../kernel/index.ts';

/** Where the link types of the GS1 Web Vocabulary have their full names. */
export const VOCABULARY = 'https://ref.gs1.org/voc/';

/** Link types of the GS1 Web Vocabulary that an owner can give links of, with words for people. */
export const linkTypes = {
  pip: { zh: '商品介绍', en: 'About the product' },
  certificationInfo: { zh: '认证与检验', en: 'Certificates' },
  ingredientsInfo: { zh: '配料', en: 'Ingredients' },
  nutritionalInfo: { zh: '营养成分', en: 'Nutrition' },
  allergenInfo: { zh: '过敏原', en: 'Allergens' },
  recipeInfo: { zh: '吃法与食谱', en: 'Recipes' },
  instructions: { zh: '使用说明', en: 'Instructions' },
  consumerHandlingStorageInfo: { zh: '贮存与保管', en: 'Storage' },
  safetyInfo: { zh: '安全须知', en: 'Safety' },
  sustainabilityInfo: { zh: '环境与回收', en: 'Sustainability, recycling' },
  traceability: { zh: '追溯', en: 'Traceability' },
  recallStatus: { zh: '召回信息', en: 'Recalls' },
  faqs: { zh: '常见问题', en: 'Questions and answers' },
  support: { zh: '售后与客服', en: 'Support' },
  hasRetailers: { zh: '哪里有售', en: 'Where to buy' },
  promotion: { zh: '活动', en: 'Offers' },
  review: { zh: '评价', en: 'Reviews' },
  socialMedia: { zh: '关注我们', en: 'Follow us' },
  masterData: { zh: '商品主数据', en: 'Master data' },
  epcis: { zh: '物流事件(EPCIS)', en: 'Events (EPCIS)' },
} as const satisfies Record<string, Bilingual>;

export type LinkType = keyof typeof linkTypes;
export const linkTypeNames = Object.keys(linkTypes) as [LinkType, ...LinkType[]];

const PREFIXES = [
  'gs1:',
  VOCABULARY,
  'https://gs1.org/voc/',
  'http://gs1.org/voc/',
  'https://www.gs1.org/voc/',
];

/**
 * What a request asks for by `linkType`: all links at once, the default one, one type, or a type
 * that nobody has here. A type is written as a CURIE, as a full URI of either of the vocabulary's
 * addresses, or bare. `all` is the older word for `linkset` (GS1-Conformant Resolver Standard 1.2).
 */
export function readLinkType(text: string): 'linkset' | 'default' | LinkType | 'unknown' {
  if (text === 'linkset' || text === 'all') return 'linkset';
  const prefix = PREFIXES.find((one) => text.startsWith(one)) ?? '';
  const name = text.slice(prefix.length);
  if (name === 'defaultLink') return 'default';
  return Object.hasOwn(linkTypes, name) ? (name as LinkType) : 'unknown';
}
