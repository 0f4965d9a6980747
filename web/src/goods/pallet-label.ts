import { useProductName } from '../commerce/product-names.ts';
import type { Despatch } from '../generated/api.ts';
import { addressOf } from '../kernel/api/ask.ts';
import { useBilingual } from '../kernel/bilingual.ts';
import { useFormat } from '../kernel/format/format.ts';
import { measureText } from '../weave/measure.ts';
import { useGoodsTexts } from './texts.ts';

type Line = Despatch['lines'][number];

/**
 * A label has five lines of 26 Chinese characters, and a server that refuses more: both firms get
 * one, the goods two, their lot one. In characters as wide as they are high, with room to spare.
 */
const LINE = 23;

/** Cuts what is longer than so many wide characters; the end is marked. */
function cut(text: string, most: number): string {
  const letters = [...text];
  const isWide = (some: readonly string[]) => measureText(some.join(''), 500, 1_000) > most * 1_000;
  if (!isWide(letters)) return text;
  while (letters.length > 1 && isWide([...letters, '…'])) letters.pop();
  return `${letters.join('')}…`;
}

/** Where the label of a pallet is made, as PDF: whom it is for, what is on it, and its code. */
export function usePalletLabel({ seller, buyer }: Despatch): (line: Line, sscc: string) => string {
  const t = useGoodsTexts();
  const format = useFormat();
  const read = useBilingual();
  const productName = useProductName();
  return (line, sscc) => {
    const quantity = ` × ${format.quantity(line.quantity, line.unit)}`;
    const lines = [
      cut(`${t('label_from')} ${read(seller.name)}`, LINE),
      cut(`${t('label_to')} ${read(buyer.name)}`, LINE),
      `${cut(productName(line), 2 * LINE - 12)}${quantity}`,
      ...(line.lot ? [`${t('lot')} ${line.lot}`] : []),
    ];
    const item = `https://id.gs1.org/00/${sscc}`;
    const text = lines.map((one) => one.replaceAll('|', ' ')).join('|');
    return addressOf('label.pallet', {}, { item, lines: text });
  };
}
