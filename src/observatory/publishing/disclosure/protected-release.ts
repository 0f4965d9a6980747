import { limits } from '../../../kernel/index.ts';
import { fault } from '../faults.ts';
import { type Audit, audit, type KnownSum, targetsOf } from './audit.ts';
import type { RuleCode, Rules } from './rules.ts';
import { suppress } from './suppression.ts';
import { labelsOf, type System, systemOf } from './system.ts';
import type { Vintage } from './table.ts';

/** A cell by its table and its codes, the same in every release. */
export const cellKey = (table: string, codes: readonly string[]) =>
  JSON.stringify([table, ...codes]);

/** A release that is out: what it was made of, and which of its cells it kept. */
export type Earlier = { readonly vintage: Vintage; readonly suppressed: ReadonlySet<string> };

export type ReleaseCell = {
  readonly table: string;
  readonly codes: readonly string[];
  readonly count: number;
  readonly value: number;
  readonly state: 'published' | 'primary' | 'secondary';
  /** Which rules keep it. None of a secondary cell, which protects others. */
  readonly rules: readonly RuleCode[];
};

export type ProtectedRelease = {
  readonly system: System;
  readonly cells: readonly ReleaseCell[];
  /** Cells for which no witness was found, beside what is out: the audit says whether they hold. */
  readonly unwitnessed: readonly number[];
  readonly isSuppressed: Uint8Array;
};

export type ReleasePlan = {
  readonly variables: readonly string[];
  readonly earlier: readonly Earlier[];
  readonly vintage: Vintage;
  readonly rules: Rules;
};

/**
 * Suppresses a release so that it gives nobody's figures away, by itself or held against the
 * earlier ones: all releases are one system, in which what is out cannot be taken back. Cells
 * without a contributor are published as such.
 * @throws publishing.data_unreadable, rules_missing, too_large
 */
export function protectRelease(plan: ReleasePlan): ProtectedRelease {
  const { earlier, vintage, rules } = plan;
  const vintages = [...earlier.map((one) => one.vintage), vintage];
  const system = systemOf(vintages, plan.variables);
  const out = system.layouts.filter((one) => one.vintage < earlier.length);
  const last = out.at(-1);
  const decided = {
    cells: last ? last.first + last.size : 0,
    isSuppressed: new Uint8Array(system.cells),
  };
  for (const layout of out) {
    const kept = earlier[layout.vintage]?.suppressed;
    for (let cell = layout.first; cell < layout.first + layout.size; cell++) {
      const isKept = kept?.has(cellKey(layout.name, labelsOf(layout, cell)));
      if (isKept || system.isWatched[cell] === 1) decided.isSuppressed[cell] = 1;
    }
  }
  const { isSuppressed, broken, unwitnessed } = suppress(system, rules, decided);
  const cells: ReleaseCell[] = [];
  for (const layout of system.layouts.filter((one) => one.vintage === earlier.length)) {
    for (let cell = layout.first; cell < layout.first + layout.size; cell++) {
      if (system.isWatched[cell] === 1) continue;
      const own = broken.get(cell) ?? [];
      const isKept = isSuppressed[cell] === 1;
      cells.push({
        table: layout.name,
        codes: labelsOf(layout, cell),
        count: system.count[cell] as number,
        value: system.value[cell] as number,
        state: own.length > 0 ? 'primary' : isKept ? 'secondary' : 'published',
        rules: own,
      });
    }
  }
  return {
    system,
    cells,
    isSuppressed,
    unwitnessed,
  };
}

/** A cell by its table and codes; a watched one by one of the cells that it is part of. */
export function nameOf(system: System, cell: number): string[] {
  const layout = system.layouts.find(({ first, size }) => cell >= first && cell < first + size);
  if (layout) return [layout.name, ...labelsOf(layout, cell)];
  const atom = system.cellAtoms.items[system.cellAtoms.start[cell] as number] as number;
  const { start, items } = system.atomCells;
  const own = items
    .subarray(start[atom], start[atom + 1])
    .find((one) => system.isWatched[one] === 0);
  return own === undefined ? ['—'] : ['∩', ...nameOf(system, own)];
}

/**
 * Attacks a release before it comes out: all cells without a witness, and of the others as many as
 * `limits.disclosure_audited` leaves room for, evenly over the tables.
 * @throws publishing.reveals with the cells that could be worked out
 */
export async function auditRelease(release: ProtectedRelease, rules: Rules) {
  const { system, isSuppressed, unwitnessed } = release;
  const all = targetsOf(system, { rules });
  const step = Math.max(1, Math.ceil(all.length / limits.disclosure_audited));
  const targets = [...new Set([...unwitnessed, ...all.filter((_, at) => at % step === 0)])];
  const found = await audit(system, { rules, isSuppressed, targets });
  if (found.revealed.length > 0) throw revealing(system, found);
  return { attacked: found.attacked, kept_by_rule: all.length, programs: found.programs };
}

/** A number that somebody means to publish beside the cells, such as a part of an index. */
export type DerivedNumber = {
  readonly label: string;
  /** Cells of the release by table and codes, and what each counts for. */
  readonly terms: readonly {
    readonly table: string;
    readonly codes: readonly string[];
    readonly weight: number;
  }[];
};

/**
 * Refuses derived numbers that give a kept cell away, by themselves, together, or with what is
 * published. A number that grows with one cell alone (a share of a known total, a scaled indicator)
 * is that cell with weight 1.
 * @throws publishing.reveals with the cells, publishing.data_unreadable where a cell is not there
 */
export async function checkDerived(
  release: ProtectedRelease,
  rules: Rules,
  numbers: readonly DerivedNumber[],
): Promise<Audit> {
  const { system, isSuppressed } = release;
  const known = numbers.map((number) => knownSum(system, number));
  const found = await audit(system, { rules, isSuppressed, known });
  if (found.revealed.length > 0) throw revealing(system, found);
  return found;
}

function knownSum(system: System, { label, terms }: DerivedNumber): KnownSum {
  return {
    label,
    terms: terms.map(({ table, codes, weight }) => {
      const layout = system.layouts.findLast(({ name }) => name === table);
      const places = layout?.dimensions.map(({ labels }, at) => labels.indexOf(codes[at] ?? ''));
      if (!layout || !places || places.includes(-1) || codes.length !== places.length) {
        const path = [table, ...codes].join('/');
        const error = { path, zh: '没有这个单元格。', en: 'There is no such cell.' };
        throw fault('publishing.data_unreadable', { file: label, count: 1 }, [error]);
      }
      const at = layout.dimensions.reduce(
        (base, { labels }, d) => base * labels.length + (places[d] as number),
        0,
      );
      return { cell: layout.first + at, weight };
    }),
  };
}

/** The fault that names what could be worked out, and by whom, without saying the figure. */
export function revealing(system: System, { revealed }: Pick<Audit, 'revealed'>): Error {
  const errors = revealed.slice(0, 100).map(({ cell, attacker }) => ({
    path: nameOf(system, cell).join('/'),
    zh: `${attacker === null ? '任何人' : '其中一家填报单位'}都能把它推算得过于准确。`,
    en: `${attacker === null ? 'Anybody' : 'A contributor'} could work it out too closely.`,
  }));
  return fault('publishing.reveals', { count: revealed.length }, errors);
}
