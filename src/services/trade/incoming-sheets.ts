import { addProduct, type NewProduct } from '../../flows/commerce/index.ts';
import {
  type OrderDocument,
  ordersOf,
  type Problem,
  type SheetKind,
  type SheetPreview,
  type SheetRow,
} from '../../flows/data/index.ts';
import { type Fault, inSavepoint, type Tx } from '../../kernel/index.ts';
import type { Effect, SheetPart, SheetWork } from './effects.ts';
import { fault } from './faults.ts';
import { takeOrder } from './incoming-orders.ts';
import { stockWork } from './incoming-stock.ts';
import * as note from './notes.ts';
import { problemsOf } from './problems.ts';
import { sidesOf } from './sides.ts';

/** A row is a command of its own, four or five statements: past this many, send it in parts. */
const MOST_ROWS = 2_000;

/** A column of customers says that the sheet lists what they ordered from its sender. */
function senderOf({ columns }: Pick<SheetPreview, 'columns'>): 'buyer' | 'seller' {
  const heading = columns.find((column) => column.key === 'partner')?.heading ?? '';
  return /客户|买方|customer|buyer/i.test(heading) ? 'seller' : 'buyer';
}

function orderWork(tx: Tx, preview: SheetPreview<'orders'>): SheetWork[] {
  const defaults = { issue_date: tx.today, currency: 'CNY', sender_is: senderOf(preview) };
  return ordersOf(preview, defaults).map((document) => {
    const row = rowOf(preview, document);
    return {
      row,
      async take() {
        const { subject_id, orders, notes } = await takeOrder(
          tx,
          document,
          await sidesOf(tx, document),
        );
        const placed = note.orderPlaced(document.number, row);
        const rows = document.lines.length;
        const numbered = orders.map((one) => ({ ...one, number: document.number }));
        return { subject_id, orders: numbered, rows, notes: [placed, ...notes] };
      },
    };
  });
}

/** The first row of an order in its sheet. */
function rowOf(preview: SheetPreview<'orders'>, { number }: OrderDocument): number {
  return preview.good_rows.find(({ values }) => values.order_number === number)?.row ?? 1;
}

function productIn(values: SheetRow<'catalogue'>): NewProduct {
  const { code, gtin, name, specification, unit, shelf_life_days, tax_code } = values;
  const { temperature_min, temperature_max, pack_unit, pack_quantity } = values;
  const named = [name, specification].filter(Boolean).join(' ');
  return {
    code: code ?? '',
    name_zh: named,
    unit: unit ?? 'C62',
    units: pack_unit && pack_quantity ? [{ unit: pack_unit, base_quantity: pack_quantity }] : [],
    ...(gtin ? { gtin } : {}),
    ...(shelf_life_days ? { shelf_life_days: Number(shelf_life_days) } : {}),
    ...(temperature_min ? { temperature_min_c: temperature_min } : {}),
    ...(temperature_max ? { temperature_max_c: temperature_max } : {}),
    ...(tax_code ? { tax_code } : {}),
  };
}

function catalogueWork(tx: Tx, preview: SheetPreview<'catalogue'>): SheetWork[] {
  return preview.good_rows.map(({ row, values }) => ({
    row,
    async take() {
      const product = await addProduct(tx, productIn(values));
      return { subject_id: product.id, orders: [], rows: 1, notes: [] };
    },
  }));
}

function cellProblems(preview: SheetPreview): Problem[] {
  return preview.errors.map(({ cell, column, zh, en }) => ({
    rule: 'SHEET-CELL',
    path: cell,
    zh: `${column}：${zh}`,
    en: `${column}: ${en}`,
  }));
}

/** Does each part by itself; what fails is undone alone and becomes problems at its row. */
async function takeParts(tx: Tx, work: readonly SheetWork[]) {
  const done: SheetPart[] = [];
  const problems: Problem[] = [];
  for (const { row, take } of work) {
    try {
      done.push(await inSavepoint(tx, take));
    } catch (error) {
      const found = problemsOf(error);
      if (found === undefined) throw error;
      problems.push(...found.map((one) => ({ ...one, path: `/${row}` })));
    }
  }
  return { done, problems };
}

/** The kind of a preview decides the keys of its rows, which its type cannot say of a union. */
async function workOf(tx: Tx, preview: SheetPreview): Promise<SheetWork[]> {
  const of = <Kind extends SheetKind>() => preview as unknown as SheetPreview<Kind>;
  switch (preview.kind) {
    case 'orders':
      return orderWork(tx, of<'orders'>());
    case 'catalogue':
      return catalogueWork(tx, of<'catalogue'>());
    case 'stock':
      return stockWork(tx, of<'stock'>());
  }
}

/**
 * A sheet becomes orders, products or counts. Everything or nothing, unless its sender asks for the
 * good rows: then what is wrong is left out and named.
 * @throws trade.rows_bad with an error for each cell or row, trade.sheet_too_long
 */
export async function takeSheet(
  tx: Tx,
  preview: SheetPreview,
  goodRowsOnly: boolean,
): Promise<Effect> {
  const count = preview.good_rows.length;
  if (count > MOST_ROWS) throw fault('trade.sheet_too_long', { limit: MOST_ROWS, count });
  const bad = cellProblems(preview);
  if (bad.length > 0 && !goodRowsOnly) throw rowsBad(preview.bad_rows.length, bad);
  const { done, problems } = await takeParts(tx, await workOf(tx, preview));
  const all = [...bad, ...problems];
  if (done.length === 0 || (problems.length > 0 && !goodRowsOnly)) {
    throw rowsBad(preview.bad_rows.length + problems.length, all);
  }
  const rows = done.reduce((sum, part) => sum + part.rows, 0);
  return {
    state: 'applied',
    subject_id: done.find((part) => part.subject_id !== null)?.subject_id ?? tx.actor.party,
    // Other partners' rows are in the same sheet: it stays with its sender.
    receiver_id: null,
    orders: done.flatMap((part) => part.orders),
    notes: [
      note.rowsDone(rows),
      ...done.flatMap((part) => part.notes),
      ...all.map(note.rowSkipped),
    ],
  };
}

/** An empty sheet has no rows that could be named. */
function rowsBad(count: number, problems: readonly Problem[]): Fault {
  const empty = { rule: 'SHEET-EMPTY', path: '/', zh: '表格没有数据行。', en: 'No rows of data.' };
  return fault('trade.rows_bad', { count }, problems.length > 0 ? problems : [empty]);
}
