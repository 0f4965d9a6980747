import { modules } from '../../../src/app/modules.ts';
import { urlOf } from './client.ts';
import { type Field, type Question, questionsOf } from './requests.ts';
import type { World } from './world.ts';

/** What a field is asked with: an id from the database, or one of the samples of its schema. */
function askedWith(field: Field, id: string): string {
  return field.kind === 'id' ? id : (field.samples[0] ?? '');
}

const filled = (fields: readonly Field[], id: string) =>
  Object.fromEntries(fields.map((field) => [field.name, askedWith(field, id)]));

/** The queries of one question: the least it takes, and each other field alone. */
function queriesOf({ query }: Question, id: string): Record<string, string>[] {
  const base = filled(
    query.filter((field) => field.required),
    id,
  );
  const alone = query
    .filter((field) => field.kind !== 'cursor')
    .flatMap((field) => {
      const values = field.kind === 'id' ? [id] : field.samples;
      return values.map((value) => ({ ...base, [field.name]: value }));
    });
  const paged = query.some((field) => field.name === 'limit');
  return [base, ...(paged ? [{ ...base, limit: '1' }] : []), ...alone];
}

/** Every way to fill in a path: each id in each place. */
function pathsOf({ params }: Question, ids: readonly string[]): Record<string, string>[] {
  return params.reduce<Record<string, string>[]>(
    (paths, { name, kind, samples }) =>
      paths.flatMap((path) =>
        (kind === 'id' ? ids : samples).map((value) => ({ ...path, [name]: value })),
      ),
    [{}],
  );
}

/**
 * Asks every route that reads, with every field of its query, and the second page of every list.
 * @param ids what to ask for by id
 * @returns the answers that a sound server does not give: 500 and above
 */
export async function sweep(
  { server }: Pick<World<string>, 'server'>,
  keys: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const failed: string[] = [];
  const get = async (url: string, key: string) => {
    const reply = await server.inject({ url, headers: { authorization: `Bearer ${key}` } });
    if (reply.statusCode >= 500) failed.push(`${reply.statusCode} ${url}`);
    return reply;
  };
  for (const question of questionsOf(modules.flatMap((module) => module.routes))) {
    for (const given of pathsOf(question, ids)) {
      for (const key of keys) {
        for (const query of queriesOf(question, ids[0] ?? '')) {
          const reply = await get(urlOf(question.path, given, query), key);
          const next = query.limit === '1' && reply.statusCode === 200 ? reply.json().next : null;
          if (next) await get(urlOf(question.path, given, { ...query, after: next }), key);
        }
      }
    }
  }
  return failed;
}
