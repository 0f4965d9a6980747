import type { Bilingual, Tx } from '../../kernel/index.ts';
import { readOwnCounted } from '../collections/index.ts';
import { fault } from './faults.ts';
import { contributionOf } from './material.ts';
import { type Candidate, choosePlace, type Refusal } from './place.ts';
import type { Publication } from './release/release.ts';
import { getRelease } from './releases.ts';
import { collectionVariables, type OwnPlace } from './schema.ts';

const sentences: Readonly<Record<Refusal | 'withdrawn', Bilingual>> = {
  not_reported: {
    zh: '本单位没有为这次发布报过数。',
    en: 'You have reported nothing that this release was made of.',
  },
  withdrawn: {
    zh: '这一版已撤回，不再算数。',
    en: 'This release was withdrawn and does not count.',
  },
  kept: {
    zh: '贵方所在的各格都要保密，没有可比的公布数。',
    en: 'Every cell that you are in is kept: nothing is published to compare with.',
  },
  too_few: {
    zh: '贵方所在的格里单位太少，一比较就会说出别家的数。',
    en: 'So few firms are in your cell that a comparison would tell of the others.',
  },
  dominant: {
    zh: '贵方占了所在格的一半以上，减去贵方，剩下的就近于别家的数。',
    en: 'You are more than half of your cell: less yours, it is close to another’s figure.',
  },
};

const refusedBecause = (reason: Refusal | 'withdrawn'): OwnPlace => ({
  place: null,
  refused: { reason, ...sentences[reason] },
});

/**
 * The actor's own figure beside what is published of its class. It is worked out from the published
 * cell and that figure alone: whoever knows both knows it already, and nothing else goes into it.
 * @throws publishing.release_unknown also before it is published, for whoever may not see it
 */
export async function ownPlace(tx: Tx, id: string): Promise<OwnPlace> {
  const { content, drafted_at, withdrawn_at } = await getRelease(tx, id);
  const figure = await ownFigure(tx, id, drafted_at);
  if (figure === null) return refusedBecause('not_reported');
  if (withdrawn_at !== null) return refusedBecause('withdrawn');
  const found = choosePlace(figure.value, candidatesOf(content, figure.keys));
  if (typeof found === 'string') return refusedBecause(found);
  return { place: { ...found, classes: [...found.classes] }, refused: null };
}

/** What the actor had reported, and was accepted, when the release was drafted. */
async function ownFigure(tx: Tx, release_id: string, at: string) {
  const row = await tx.db
    .selectFrom('release')
    .select(['collection_id', 'item'])
    .where('chain_id', '=', tx.chain)
    .where('id', '=', release_id)
    .executeTakeFirst();
  if (!row) throw fault('publishing.release_unknown');
  const { collection_id, item } = row;
  if (collection_id === null || item === null) return null;
  const own = await readOwnCounted(tx, { collection_id, at });
  const value = own?.values[item];
  // One that was given as bounds is in no release: it is refused when it is drafted.
  if (!own || typeof value !== 'string') return null;
  return contributionOf(own, Number(value));
}

/** The cells that a firm of these classes is in: each variable by its own code, or by its total. */
function candidatesOf({ tables }: Publication, keys: readonly string[]): Candidate[] {
  return tables.flatMap(({ dimensions, cells }) =>
    cells.flatMap(({ codes, value, state, contributors }) => {
      const own = codes.map((code, at) => code === keyOf(keys, dimensions[at] ?? ''));
      const isIn = codes.every((code, at) => own[at] || isTotal(cells, at, code));
      if (!isIn) return [];
      const classes = codes.flatMap((code, at) =>
        own[at] ? [{ variable: dimensions[at] ?? '', code }] : [],
      );
      const isOut = state === 'published' && value !== null && contributors !== undefined;
      return [{ classes, published: isOut ? { value, contributors } : null }];
    }),
  );
}

const keyOf = (keys: readonly string[], variable: string) =>
  keys[(collectionVariables as readonly string[]).indexOf(variable)];

type Cells = Publication['tables'][number]['cells'];

/** The total of a dimension is the code of its first cell: layouts begin with their root. */
const isTotal = (cells: Cells, at: number, code: string) => cells[0]?.codes[at] === code;
