import type { Tx } from '../../kernel/index.ts';

/**
 * A line that the actor sold, as the observatory may read it: what and for how much, no buyer, no
 * person. Net of value-added tax, in minor units, below zero on credit notes.
 */
export type SoldLine = {
  invoice_id: string;
  number: string;
  line_no: number;
  issued_on: string;
  currency: string;
  name: string;
  product_id: string | null;
  /** The class of GB/T 4754 that the actor's catalogue gives the product. */
  industry_class: string | null;
  /** The code on the line, or else the one in the catalogue. */
  tax_code: string | null;
  net_minor: bigint;
};

export type SoldQuery = {
  /** First and last day, both inside. */
  from: string;
  to: string;
  limit: number;
  /** The last line of the page before. */
  after?: { invoice_id: string; line_no: number } | undefined;
};

/** The actor's own sales of a time, by invoice and line. What others sold is not read. */
export async function readSoldLines(tx: Tx, query: SoldQuery): Promise<SoldLine[]> {
  const { from, to, limit, after } = query;
  let rows = tx.db
    .selectFrom('invoice as i')
    .innerJoin('invoice_line as l', (join) =>
      join.onRef('l.chain_id', '=', 'i.chain_id').onRef('l.invoice_id', '=', 'i.id'),
    )
    .leftJoin('product as p', (join) =>
      join
        .onRef('p.chain_id', '=', 'l.chain_id')
        .onRef('p.id', '=', 'l.product_id')
        .onRef('p.owner_id', '=', 'l.seller_id'),
    )
    .select([
      'l.invoice_id',
      'i.number',
      'l.line_no',
      'i.issued_on',
      'i.currency',
      'i.kind',
      'l.name',
      'l.product_id',
      'p.industry_class',
      'l.tax_code',
      'p.tax_code as product_tax_code',
      'l.net_minor',
    ])
    .where('i.chain_id', '=', tx.chain)
    .where('l.chain_id', '=', tx.chain)
    .where('i.seller_id', '=', tx.actor.party)
    .where('i.issued_on', '>=', from)
    .where('i.issued_on', '<=', to);
  if (after) {
    rows = rows.where((is) =>
      is.or([
        is('l.invoice_id', '>', after.invoice_id),
        is.and([is('l.invoice_id', '=', after.invoice_id), is('l.line_no', '>', after.line_no)]),
      ]),
    );
  }
  const found = await rows.orderBy('l.invoice_id').orderBy('l.line_no').limit(limit).execute();
  return found.map(({ kind, product_tax_code, ...row }) => ({
    ...row,
    tax_code: row.tax_code ?? product_tax_code,
    // A credit note takes back: its amounts are written above zero.
    net_minor: kind === 'credit_note' ? -row.net_minor : row.net_minor,
  }));
}
