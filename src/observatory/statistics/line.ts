/**
 * What the observatory may read of an invoice line: what was sold, for how much, under which code.
 * No buyer, no person. Money is net of value-added tax, in whole minor units, below zero for
 * discounts and credit notes.
 */
export type InvoiceLine = {
  readonly firm: string;
  /** Number or id of the invoice, and the place of the line in it: how the line is found again. */
  readonly invoice: string;
  readonly line_no: number;
  /** Business date of the invoice. */
  readonly issued_on: string;
  readonly name: string;
  /** The seller's own code or id of what it sells. */
  readonly product: string | null;
  /** The class of GB/T 4754 that the seller's catalogue gives the product, four digits. */
  readonly industry: string | null;
  /** 商品和服务税收分类编码, 19 digits. */
  readonly tax_code: string | null;
  /** The contract whose bundle the line bills, where there is one. */
  readonly contract: string | null;
  readonly net_minor: number;
};

/**
 * What is sold, without how much: everything that decides about one sale decides about them all.
 */
export type Sale = Pick<InvoiceLine, 'name' | 'product' | 'industry' | 'tax_code' | 'contract'>;

/** Lines as columns of one length, for passes over many of them. */
export type LineBatch = { readonly [column in keyof Sale]: readonly Sale[column][] } & {
  readonly firm: readonly string[];
  readonly issued_on: readonly string[];
  readonly net_minor: readonly number[] | Float64Array;
};

export function batchOf(lines: readonly InvoiceLine[]): LineBatch {
  return {
    firm: lines.map((line) => line.firm),
    issued_on: lines.map((line) => line.issued_on),
    name: lines.map((line) => line.name),
    product: lines.map((line) => line.product),
    industry: lines.map((line) => line.industry),
    tax_code: lines.map((line) => line.tax_code),
    contract: lines.map((line) => line.contract),
    net_minor: lines.map((line) => line.net_minor),
  };
}

const BETWEEN = '\u001f';

/**
 * Names a sale within a firm, so that lines that are alike share one question and one answer: a
 * return nets with what it returns. A product is known by its code whatever the line calls it.
 */
export function keyOf({ contract, product, industry, tax_code, name }: Sale): string {
  if (contract !== null) return `contract${BETWEEN}${contract}`;
  const codes = `${industry ?? ''}${BETWEEN}${tax_code ?? ''}`;
  return product === null
    ? `name${BETWEEN}${name}${BETWEEN}${codes}`
    : `product${BETWEEN}${product}${BETWEEN}${codes}`;
}
