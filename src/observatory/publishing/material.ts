import { type FaultDetail, limits, type Tx } from '../../kernel/index.ts';
import { industriesOn } from '../classification/index.ts';
import { type AcceptedRow, readAccepted, readHead } from '../collections/index.ts';
import {
  type Contribution,
  dimensionsOf,
  type Layout,
  type Material,
  readCodes,
  readContributions,
} from './disclosure/index.ts';
import { fault, unreadable } from './faults.ts';
import { tooLargeHere } from './making.ts';
import { collectionVariables, type NewRelease } from './schema.ts';

/** Contributions with the hierarchies that their codes stand in, where there are any. */
export type Classified = Material & { readonly codes: ReturnType<typeof readCodes> };

/** The code of a unit that has not said what it is. */
const UNKNOWN = 'U';

const sectionOf = (code: string | null) =>
  (code === null ? undefined : industriesOn().byCode.get(code)?.section) ?? UNKNOWN;

/**
 * The accepted figures of one item of an own collection, by section of GB/T 4754, size and region.
 * A unit that left the item out is in no cell. Its name is the one drawn by lot.
 * @throws publishing.collection_unknown, item_unusable, too_large_here, data_unreadable where a
 *   figure is not exact
 */
export async function collectedMaterial(
  tx: Tx,
  { collection_id, item: code }: { collection_id: string; item: string },
): Promise<Classified & { unit: string }> {
  const head = await readHead(tx, collection_id);
  if (!head) throw fault('publishing.collection_unknown');
  const item = head.items.find((one) => one.code === code);
  const words = { amount: '分 (CNY/100)', quantity: item?.unit ?? '', count: '个' };
  const unit = item && item.kind in words ? words[item.kind as keyof typeof words] : undefined;
  if (unit === undefined) throw fault('publishing.item_unusable', { item: code });
  const found: Contribution[] = [];
  const errors: FaultDetail[] = [];
  let after: string | undefined;
  do {
    const page = await readAccepted(tx, { collection_id, limit: limits.page_rows, after });
    for (const row of page) {
      const value = row.values[code];
      if (value === undefined) continue;
      const exact = exactOf(value);
      if (exact === null) errors.push(inexact(row.unit));
      else found.push(contributionOf(row, exact));
    }
    if (found.length > limits.release_contributions_here) throw tooLargeHere();
    after = page.length === limits.page_rows ? page.at(-1)?.unit : undefined;
  } while (after !== undefined);
  if (errors.length > 0) throw unreadable(code, errors);
  return { variables: collectionVariables, contributions: found, codes: new Map(), unit };
}

/** A figure that a firm gave as two bounds is none that could be added up. */
function exactOf(value: AcceptedRow['values'][string]): number | null {
  if (typeof value === 'string') return Number(value);
  return value.low === value.high ? Number(value.low) : null;
}

const inexact = (unit: string): FaultDetail => ({
  path: unit,
  zh: '这家单位只报了上下限，请先退回或更正。',
  en: 'This unit gave bounds only: have its report corrected first.',
});

/** Where a firm counts, and with what: its section, its size and its region. */
export const contributionOf = (row: AcceptedRow, value: number): Contribution => ({
  unit: row.unit,
  holding: null,
  keys: [sectionOf(row.industry_class), row.size ?? UNKNOWN, row.region ?? UNKNOWN],
  value,
});

/** @throws publishing.data_unreadable */
export function postedMaterial({ csv, codes }: { csv: string; codes?: string | undefined }) {
  const read = readContributions(csv, 'csv');
  const hierarchies = codes === undefined ? new Map() : readCodes(codes, 'codes');
  return { ...read, codes: hierarchies } satisfies Classified;
}

/**
 * The tables asked for; one by all variables where none is.
 * @throws publishing.data_unreadable where a table names what is no variable, or two are called
 *   the same
 */
export function layoutsOf(material: Classified, tables: NewRelease['tables']): Layout[] {
  const all = dimensionsOf(material, material.codes);
  const asked = tables ?? [{ name: 'all', dimensions: material.variables }];
  const errors: FaultDetail[] = [];
  const layouts = asked.map(({ name, dimensions }, at) => ({
    name,
    dimensions: dimensions.flatMap((variable, place) => {
      const own = all.find((one) => one.variable === variable);
      if (own && dimensions.indexOf(variable) === place) return [own];
      const [zh, en] = [`“${variable}”不是分类变量，或写了两次。`, 'No variable, or named twice.'];
      errors.push({ path: `body/tables/${at}/dimensions/${place}`, zh, en });
      return [];
    }),
  }));
  asked.forEach(({ name }, at) => {
    if (asked.findIndex((one) => one.name === name) === at) return;
    const [zh, en] = ['表名重复。', 'Two tables have this name.'];
    errors.push({ path: `body/tables/${at}/name`, zh, en });
  });
  if (errors.length > 0) throw unreadable('tables', errors);
  return layouts;
}
