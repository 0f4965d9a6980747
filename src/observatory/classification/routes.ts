import { z } from 'zod';
import { bilingual, businessDate, route } from '../../kernel/index.ts';
import { concepts } from './concepts.ts';
import { editions } from './editions.ts';
import { getIndustry, type Industry, industriesOn } from './industry.ts';
import { findIndustry } from './search.ts';
import { sectorOf } from './three-sectors.ts';

const industry = z
  .object({
    code: z.string(),
    parent: z.string().nullable(),
    section: z.string(),
    name: z.string(),
    level: z.int(),
    /** 1, 2 or 3 by the 三次产业划分规定; null above the lowest level. */
    sector: z.string().nullable(),
    /** How well it fits what was searched for; null where nothing was. */
    score: z.number().nullable(),
  })
  .meta({ id: 'IndustryClass' });

const provenance = z.object({
  status: z.enum(['published', 'converted', 'unverified']),
  citation: bilingual,
});

const edition = z
  .object({
    id: z.string(),
    scheme: z.string(),
    name: bilingual,
    document: z.string(),
    base: z.string().nullable(),
    valid_from: businessDate,
    valid_until: businessDate.nullable(),
    provenance,
    coverage: z.enum(['whole', 'part', 'heads']),
    missing: bilingual.nullable(),
  })
  .meta({ id: 'ClassificationEdition' });

const concept = z
  .object({
    id: z.string(),
    version: z.string(),
    valid_from: businessDate,
    name: bilingual,
    definition: bilingual,
    provenance,
  })
  .meta({ id: 'Concept' });

const classQuery = z.object({
  /** A plain phrase, as 冷链运输. */
  search: z.string().trim().max(100).optional(),
  /** The classes right under a code; the sections where it is left out. */
  under: z.string().max(4).optional(),
  /** Codes with commas between them, as `C,51,8111`: what each is called. */
  codes: z.string().max(400).optional(),
});

const shown = (one: Industry, score: number | null) => ({
  ...one,
  sector: one.level === 4 ? sectorOf(one.code) : null,
  score,
});

function listClasses({ search, under, codes }: z.output<typeof classQuery>) {
  const all = industriesOn();
  const { id } = all.edition;
  if (codes) {
    const named = [...new Set(codes.split(','))].map((code) => getIndustry(all, code));
    return { edition: id, verdict: null, items: named.map((one) => shown(one, null)) };
  }
  if (search) {
    const { verdict, matches } = findIndustry(search, all);
    const items = matches.map((one) => shown(getIndustry(all, one.code), one.score));
    return { edition: id, verdict, items };
  }
  const parent = under === undefined ? null : getIndustry(all, under).code;
  const items = [...all.byCode.values()].filter((one) => one.parent === parent);
  return { edition: id, verdict: null, items: items.map((one) => shown(one, null)) };
}

export const routes = [
  route({
    id: 'industry_class.list',
    method: 'GET',
    path: '/api/v1/observatory/classes',
    permission: 'classification.class.read',
    summary: {
      zh: '查找行业小类',
      en: 'Classes of industries, by a phrase, a code, or level by level',
    },
    query: classQuery,
    reply: z.object({
      edition: z.string(),
      verdict: z.enum(['clear', 'several', 'none']).nullable(),
      items: z.array(industry),
    }),
    faults: ['classification.class_unknown'],
    run: async (_, { query }) => listClasses(query),
  }),
  route({
    id: 'classification.editions',
    method: 'GET',
    path: '/api/v1/observatory/editions',
    permission: 'classification.class.read',
    summary: {
      zh: '分类标准的版本、来源和缺口',
      en: 'Editions, their sources, and what is missing',
    },
    reply: z.object({ items: z.array(edition), concepts: z.array(concept) }),
    faults: [],
    run: async () => ({ items: [...editions], concepts: [...concepts] }),
  }),
];
