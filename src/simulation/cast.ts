import type { NewProduct } from '../flows/commerce/index.ts';
import type { NewPlace } from '../flows/goods/index.ts';
import { type ChainRole, completeUscc, gs1CheckDigit } from '../kernel/index.ts';

/** A party of the play, before it is on the platform. All of them are made up. */
export type Member = {
  key: string;
  name_zh: string;
  name_en: string;
  roles: readonly ChainRole[];
  /** First two places of the 统一社会信用代码: 91 firm, 92 sole trader, 93 co-operative. */
  registry: '91' | '92' | '93' | '12' | '51';
  size: 'micro' | 'small' | 'medium' | 'large';
  lon: number;
  lat: number;
  place: NewPlace['kind'] | null;
};

type Material = {
  supplier: string;
  product: NewProduct;
  unit: string;
  price: string;
  tax_rate: string;
  /** How much the maker orders at a time, in `unit`. */
  lot: readonly [number, number];
};

/** Around the made-up city: parties stand where their kind usually does. */
const city = { lon: 113.62, lat: 34.75 };
const at = (dx: number, dy: number) => ({
  lon: Number((city.lon + dx).toFixed(4)),
  lat: Number((city.lat + dy).toFixed(4)),
});

export const maker: Member = {
  key: 'maker',
  name_zh: 'SN食品',
  name_en: 'SN Foods',
  roles: ['core', 'manufacturer'],
  registry: '91',
  size: 'large',
  ...at(0.05, 0.04),
  place: 'cold_store',
};

/** The maker's GS1 company prefix: GS1 keeps those that begin with 952 for examples. */
export const makersPrefix = '9521234';

/** A location number under the maker's prefix, another one for each play. */
export function makersGln(seed: number): string {
  const digits = `${makersPrefix}${String(seed % 100_000).padStart(5, '0')}`;
  return `${digits}${gs1CheckDigit(digits)}`;
}

type Spec = [string, string, string, Member['registry'], Member['size'], number, number];

const supplierSpecs: Spec[] = [
  ['flour1', '第一面粉厂', 'First Flour Mill', '91', 'medium', 0.3, 0.21],
  ['flour2', '第二面粉厂', 'Second Flour Mill', '91', 'small', -0.35, 0.16],
  ['meat1', '第一肉联厂', 'First Meat Plant', '91', 'medium', 0.42, -0.3],
  ['meat2', '第二肉联厂', 'Second Meat Plant', '91', 'medium', -0.2, -0.42],
  ['meat3', '城南屠宰场', 'South Slaughterhouse', '91', 'small', 0.1, -0.5],
  ['veg1', '青禾蔬菜合作社', 'Qinghe Vegetable Co-op', '93', 'small', -0.5, 0.3],
  ['veg2', '河滩蔬菜合作社', 'Hetan Vegetable Co-op', '93', 'micro', 0.55, 0.33],
  ['sesame', '芝麻加工坊', 'Sesame Works', '92', 'micro', -0.44, -0.22],
  ['sugar', '北仓糖业', 'North Sugar', '91', 'small', 0.05, 0.48],
  ['rice', '糯米加工厂', 'Glutinous Rice Mill', '91', 'small', -0.6, -0.05],
  ['pack1', '一号包装厂', 'Packaging One', '91', 'small', 0.25, 0.4],
  ['pack2', '二号包装厂', 'Packaging Two', '91', 'micro', 0.62, -0.1],
];

export const suppliers: Member[] = supplierSpecs.map(([key, zh, en, registry, size, dx, dy]) => ({
  key,
  name_zh: zh,
  name_en: en,
  roles: ['supplier'],
  registry,
  size,
  ...at(dx, dy),
  place: null,
}));

const others: [string, string, string, ChainRole, Member['registry'], number, number][] = [
  ['store1', '东区冷冻仓', 'East Frozen Store', 'warehouse', '91', 0.2, 0.05],
  ['store2', '西区冷冻仓', 'West Frozen Store', 'warehouse', '91', -0.22, 0.02],
  ['truck1', '甲冷链运输', 'Cold Haulier A', 'carrier', '91', 0.12, -0.12],
  ['truck2', '乙冷链运输', 'Cold Haulier B', 'carrier', '91', -0.1, 0.14],
  ['truck3', '丙货运个体户', 'Haulier C', 'carrier', '92', 0.02, -0.2],
  ['lender', '示范商业银行', 'Demo Bank', 'lender', '91', 0.01, 0.01],
  ['association', '速冻食品协会', 'Frozen Food Association', 'association', '51', 0.0, 0.03],
  ['statistics', '市统计局(演示)', 'City Statistics (demo)', 'statistician', '12', 0.0, 0.0],
];

export const bystanders: Member[] = others.map(([key, zh, en, role, registry, dx, dy]) => ({
  key,
  name_zh: zh,
  name_en: en,
  roles: [role],
  registry,
  size: 'medium',
  ...at(dx, dy),
  place: null,
}));

/** `count` dealers around the city, in a spiral; the last ones far away. */
export function dealersOf(count: number): Member[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = i * 2.4;
    const far = 0.3 + (i / count) * 1.6;
    return {
      key: `dealer${i + 1}`,
      name_zh: `${i + 1}号经销商`,
      name_en: `Dealer ${i + 1}`,
      roles: ['dealer'],
      registry: '91',
      size: i % 3 === 0 ? 'small' : 'micro',
      ...at(Math.cos(angle) * far, Math.sin(angle) * far * 0.8),
      place: 'cold_store',
    };
  });
}

/** `each` shops for every dealer, near it. */
export function shopsOf(dealers: readonly Member[], each: number): (Member & { dealer: string })[] {
  return dealers.flatMap((dealer, d) =>
    Array.from({ length: each }, (_, i) => ({
      key: `shop${d * each + i + 1}`,
      name_zh: `门店${String(d * each + i + 1).padStart(3, '0')}`,
      name_en: `Shop ${d * each + i + 1}`,
      roles: ['shop' as const],
      registry: '92' as const,
      size: 'micro' as const,
      lon: Number((dealer.lon + 0.05 * Math.cos(i * 1.7)).toFixed(4)),
      lat: Number((dealer.lat + 0.05 * Math.sin(i * 1.7)).toFixed(4)),
      place: null,
      dealer: dealer.key,
    })),
  );
}

const frozen = { temperature_min_c: '-25', temperature_max_c: '-18' };

/** Classes of GB/T 4754-2017 of what members make and do, by their kind. */
const industryOf: Readonly<Record<string, string>> = {
  ...{ maker: '1432', dealer: '5121', truck: '5431', store: '5930' },
  ...{ flour: '1312', meat: '1351', veg: '0141', sesame: '1469', sugar: '1340', rice: '1311' },
  ...{ pack1: '2231', pack2: '2926' },
};

export const industryClassOf = (key: string): string | undefined =>
  industryOf[key] ?? industryOf[key.replace(/\d+$/, '')];

/** What the maker buys. Prices are of the order of 2026 wholesale prices, rounded. */
export const materials: Material[] = [
  material(
    'flour1',
    'MF-25',
    '饺子专用粉 25 kg',
    'Dumpling flour 25 kg',
    'XBG',
    '98.00',
    [300, 700],
  ),
  material('flour2', 'MF-10', '高筋粉 10 kg', 'Strong flour 10 kg', 'XBG', '42.50', [200, 500]),
  material(
    'meat1',
    'PK-25',
    '冷冻前腿肉 25 kg',
    'Frozen pork shoulder 25 kg',
    'CT',
    '530.00',
    [120, 360],
  ),
  material(
    'meat2',
    'PW-25',
    '冷冻五花肉 25 kg',
    'Frozen pork belly 25 kg',
    'CT',
    '610.00',
    [80, 240],
  ),
  material('meat3', 'PF-20', '冷冻板油 20 kg', 'Frozen leaf fat 20 kg', 'CT', '245.00', [30, 120]),
  material('veg1', 'JC-10', '鲜韭菜 10 kg', 'Chinese chives 10 kg', 'CT', '52.00', [150, 400]),
  material('veg2', 'BC-15', '大白菜 15 kg', 'Chinese cabbage 15 kg', 'CT', '24.00', [200, 600]),
  material(
    'sesame',
    'ZM-20',
    '黑芝麻酱 20 kg',
    'Black sesame paste 20 kg',
    'CT',
    '720.00',
    [20, 90],
  ),
  material('sugar', 'BT-50', '白砂糖 50 kg', 'White sugar 50 kg', 'XBG', '330.00', [40, 140]),
  material(
    'rice',
    'NM-25',
    '水磨糯米粉 25 kg',
    'Glutinous rice flour 25 kg',
    'XBG',
    '165.00',
    [120, 420],
  ),
  material('pack1', 'ZX-01', '彩印纸箱', 'Printed cartons', 'C62', '3.85', [5_000, 16_000]),
  material('pack2', 'PM-01', '速冻食品袋', 'Frozen food bags', 'C62', '0.32', [40_000, 120_000]),
];

function material(
  supplier: string,
  code: string,
  name_zh: string,
  name_en: string,
  unit: string,
  price: string,
  lot: readonly [number, number],
): Material {
  const isFrozen = name_zh.startsWith('冷冻');
  const isFarm = supplier.startsWith('veg') || isFrozen;
  return {
    supplier,
    product: {
      code,
      name_zh,
      name_en,
      unit,
      shelf_life_days: isFrozen ? 365 : supplier.startsWith('veg') ? 7 : 270,
      ...(isFrozen ? frozen : {}),
      industry_class: industryClassOf(supplier),
    },
    unit,
    price,
    tax_rate: isFarm || supplier.startsWith('flour') || supplier === 'rice' ? '0.09' : '0.13',
    lot,
  };
}

/** What the maker sells. `season` gives the weight of a month in a year, January first. */
export const goodsSold = [
  sold(
    'SJ-PORK',
    '9521234001010',
    '猪肉白菜水饺 10 kg',
    'Pork dumplings 10 kg',
    '148.00',
    winterMost(),
  ),
  sold(
    'SJ-CHIVE',
    '9521234001027',
    '韭菜鸡蛋水饺 10 kg',
    'Chive dumplings 10 kg',
    '132.00',
    winterMost(),
  ),
  sold(
    'SJ-SEA',
    '9521234001034',
    '三鲜水饺 10 kg',
    'Three-treasure dumplings 10 kg',
    '176.00',
    winterMost(),
  ),
  sold(
    'TY-SESAME',
    '9521234001041',
    '黑芝麻汤圆 8 kg',
    'Sesame tangyuan 8 kg',
    '139.00',
    peakAt(0, 1, 11),
  ),
  sold(
    'TY-PEANUT',
    '9521234001058',
    '花生汤圆 8 kg',
    'Peanut tangyuan 8 kg',
    '128.00',
    peakAt(0, 1, 11),
  ),
  sold('ZZ-DATE', '9521234001065', '蜜枣粽 6 kg', 'Date zongzi 6 kg', '118.00', peakAt(4, 5, 5)),
];

function sold(
  code: string,
  gtin: string,
  name_zh: string,
  name_en: string,
  price: string,
  season: number[],
) {
  const product: NewProduct = {
    code,
    gtin,
    name_zh,
    name_en,
    unit: 'CT',
    shelf_life_days: 365,
    industry_class: '1432',
    ...frozen,
  };
  return { product, price, season };
}

function winterMost(): number[] {
  return [1.3, 1.5, 1, 0.8, 0.8, 0.7, 0.7, 0.8, 1, 1.1, 1.3, 1.6];
}

function peakAt(...months: number[]): number[] {
  return Array.from({ length: 12 }, (_, month) => (months.includes(month) ? 2.4 : 0.5));
}

/** A valid 统一社会信用代码 that no register holds: region 410199, a running number. */
export function codeOf(member: Member, serial: number): string {
  const body = (90_000_000 + serial).toString();
  return completeUscc(`${member.registry}410199${body}`);
}
