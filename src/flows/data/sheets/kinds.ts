import * as cell from './columns.ts';

/** The three sheets that a firm without a system of its own sends. */

type Rest = { aliases?: string; required?: boolean; parse?: cell.CellParser; sample?: string };

/** A column; its two names and its aliases are compared without case, blanks and brackets. */
function column<Key extends string>(
  key: Key,
  zh: string,
  en: string,
  { aliases = '', required = false, parse = cell.text, sample = '' }: Rest = {},
): cell.Column<Key> {
  const words = aliases.split('|').filter((word) => word !== '');
  return { key, zh, en, aliases: words, required, parse, sample };
}

const code = column('code', '商品编码', 'Item code', {
  aliases: '货号|商品代码|产品编码|物料编码|物料号|编码|sku|item|item no|product code|material',
  sample: 'FL-25',
});
const gtin = column('gtin', '商品条码', 'GTIN', {
  aliases: '条码|条形码|69码|barcode|ean|upc',
  parse: cell.gtin,
  sample: '6901234567892',
});
const name = column('name', '商品名称', 'Item name', {
  aliases: '品名|名称|产品名称|货品|物料名称|name|description|product',
  sample: '雪花小麦粉',
});
const quantity = column('quantity', '数量', 'Quantity', {
  aliases: '订购数量|采购数量|库存数量|qty|amount ordered',
  required: true,
  parse: cell.positive,
  sample: '1000',
});
const unit = column('unit', '单位', 'Unit', {
  aliases: '计量单位|uom|unit of measure',
  required: true,
  parse: cell.unit,
  sample: '千克',
});
const price = column('price', '单价', 'Unit price', {
  aliases: '价格|含税单价|不含税单价|price',
  parse: cell.notNegative,
  sample: '3.30',
});
const currency = column('currency', '币种', 'Currency', {
  aliases: '货币',
  parse: cell.currencyCode,
  sample: 'CNY',
});
const note = column('note', '备注', 'Note', { aliases: '说明|remark|remarks|comment' });

/** Rows of one number and partner make one order; who the partner is, trade finds out. */
const ORDERS = [
  column('order_number', '订单号', 'Order number', {
    aliases: '采购单号|订单编号|单号|po|po number|order no|order',
    required: true,
    sample: 'PO-20260302-1',
  }),
  column('partner', '对方代码', 'Partner', {
    aliases: '供应商|供应商编码|供应商代码|卖方|客户|客户编码|买方|supplier|seller|customer|buyer',
    sample: '统一社会信用代码、GLN 或简称',
  }),
  column('issue_date', '下单日期', 'Order date', {
    aliases: '订单日期|日期|date',
    parse: cell.day,
    sample: '2026-03-02',
  }),
  column('requested_on', '要求到货日期', 'Requested date', {
    aliases: '交货日期|到货日期|需求日期|交期|delivery date|due date',
    parse: cell.day,
    sample: '2026-03-10',
  }),
  column('line_id', '行号', 'Line', { aliases: '序号|项次|line no|no', sample: '1' }),
  code,
  gtin,
  name,
  quantity,
  unit,
  price,
  currency,
  note,
] as const;

/** Items as their seller offers them. */
const CATALOGUE = [
  { ...code, required: true },
  gtin,
  { ...name, required: true },
  column('specification', '规格', 'Specification', { aliases: '规格型号|spec', sample: '25kg/袋' }),
  unit,
  price,
  currency,
  column('tax_percent', '税率', 'Tax rate', {
    aliases: '税率%|增值税率|vat|tax',
    parse: (text) => cell.notNegative(text.replace(/[%％]\s*$/, '')),
    sample: '13',
  }),
  column('tax_code', '税收分类编码', 'Tax code', {
    aliases: '商品和服务税收分类编码|税收编码',
    parse: cell.taxCode,
    sample: '1030101010000000000',
  }),
  column('shelf_life_days', '保质期天数', 'Shelf life (days)', {
    aliases: '保质期|保质期(天)|shelf life',
    parse: cell.wholeNumber,
    sample: '365',
  }),
  column('temperature_min', '最低温度℃', 'Lowest temperature °C', {
    aliases: '温度下限|min temp',
    parse: cell.decimal,
    sample: '-25',
  }),
  column('temperature_max', '最高温度℃', 'Highest temperature °C', {
    aliases: '温度上限|max temp',
    parse: cell.decimal,
    sample: '-18',
  }),
  column('pack_unit', '包装单位', 'Pack unit', {
    aliases: '箱规单位',
    parse: cell.unit,
    sample: '箱',
  }),
  column('pack_quantity', '包装数量', 'Quantity per pack', {
    aliases: '箱规|装箱数|每箱数量|pack size',
    parse: cell.positive,
    sample: '10',
  }),
] as const;

/** What lies where, by lot: a count, not a movement. */
const STOCK = [
  code,
  gtin,
  name,
  column('place', '仓库', 'Place', {
    aliases: '库位|仓位|地点|warehouse|location',
    required: true,
    sample: '一号冷库',
  }),
  column('lot', '批号', 'Lot', { aliases: '批次|生产批号|批次号|batch', sample: 'L0301' }),
  { ...quantity, parse: cell.notNegative },
  unit,
  column('produced_on', '生产日期', 'Produced on', {
    aliases: '制造日期|production date',
    parse: cell.day,
    sample: '2026-03-01',
  }),
  column('best_before', '保质期至', 'Best before', {
    aliases: '到期日|有效期至|有效期|expiry|expiry date',
    parse: cell.day,
    sample: '2027-02-28',
  }),
  column('counted_on', '盘点日期', 'Counted on', {
    aliases: '日期|count date',
    parse: cell.day,
    sample: '2026-03-02',
  }),
] as const;

/** The columns of each kind, in the order of its template. */
const KINDS = { orders: ORDERS, catalogue: CATALOGUE, stock: STOCK } as const;

export type SheetKind = keyof typeof KINDS;
export const sheetKinds = Object.keys(KINDS) as [SheetKind, ...SheetKind[]];

type KeysOf<Kind extends SheetKind> = (typeof KINDS)[Kind][number]['key'];

/** The cells of one row by the key of their column; an empty cell is null. */
export type SheetRow<Kind extends SheetKind = SheetKind> = Record<KeysOf<Kind>, string | null>;

export function columnsOf<Kind extends SheetKind>(
  kind: Kind,
): readonly cell.Column<KeysOf<Kind>>[] {
  return KINDS[kind] as readonly unknown[] as readonly cell.Column<KeysOf<Kind>>[];
}

/** An item is known by its code or its bar code: one of the two has to be there. */
export function needsItem(kind: SheetKind): boolean {
  return kind !== 'catalogue';
}
