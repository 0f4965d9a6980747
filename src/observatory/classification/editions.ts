import type { Edition } from './edition.ts';
import { fault } from './faults.ts';

const nameOnly = (document: string) => ({
  zh: `${document}：只有名称和文号`,
  en: `${document}: name and document only`,
});

const NOT_HAD = {
  zh: '国民经济行业对应表未能取得，没有凭记忆编造；请装入国家统计局公布的附件。',
  en: 'Its table against GB/T 4754 could not be had and is not made up: import the annex.',
};

/** Every edition that the registry knows, also those of which little is here. */
export const editions: readonly Edition[] = [
  {
    id: 'gbt4754-2011',
    scheme: 'industry',
    name: { zh: '国民经济行业分类(2011)', en: 'Industrial classification, 2011' },
    document: 'GB/T 4754-2011',
    base: null,
    valid_from: '2011-11-01',
    valid_until: '2017-09-30',
    provenance: { status: 'unverified', citation: { zh: 'GB/T 4754-2011', en: 'GB/T 4754-2011' } },
    coverage: 'heads',
    missing: {
      zh: '2011 版只用来识别旧表，不提供类目：同一代码在两版中可能是不同行业。',
      en: 'Known only so that an old list is told: one code may be two industries.',
    },
  },
  {
    id: 'gbt4754-2017',
    scheme: 'industry',
    name: { zh: '国民经济行业分类(2017)', en: 'Industrial classification, 2017' },
    document: 'GB/T 4754-2017',
    base: null,
    valid_from: '2017-10-01',
    valid_until: '2019-03-28',
    provenance: {
      status: 'converted',
      citation: {
        zh: 'GB/T 4754-2017，20／97／473／1,381 类；十一个名称经过订正，见 README',
        en: 'GB/T 4754-2017, 20 / 97 / 473 / 1,381; eleven names are mended, see README',
      },
    },
    coverage: 'whole',
    missing: null,
  },
  {
    id: 'gbt4754-2017-xg1',
    scheme: 'industry',
    name: {
      zh: '国民经济行业分类(2017，按第1号修改单)',
      en: 'Industrial classification, 2017 as amended in 2019',
    },
    document: 'GB/T 4754-2017/XG1-2019',
    base: 'gbt4754-2017',
    valid_from: '2019-03-29',
    valid_until: null,
    provenance: {
      status: 'unverified',
      citation: {
        zh: 'GB/T 4754-2017/XG1-2019：公布为 1,382 小类；923 中类凭记忆',
        en: 'GB/T 4754-2017/XG1-2019: 1,382 classes as published; group 923 from memory',
      },
    },
    coverage: 'whole',
    missing: {
      zh: '修改单原文未能取得：1 382 个小类的总数见公开说明；923 中类的三个小类凭记忆，请核对。',
      en:
        'The amendment itself could not be had: that there are 1,382 classes is published, the ' +
        'three classes of group 923 are from memory.',
    },
  },
  {
    id: 'three-sectors-2018',
    scheme: 'three-sectors',
    name: { zh: '三次产业划分规定(2018修订)', en: 'Division into three sectors, 2018' },
    document: '国统设管函〔2018〕74号',
    base: 'gbt4754-2017',
    valid_from: '2018-03-23',
    valid_until: null,
    provenance: {
      status: 'published',
      citation: {
        zh: '三次产业划分规定 第二条：A 中的 05、B 中的 11、C 中的 43 属第三产业（文号和日期凭记忆）',
        en:
          '三次产业划分规定, article 2: the third sector takes in 05 of A, 11 of B and 43 of C ' +
          '(document number and day from memory)',
      },
    },
    coverage: 'whole',
    missing: null,
  },
  {
    id: 'size-2017',
    scheme: 'enterprise-size',
    name: {
      zh: '统计上大中小微型企业划分办法(2017)',
      en: 'Sizes of enterprises in statistics, 2017',
    },
    document: '国统字〔2017〕213号',
    base: 'gbt4754-2017',
    valid_from: '2017-12-28',
    valid_until: null,
    provenance: {
      status: 'unverified',
      citation: {
        zh: '国统字〔2017〕213号 附件（界限出自工信部联企业〔2011〕300号）：凭记忆',
        en: '国统字〔2017〕213号, annex (bounds of 工信部联企业〔2011〕300号): from memory',
      },
    },
    coverage: 'whole',
    missing: null,
  },
  {
    id: 'tax-classes',
    scheme: 'tax-classes',
    name: { zh: '商品和服务税收分类编码', en: 'Tax classification of goods and services' },
    document: '国家税务总局公告2016年第23号、2017年第45号',
    base: null,
    valid_from: '2016-05-01',
    valid_until: null,
    provenance: {
      status: 'unverified',
      citation: {
        zh: '19 位、十级；六篇有公布文本，其余凭记忆',
        en: '19 digits in ten levels; the six parts are published, the rest is from memory',
      },
    },
    coverage: 'part',
    missing: {
      zh: '只有6篇、劳务和服务的上层类目；货物各类目请导入税务总局最新编码表。',
      en:
        'The six parts, and the upper levels of labour and services. Import the newest table of ' +
        'the tax administration for goods.',
    },
  },
  {
    id: 'regions-2260',
    scheme: 'regions',
    name: { zh: '中华人民共和国行政区划代码', en: 'Codes of administrative divisions' },
    document: 'GB/T 2260-2007',
    base: null,
    valid_from: '2008-02-01',
    valid_until: null,
    provenance: {
      status: 'published',
      citation: {
        zh: 'GB/T 2260-2007：34 个省级代码',
        en: 'GB/T 2260-2007: the 34 codes of provinces',
      },
    },
    coverage: 'heads',
    missing: {
      zh: '只有34个省级代码；市县代码逐年变动，请导入民政部当年的代码表。',
      en: 'Provinces only: cities and counties change yearly, so import the list of the year.',
    },
  },
  {
    id: 'producer-services-2019',
    scheme: 'producer-services',
    name: { zh: '生产性服务业统计分类(2019)', en: 'Producer services, 2019' },
    document: '国统字〔2019〕43号',
    base: 'gbt4754-2017',
    valid_from: '2019-04-01',
    valid_until: null,
    provenance: { status: 'published', citation: nameOnly('国统字〔2019〕43号') },
    coverage: 'heads',
    missing: NOT_HAD,
  },
  {
    id: 'agriculture-related-2020',
    scheme: 'agriculture-related',
    name: { zh: '农业及相关产业统计分类(2020)', en: 'Agriculture and related industries, 2020' },
    document: '国家统计局令第32号',
    base: 'gbt4754-2017',
    valid_from: '2020-12-14',
    valid_until: null,
    provenance: { status: 'published', citation: nameOnly('国家统计局令第32号') },
    coverage: 'heads',
    missing: NOT_HAD,
  },
  {
    id: 'three-new-2018',
    scheme: 'three-new',
    name: {
      zh: '新产业新业态新商业模式统计分类(2018)',
      en: 'New industries, forms and models of business, 2018',
    },
    document: '国统字〔2018〕111号',
    base: 'gbt4754-2017',
    valid_from: '2018-08-14',
    valid_until: null,
    provenance: {
      status: 'unverified',
      citation: {
        zh: '国统字〔2018〕111号：文号和日期凭记忆',
        en: '国统字〔2018〕111号: number and day from memory',
      },
    },
    coverage: 'heads',
    missing: NOT_HAD,
  },
  {
    id: 'digital-economy-2021',
    scheme: 'digital-economy',
    name: { zh: '数字经济及其核心产业统计分类(2021)', en: 'The digital economy, 2021' },
    document: '国家统计局令第33号',
    base: 'gbt4754-2017',
    valid_from: '2021-05-27',
    valid_until: null,
    provenance: {
      status: 'unverified',
      citation: {
        zh: '国家统计局令第33号：名称与 GB/T 4754 相同的五个中类',
        en: '国家统计局令第33号: five groups whose names are those of GB/T 4754',
      },
    },
    coverage: 'part',
    missing: {
      zh: '只收录与行业分类同名的五个中类；其余类目及带“*”的小类请导入官方附件。',
      en: 'Five groups that bear the names of GB/T 4754: import the annex for the others.',
    },
  },
];

/** @throws classification.edition_unknown */
export function getEdition(id: string): Edition {
  const found = editions.find((one) => one.id === id);
  if (found) return found;
  const known = editions.map((one) => one.id).join(', ');
  throw fault('classification.edition_unknown', { edition: id, known });
}

/**
 * The edition of a scheme that holds on a business day.
 * @throws classification.edition_unknown where none does
 */
export function editionOn(scheme: string, day: string): Edition {
  const found = editions.find(
    (one) =>
      one.scheme === scheme &&
      one.valid_from <= day &&
      (one.valid_until === null || day <= one.valid_until),
  );
  if (found) return found;
  const known = editions
    .filter((one) => one.scheme === scheme)
    .map((one) => `${one.id} ${one.valid_from}–${one.valid_until ?? ''}`)
    .join(', ');
  throw fault('classification.edition_unknown', { edition: `${scheme} ${day}`, known });
}

/** What is not here, edition by edition: shown beside the registry, never filled in by guess. */
export const missingParts = () => editions.filter((one) => one.missing !== null);
