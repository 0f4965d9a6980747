import { industriesOn } from '../classification/index.ts';
import type { InvoiceLine } from './line.ts';
import { readContracts, readLines } from './line-reading.ts';
import type { Contract, Grounds } from './revenue-split.ts';

/** What a line really was: classes with the part of its money that each has. */
export type Truth = Readonly<Record<string, number>>;
export type Case = {
  readonly firm: string;
  readonly lines: readonly InvoiceLine[];
  readonly contracts: ReadonlyMap<string, Contract>;
  /** By line number; lines that are no revenue are not there. */
  readonly truth: ReadonlyMap<number, Truth>;
};

const code = (prefix: string) => prefix.padEnd(19, '0');

/**
 * name | net in 10,000 yuan | tax prefix | class in the catalogue | contract | what it really was
 */
type Told = readonly [
  name: string,
  net: number,
  tax: string,
  industry: string,
  contract: string,
  truth: Truth | null,
];

function caseOf(firm: string, told: readonly Told[], obligations: readonly string[] = []): Case {
  const rows = told.map(([name, net, tax, industry, contract], at) => {
    const day = `2021-${String(1 + (at % 12)).padStart(2, '0')}-15`;
    const tax_code = tax === '' ? '' : code(tax);
    const product = /^\w+ /.exec(name)?.[0].trim() ?? '';
    const fields = [firm, `${firm}-${at + 1}`, 1, day, name, net * 10_000, product];
    return [...fields, industry, tax_code, contract].join(',');
  });
  const heads = 'firm,invoice,line_no,issued_on,name,net,product,industry,tax_code,contract';
  const numbered = rows.map((row, at) => row.replace(`${firm}-${at + 1},1,`, `${firm},${at + 1},`));
  const promised = obligations.map((row) => {
    const [contract, name, price, industry = '', tax = ''] = row.split('|');
    return [contract, name, price, industry, tax === '' ? '' : code(tax)].join(',');
  });
  return {
    firm,
    lines: readLines([heads, ...numbered].join('\n')),
    contracts:
      promised.length === 0
        ? new Map()
        : readContracts(['contract,name,price,industry,tax_code', ...promised].join('\n')),
    truth: new Map(told.flatMap(([, , , , , truth], at) => (truth ? [[at + 1, truth]] : []))),
  };
}

/**
 * The seven firms of the survey's cases, by its pseudonyms. What they sell is the survey's; the
 * amounts (10,000 yuan a year) and the truth behind them are made up for the tests.
 */
export const sevenCases: readonly Case[] = [
  caseOf(
    'ZJLY',
    [
      ['M1 成套装备', 6_000, '109', '3511', '', { '3511': 1 }],
      ['设备维保', 1_600, '202', '', '', { '4330': 1 }],
      ['工业互联网平台年费', 800, '30402', '', '', { '6431': 1 }],
      ['精益生产咨询', 300, '30406', '', '', { '7249': 1 }],
      ['成套解决方案', 3_000, '', '', 'T1', { '3511': 0.64, '4910': 0.08, '4330': 0.28 }],
    ],
    ['T1|成套装备|2000|3511|109', 'T1|安装|200-300|4910|305', 'T1|三年运维|600-900|4330|202'],
  ),
  caseOf('SN', [
    ['D1 速冻水饺', 9_000, '103', '1432', '', { '1432': 1 }],
    ['D2 外购肉品', 1_000, '101', '5124', '', { '5124': 1 }],
    ['冷链配送', 800, '301', '', '', { '5432': 1 }],
    ['供应链协同平台服务', 200, '30408', '', '', { '7224': 1 }],
  ]),
  caseOf('YT', [
    ['B1 新能源客车', 40_000, '109', '3612', '', { '3612': 1 }],
    ['B2 配件', 9_000, '109', '', '', { '3670': 0.4, '5172': 0.6 }],
    ['4S中心站维修', 5_000, '202', '', '', { '8112': 1 }],
    ['智能车联网服务', 2_500, '30402', '', '', { '6532': 1 }],
    ['B1 新能源客车 退货', -1_000, '109', '3612', '', { '3612': 1 }],
  ]),
  caseOf('KX', [
    ['疫苗冷藏运输', 4_000, '301', '', '', { '5432': 1 }],
    ['冷库仓储', 2_000, '30404', '', '', { '5930': 1 }],
    ['K1 冷藏箱', 1_000, '109', '', '', { '3464': 0.5, '5179': 0.5 }],
  ]),
  caseOf(
    'DX',
    [
      ['F1 定制家具', 7_000, '105', '2110', '', { '2110': 1 }],
      ['室内设计', 900, '30403', '7492', '', { '7492': 1 }],
      ['*旅游服务*工厂参观', 100, '', '', '', { '7869': 1 }],
      ['整屋方案', 4_000, '', '', 'H1', { '2110': 0.7, '7492': 0.2, '5012': 0.1 }],
    ],
    ['H1|家具|70|2110|105', 'H1|设计||7492|30403', 'H1|安装|10|5012|305'],
  ),
  caseOf(
    'HXN',
    [
      ['J1 鲜枣', 800, '101', '', '', { '0159': 0.75, '5123': 0.25 }],
      ['J2 枣片', 3_000, '103', '1373', '', { '1373': 1 }],
      ['J3 干果礼盒', 1_200, '103', '', '', { '1373': 0.6, '5225': 0.4 }],
      ['J4 外购特产', 900, '103', '5223', '', { '5223': 1 }],
      ['枣博园门票', 300, '30703', '', '', { '7861': 1 }],
      ['研学培训', 150, '30702', '', '', { '8399': 1 }],
      ['保鲜仓储', 200, '30404', '', '', { '5951': 1 }],
      ['品牌授权', 250, '4', '', '', { '7520': 1 }],
      ['枣园植保托管', 100, '', '', '', { '0515': 1 }],
      ['储值卡', 400, '601', '', '', null],
      ['认养枣树', 500, '', '', 'A1', { '0159': 0.58, '0515': 0.27, '9030': 0.15 }],
      ['J2 枣片 红字', -100, '103', '1373', '', { '1373': 1 }],
      ['电商平台服务', 180, '30402', '', '', { '6432': 1 }],
    ],
    ['A1|鲜枣|300|0159|101', 'A1|管护|100-180|0515|', 'A1|游园|60-100|9030|30703'],
  ),
  caseOf(
    'ZZWT',
    [
      ['W1 新胎', 5_000, '107', '2911', '', { '2911': 1 }],
      ['W2 翻新胎', 2_000, '202', '', '', { '2911': 1 }],
      ['全生命周期托管', 3_500, '', '', 'L1', { '2911': 0.55, '8112': 0.45 }],
      ['救援补胎', 500, '202', '', '', { '8112': 1 }],
    ],
    ['L1|新胎|50|2911|107', 'L1|按公里服务|35-60|8112|202', 'L1|翻新|10-20|2911|107'],
  ),
];

export const wholeYear = { from: '2021-01', to: '2021-12' } as const;

export const groundsOf = ({ contracts }: Case, more: Partial<Grounds> = {}): Grounds => ({
  industries: industriesOn(),
  contracts,
  decisions: [],
  ...more,
});
