import { describe, expect, it } from 'vitest';
import { modules } from '../../src/app/modules.ts';
import { openApi } from '../../src/kernel/index.ts';

type Found = { at: string; ref: string };

function refsOf(value: unknown, at = '#'): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' ? [{ at, ref: String(part) }] : refsOf(part, `${at}/${key}`),
  );
}

describe('the published OpenAPI document', () => {
  const document = openApi(modules) as {
    paths: Record<string, Record<string, { operationId: string }>>;
    components: { schemas: Record<string, unknown> };
  };

  it('has no reference that leads nowhere, and no schema that nothing leads to', () => {
    const refs = refsOf(document);
    const known = Object.keys(document.components.schemas).map(
      (name) => `#/components/schemas/${name}`,
    );
    expect(refs.filter(({ ref }) => !known.includes(ref))).toEqual([]);
    expect(known.filter((name) => !refs.some(({ ref }) => ref === name))).toEqual([]);
  });

  it('names every operation once', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });
});
