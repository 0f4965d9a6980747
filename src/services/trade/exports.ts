import {
  type InvoiceRow,
  listInvoices,
  listOrders,
  type OrderRow,
} from '../../flows/commerce/index.ts';
import { mediaTypeOf, type SheetFormat, type Table, writeTable } from '../../flows/data/index.ts';
import { listPlaces, listStock } from '../../flows/goods/index.ts';
import { type BytesReply, dateInZone, fromMinor, limits, type Tx } from '../../kernel/index.ts';

export const exportKinds = ['orders', 'invoices', 'stock'] as const;
type ExportKind = (typeof exportKinds)[number];
type Language = 'zh' | 'en';
/** A sheet, and the records that stand in it. */
type Sheet = { rows: readonly unknown[]; table: Table };
type Listed<Row> = { items: Row[]; next: string | null };

/** A sheet that people still open; the newest rows of what has more. */
const MOST_ROWS = 10_000;
const PAGE_ROWS = 1_000;

/** Reads page after page, up to the bound. */
async function allOf<Row>(
  list: (page: { limit: number; after?: string }) => Promise<Listed<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Listed<Row> = await list({ limit: PAGE_ROWS, ...(after ? { after } : {}) });
    rows.push(...page.items);
    after = page.next;
  } while (after !== null && rows.length < MOST_ROWS);
  return rows.slice(0, MOST_ROWS);
}

/** A spreadsheet counts with numbers; past what it can hold exactly, the text is the truth. */
function amountOf(minor: bigint, currency: string): number | string {
  const text = fromMinor(minor, currency);
  return Math.abs(Number(minor)) <= Number.MAX_SAFE_INTEGER ? Number(text) : text;
}

function quantityOf(text: string): number | string {
  return text.replace(/[-.]/g, '').length <= 15 ? Number(text) : text;
}

const STATES: Readonly<Record<string, string>> = {
  placed: '待确认',
  countered: '待买方回复',
  confirmed: '已确认',
  delivering: '交付中',
  delivered: '已收货',
  closed: '已完成',
  refused: '已拒绝',
  cancelled: '已取消',
  matched: '相符',
  within_tolerance: '容差内',
  differs: '不符',
  unchecked: '未核对',
  invoice: '发票',
  credit_note: '红字发票',
};

const inWords = (word: string, language: Language) =>
  language === 'zh' ? (STATES[word] ?? word) : word;

type Cell = string | number | null;
/** A heading in both languages, and what stands below it. */
type Column<Row> = readonly [zh: string, en: string, cell: (row: Row) => Cell];

function tableOf<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  language: Language,
): Table {
  return {
    headings: columns.map(([zh, en]) => (language === 'zh' ? zh : en)),
    rows: rows.map((row) => columns.map(([, , cell]) => cell(row))),
  };
}

async function ordersTable(tx: Tx, language: Language): Promise<Sheet> {
  const rows: OrderRow[] = await allOf((page) => listOrders(tx, page));
  const columns: Column<OrderRow>[] = [
    ['订单号', 'Order number', (row) => row.number],
    ['下单日期', 'Order date', (row) => dateInZone(row.placed_at, tx.zone)],
    ['买方', 'Buyer', (row) => row.buyer.name[language]],
    ['卖方', 'Seller', (row) => row.seller.name[language]],
    ['状态', 'State', (row) => inWords(row.state, language)],
    ['要求到货日期', 'Requested date', (row) => row.requested_on],
    ['下次到期', 'Next due', (row) => row.due_on],
    ['行数', 'Lines', (row) => row.line_count],
    ['币种', 'Currency', (row) => row.currency],
    ['不含税金额', 'Net', (row) => amountOf(row.net_minor, row.currency)],
    ['税额', 'Tax', (row) => amountOf(row.tax_minor, row.currency)],
    ['含税金额', 'Total', (row) => amountOf(row.total_minor, row.currency)],
  ];
  return { rows, table: tableOf(rows, columns, language) };
}

async function invoicesTable(tx: Tx, language: Language): Promise<Sheet> {
  const rows: InvoiceRow[] = await allOf((page) => listInvoices(tx, page));
  const columns: Column<InvoiceRow>[] = [
    ['发票号', 'Invoice number', (row) => row.number],
    ['类型', 'Kind', (row) => inWords(row.kind, language)],
    ['开票日期', 'Issued on', (row) => row.issued_on],
    ['卖方', 'Seller', (row) => row.seller.name[language]],
    ['买方', 'Buyer', (row) => row.buyer.name[language]],
    ['币种', 'Currency', (row) => row.currency],
    ['不含税金额', 'Net', (row) => amountOf(row.net_minor, row.currency)],
    ['税额', 'Tax', (row) => amountOf(row.tax_minor, row.currency)],
    ['含税金额', 'Total', (row) => amountOf(row.total_minor, row.currency)],
    ['争议金额', 'Disputed', (row) => amountOf(row.disputed_minor, row.currency)],
    ['核对', 'Match', (row) => inWords(row.match, language)],
  ];
  return { rows, table: tableOf(rows, columns, language) };
}

type StockRow = Awaited<ReturnType<typeof listStock>>['items'][number];

async function stockTable(tx: Tx, language: Language): Promise<Sheet> {
  const rows: StockRow[] = await allOf((page) => listStock(tx, page));
  const { items } = await listPlaces(tx, { limit: limits.page_rows });
  const names = new Map(items.map((one) => [one.id, one[`name_${language}`]]));
  const columns: Column<StockRow>[] = [
    ['商品名称', 'Item name', (row) => row.product_name],
    ['仓库', 'Place', (row) => names.get(row.place_id) ?? row.place_id],
    ['批号', 'Lot', (row) => row.lot],
    ['数量', 'Quantity', (row) => quantityOf(row.quantity)],
    ['单位', 'Unit', (row) => row.unit],
    ['保质期至', 'Best before', (row) => row.best_before],
    ['状态', 'State', (row) => row.disposition],
  ];
  return { rows, table: tableOf(rows, columns, language) };
}

const TABLES = { orders: ordersTable, invoices: invoicesTable, stock: stockTable } as const;

/** What the actor may see of a kind, newest first, as a sheet of at most ten thousand rows. */
export async function exportList(
  tx: Tx,
  kind: ExportKind,
  format: SheetFormat,
  language: Language,
): Promise<BytesReply> {
  const { table, rows } = await TABLES[kind](tx, language);
  return {
    bytes: await writeTable(table, format),
    media_type: mediaTypeOf(format),
    file_name: `${kind}-${tx.today}.${format}`,
    shows: rows,
  };
}
