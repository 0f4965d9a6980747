import type { Bilingual } from '../../kernel/index.ts';
import { limits } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { type Origin, readInputOutputTable, type TableKind } from './input-output-table.ts';
import { inputCoefficients, leontiefInverse } from './leontief.ts';
import {
  type GroupCodes,
  type GroupName,
  type SectorGroups,
  sectorGroups,
} from './sector-groups.ts';
import { breakOf, type InputMeasure, measureServiceInputs } from './service-inputs.ts';
import { cellOf, type Square } from './square.ts';

export type MatrixAsked = GroupCodes & {
  table: string;
  year: number | null;
  source: string;
};

export type SectorShown = {
  code: string;
  name: Bilingual;
  /** Construction, mining and the like are in none. */
  group: GroupName | null;
  output: number;
};

export type IndustryMatrix = {
  source: string;
  year: number | null;
  kind: TableKind;
  break: Bilingual | null;
  /** Whose inputs the two matrices hold. */
  origin: Origin;
  sectors: SectorShown[];
  /** aᵢⱼ: what j takes of i directly, for one unit of its output. Rows are suppliers. */
  direct: number[][];
  /** ((I − A)⁻¹ − I)ᵢⱼ: what one unit of final use of j calls for of i along all rounds. */
  full: number[][];
  measures: InputMeasure[];
};

/**
 * Who takes what of whom, directly and along all rounds, with every reading of how far services
 * go into manufacturing and farming.
 * @throws convergence.data_unreadable, sectors_unknown, impossible, too_large
 */
export function viewMatrix({ table: text, year, source, ...asked }: MatrixAsked): IndustryMatrix {
  const table = readInputOutputTable(text, { year, source });
  const limit = limits.matrix_sectors;
  if (table.sectors.length > limit) {
    throw fault('convergence.too_large', { what: '部门数 sectors', limit });
  }
  const groups = sectorGroups(table, asked);
  const origin = table.flows.total ? 'total' : 'domestic';
  const direct = inputCoefficients(table.flows[origin] as Square, table.output);
  const rounds = leontiefInverse(direct);
  return {
    source,
    year: table.year,
    kind: table.kind,
    break: breakOf(table),
    origin,
    sectors: table.sectors.map(({ code, zh, en }, at) => ({
      code,
      name: { zh: zh || en || code, en: en || zh || code },
      group: groupAt(groups, at),
      output: table.output[at] as number,
    })),
    direct: rowsOf(direct, 0),
    full: rowsOf(rounds, 1),
    measures: measureServiceInputs(table, groups),
  };
}

const GROUPS: readonly GroupName[] = ['services', 'repair', 'manufacturing', 'agriculture'];

const groupAt = (groups: SectorGroups, at: number): GroupName | null =>
  GROUPS.find((name) => groups[name].includes(at)) ?? null;

/** @param own what of its own first round is taken off the diagonal */
function rowsOf(matrix: Square, own: 0 | 1): number[][] {
  return Array.from({ length: matrix.n }, (_, row) =>
    Array.from(
      { length: matrix.n },
      (__, column) => cellOf(matrix, row, column) - (row === column ? own : 0),
    ),
  );
}
