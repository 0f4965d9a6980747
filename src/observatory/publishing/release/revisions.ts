import { type Bilingual, type FaultDetail, limits } from '../../../kernel/index.ts';
import { cellKey } from '../disclosure/index.ts';
import { unreadable } from '../faults.ts';
import type { Publication } from './release.ts';

/** A release with why it says something else than the one before; null of the first. */
export type RevisionStep = { readonly publication: Publication; readonly reason: string | null };

export type RevisionRow = {
  readonly table: string;
  readonly codes: readonly string[];
  /** One value a release, oldest first; null where it was kept, or not there. */
  readonly values: readonly (number | null)[];
  /** Last less first, of the values that are there; null without two, or without a unit ever. */
  readonly revision: number | null;
};

export type RevisionHistory = {
  readonly releases: readonly {
    readonly vintage: string;
    readonly version: string;
    readonly reason: string | null;
  }[];
  readonly rows: readonly RevisionRow[];
  /** Over the cells with two values or more; null where there is none. */
  readonly mean_absolute_revision: number | null;
  readonly mean_revision: number | null;
  /** The mean of |last − first| ÷ |first|, where the first is not 0. */
  readonly mean_absolute_relative: number | null;
  readonly does_not_say: readonly Bilingual[];
};

/** `is_empty`: no unit was in it in any release; its 0 is nobody's figure. */
type Cell = { table: string; codes: string[]; values: (number | null)[]; is_empty: boolean };

/**
 * The revision triangle of the cells through the releases of one definition: of each cell the value
 * of every vintage, and the last published value less the first.
 * @throws publishing.data_unreadable where a release is of another definition, or has no reason
 */
export function revisionHistory(steps: readonly RevisionStep[]): RevisionHistory {
  check(steps);
  const found = new Map<string, Cell>();
  steps.forEach(({ publication }, at) => {
    for (const { name: table, cells } of publication.tables) {
      for (const { codes, value, contributors } of cells) {
        const key = cellKey(table, codes);
        const none = { table, codes, values: steps.map(() => null), is_empty: true };
        const row: Cell = found.get(key) ?? none;
        row.values[at] = value;
        row.is_empty &&= contributors === 0;
        found.set(key, row);
      }
    }
  });
  const rows = [...found.values()].map(({ is_empty, ...row }) => {
    const values = row.values.filter((one) => one !== null);
    const [first, last] = [values.at(0), values.at(-1)];
    const isRevised = values.length > 1 && first !== undefined && last !== undefined && !is_empty;
    return { ...row, first, revision: isRevised ? last - first : null };
  });
  const revised = rows.filter(({ revision }) => revision !== null);
  const relative = revised.filter(({ first }) => first !== undefined && first !== 0);
  return {
    releases: steps.map(({ publication, reason }) => ({
      vintage: publication.vintage,
      version: publication.definition.version,
      reason,
    })),
    rows: rows.map(({ first: _, ...row }) => row),
    mean_absolute_revision: meanOf(revised.map(({ revision }) => Math.abs(revision ?? 0))),
    mean_revision: meanOf(revised.map(({ revision }) => revision ?? 0)),
    mean_absolute_relative: meanOf(
      relative.map(({ revision, first }) => Math.abs(revision ?? 0) / Math.abs(first ?? 1)),
    ),
    does_not_say: [
      {
        zh: '曾被保密的和一直没有单位填报的单元格，不计入平均修订。',
        en: 'Cells that were kept, or that no unit was ever in, are not in the means.',
      },
    ],
  };
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;

function check(steps: readonly RevisionStep[]): void {
  const errors: FaultDetail[] = [];
  const [first] = steps;
  if (!first || steps.length > limits.releases_compared) {
    const most = limits.releases_compared;
    errors.push({
      path: '1',
      zh: `请给出 1 至 ${most} 次发布。`,
      en: `Give 1 to ${most} releases.`,
    });
  }
  steps.forEach(({ publication, reason }, at) => {
    const path = `${at + 1}`;
    if (publication.definition.id !== first?.publication.definition.id) {
      const [zh, en] = [
        '与第一次发布不是同一指标。',
        'It is of another definition than the first.',
      ];
      errors.push({ path, zh, en });
    }
    if (at > 0 && !reason) {
      const zh = '修订须写明原因。';
      errors.push({ path, zh, en: 'A revision comes with its reason: write it.' });
    }
  });
  if (errors.length > 0) throw unreadable('revisions', errors);
}
