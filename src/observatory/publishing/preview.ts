import type { Tx } from '../../kernel/index.ts';
import { assertStatistician, materialFor, sourceOf } from './drafts.ts';
import { makeHere } from './making.ts';
import { checkOf } from './release-check.ts';
import type { NewRelease, ReleasePreview } from './schema.ts';

/**
 * What a first release would be: its cells, which of them would be kept and by which rules, and
 * what says who is meant. Nothing of it is stored, and no series begins. It stands alone: what
 * would show by its difference from an earlier release, only a draft can tell.
 * @throws publishing.not_a_statistician, and what the material, the tables and the audit find
 */
export async function previewRelease(tx: Tx, input: NewRelease): Promise<ReleasePreview> {
  assertStatistician(tx);
  const { series: code, title, tables, rules } = input;
  const material = await materialFor(tx, input.material);
  const source = sourceOf({ series: { code }, number: 1, title, material, tables, rules });
  const content = await makeHere(source);
  return { unit: material.unit, content, check: await checkOf(source, content, null) };
}
