import type { Bilingual } from '../../kernel/index.ts';
import type { Provenance } from './edition.ts';

/** What a word means wherever a number bears it. A change of meaning is a new version. */
export type Concept = {
  readonly id: string;
  readonly version: string;
  readonly valid_from: string;
  readonly name: Bilingual;
  readonly definition: Bilingual;
  readonly provenance: Provenance;
};

const CAS_14 = '《企业会计准则第14号——收入》(财会〔2017〕22号)';
const ofStandard = (zh: string, en: string) => ({
  zh: `${CAS_14} ${zh}：凭记忆`,
  en: `${CAS_14}, ${en}: from memory`,
});
const OWN = { zh: '本产品的约定', en: 'A convention of this product' };

/** The words that the split of revenue is made of. */
export const concepts: readonly Concept[] = [
  {
    id: 'revenue',
    version: '2026.1',
    valid_from: '2026-01-01',
    name: { zh: '营业收入(按开票)', en: 'Revenue, as invoiced' },
    definition: {
      zh: '期间内开出的发票净额(不含增值税)，减去红字发票；不含预付卡等不征税项目。与按履约进度确认的收入不同。',
      en:
        'What was invoiced in the period without value-added tax, less credit notes, prepaid ' +
        'cards and advances left out. Not what was earned: a long contract spreads that over time.',
    },
    provenance: { status: 'unverified', citation: OWN },
  },
  {
    id: 'service_revenue',
    version: '2018',
    valid_from: '2018-03-23',
    name: { zh: '服务收入', en: 'Service revenue' },
    definition: {
      zh: '来自第三产业各小类活动的营业收入，包括 05、11、43 大类和批发零售业。',
      en: 'Revenue from classes of the third sector: also divisions 05, 11 and 43, also trade.',
    },
    provenance: {
      status: 'published',
      citation: {
        zh: '三次产业划分规定(2018修订) 第二条；没有文件说“服务收入”就是它',
        en: '三次产业划分规定(2018修订), article 2; that 服务收入 means it, no document says',
      },
    },
  },
  {
    id: 'service_share',
    version: '2026.1',
    valid_from: '2026-01-01',
    name: { zh: '服务收入占营业收入的份额', en: 'Share of service in revenue' },
    definition: {
      zh: '服务收入除以营业收入，为区间：下限只计确定的，上限计入一切可能的。',
      en: 'Service revenue ÷ revenue, from what is certain to all that is possible.',
    },
    provenance: { status: 'unverified', citation: OWN },
  },
  {
    id: 'performance_obligation',
    version: '2017',
    valid_from: '2018-01-01',
    name: { zh: '履约义务', en: 'Performance obligation' },
    definition: {
      zh: '合同中企业向客户转让可明确区分商品或服务的承诺。',
      en: 'A promise in a contract of a good or service that is distinct.',
    },
    provenance: { status: 'unverified', citation: ofStandard('第九、十条', 'articles 9 and 10') },
  },
  {
    id: 'stand_alone_price',
    version: '2017',
    valid_from: '2018-01-01',
    name: { zh: '单独售价', en: 'Stand-alone price' },
    definition: {
      zh: '企业向客户单独销售该商品或服务的价格；打包价按各项单独售价的相对比例分摊。',
      en: 'What a thing is sold for by itself: a bundle is divided in proportion to these prices.',
    },
    provenance: {
      status: 'unverified',
      citation: ofStandard('第二十至二十二条', 'articles 20 to 22'),
    },
  },
  {
    id: 'derived_class',
    version: '2026.1',
    valid_from: '2026-01-01',
    name: { zh: '派生产业', en: 'Derived class' },
    definition: {
      zh: '对国民经济行业小类的再分类，如数字经济；带“*”的小类只有部分属于。派生产业之间会重叠，不能相加。',
      en:
        'A second sorting of the same classes, as the digital economy; of a class with "*" only ' +
        'a part belongs. Derived classes overlap and are not to be added.',
    },
    provenance: {
      status: 'published',
      citation: {
        zh: '国家统计局令第33号，据公开说明：05 大类对应 1,256 个小类',
        en: '国家统计局令第33号, by a public account: class 05 maps to 1,256 classes',
      },
    },
  },
];
