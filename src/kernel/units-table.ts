import type { Dimension, Unit } from './units.ts';

type Row = readonly [code: string, symbol: string, zh: string, en: string, factor: string | null];

// The first unit of each dimension is its measure, with factor 1. Inch, foot, yard, pound, ounce
// and gallon are exact by definition (international yard and pound, 1959; US gallon of 231 in³).
const ROWS: Readonly<Record<Dimension, readonly Row[]>> = {
  count: [
    ['C62', '个', '个', 'one', '1'],
    ['H87', '件', '件', 'piece', '1'],
    ['EA', '只', '只', 'each', '1'],
    ['NAR', '件', '件数', 'number of articles', '1'],
    ['PR', '对', '对', 'pair', '2'],
    ['DZN', '打', '打', 'dozen', '12'],
    ['CEN', '百个', '百个', 'hundred', '100'],
    ['GRO', '罗', '罗', 'gross', '144'],
    ['MIL', '千个', '千个', 'thousand', '1000'],
  ],
  mass: [
    ['KGM', 'kg', '千克', 'kilogram', '1'],
    ['MGM', 'mg', '毫克', 'milligram', '0.000001'],
    ['GRM', 'g', '克', 'gram', '0.001'],
    ['DTN', 'dt', '公担', 'decitonne', '100'],
    ['TNE', 't', '吨', 'tonne', '1000'],
    ['ONZ', 'oz', '盎司', 'ounce', '0.028349523125'],
    ['LBR', 'lb', '磅', 'pound', '0.45359237'],
  ],
  length: [
    ['MTR', 'm', '米', 'metre', '1'],
    ['LM', 'm', '延米', 'linear metre', '1'],
    ['MMT', 'mm', '毫米', 'millimetre', '0.001'],
    ['CMT', 'cm', '厘米', 'centimetre', '0.01'],
    ['KMT', 'km', '千米', 'kilometre', '1000'],
    ['INH', 'in', '英寸', 'inch', '0.0254'],
    ['FOT', 'ft', '英尺', 'foot', '0.3048'],
    ['YRD', 'yd', '码', 'yard', '0.9144'],
  ],
  area: [
    ['MTK', 'm²', '平方米', 'square metre', '1'],
    ['CMK', 'cm²', '平方厘米', 'square centimetre', '0.0001'],
    ['HAR', 'ha', '公顷', 'hectare', '10000'],
    ['KMK', 'km²', '平方千米', 'square kilometre', '1000000'],
  ],
  volume: [
    ['LTR', 'L', '升', 'litre', '1'],
    ['MLT', 'mL', '毫升', 'millilitre', '0.001'],
    ['CMQ', 'cm³', '立方厘米', 'cubic centimetre', '0.001'],
    ['DMQ', 'dm³', '立方分米', 'cubic decimetre', '1'],
    ['HLT', 'hL', '百升', 'hectolitre', '100'],
    ['MTQ', 'm³', '立方米', 'cubic metre', '1000'],
    ['GLL', 'gal (US)', '美制加仑', 'gallon (US)', '3.785411784'],
  ],
  time: [
    ['SEC', 's', '秒', 'second', '1'],
    ['MIN', 'min', '分钟', 'minute', '60'],
    ['HUR', 'h', '小时', 'hour', '3600'],
    ['DAY', 'd', '天', 'day', '86400'],
    ['WEE', 'wk', '周', 'week', '604800'],
    ['MON', 'mo', '月', 'month', null],
    ['ANN', 'y', '年', 'year', null],
  ],
  energy: [
    ['KWH', 'kW·h', '千瓦时', 'kilowatt hour', '1'],
    ['WHR', 'W·h', '瓦时', 'watt hour', '0.001'],
    ['MWH', 'MW·h', '兆瓦时', 'megawatt hour', '1000'],
  ],
  power: [
    ['KWT', 'kW', '千瓦', 'kilowatt', '1'],
    ['WTT', 'W', '瓦', 'watt', '0.001'],
    ['MAW', 'MW', '兆瓦', 'megawatt', '1000'],
  ],
  temperature: [
    ['CEL', '°C', '摄氏度', 'degree Celsius', null],
    ['KEL', 'K', '开尔文', 'kelvin', null],
  ],
  speed: [['KMH', 'km/h', '千米每小时', 'kilometre per hour', '1']],
  pressure: [
    ['PAL', 'Pa', '帕斯卡', 'pascal', '1'],
    ['KPA', 'kPa', '千帕', 'kilopascal', '1000'],
    ['BAR', 'bar', '巴', 'bar', '100000'],
  ],
  transport: [['TKM', 't·km', '吨千米', 'tonne kilometre', '1']],
  share: [['P1', '%', '百分比', 'percent', '1']],
  package: [
    ['CT', '箱', '纸箱', 'carton', null],
    ['XCT', '箱', '纸箱', 'carton', null],
    ['XBX', '盒', '盒', 'box', null],
    ['XCS', '箱', '箱', 'case', null],
    ['XCR', '筐', '板条箱', 'crate', null],
    ['XBG', '袋', '袋', 'bag', null],
    ['XSA', '麻袋', '麻袋', 'sack', null],
    ['XPK', '包', '包', 'package', null],
    ['XPA', '小包', '小包', 'packet', null],
    ['XPX', '托', '托盘', 'pallet', null],
    ['XBO', '瓶', '瓶', 'bottle', null],
    ['XDR', '桶', '桶', 'drum', null],
    ['XRO', '卷', '卷', 'roll', null],
    ['SET', '套', '套', 'set', null],
    ['E48', '次', '服务单位', 'service unit', null],
    ['LS', '项', '总项', 'lump sum', null],
  ],
};

export const UNITS: readonly Unit[] = Object.entries(ROWS).flatMap(([dimension, rows]) =>
  rows.map(([code, symbol, zh, en, factor]) => ({
    code,
    symbol,
    name: { zh, en },
    dimension: dimension as Dimension,
    factor,
  })),
);
