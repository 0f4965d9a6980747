import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'goods.place_unknown': {
    status: 422,
    zh: '没有这个地点，或它属于别家。',
    en: "There is no such place, or it is somebody else's.",
  },
  'goods.gln_invalid': { status: 422, zh: '{zh}', en: '{en}' },
  'goods.stock_short': {
    status: 409,
    zh: '“{product}”批号 {lot} 库存 {have} {unit}，不足 {asked}。若实物确实更多，请先盘点。',
    en: 'Stock of "{product}", lot {lot}, is {have} {unit}: {asked} is more. Count it first.',
  },
  'goods.counted_twice': {
    status: 422,
    zh: '{product} 的同一批次盘点了两次。请合并为一行。',
    en: 'The same lot of {product} was counted twice. Write its count in one line.',
  },
  'goods.epcis_refused': {
    status: 422,
    zh: '这份 EPCIS 文档有 {count} 处问题。',
    en: 'This EPCIS document has {count} problem(s).',
  },
  'goods.nothing_changes': {
    status: 422,
    zh: '盘点数与账面一致，无须调整。',
    en: 'The count equals the books; there is nothing to adjust.',
  },
});
