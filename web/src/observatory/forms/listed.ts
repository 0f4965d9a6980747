/** One of a list put in the place of another that is beside it. */
export function moved<One>(list: readonly One[], at: number, by: -1 | 1): One[] {
  const to = at + by;
  const [one, other] = [list[at], list[to]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((each, place) => (place === at ? other : place === to ? one : each));
}

export const without = <One>(list: readonly One[], at: number): One[] => list.toSpliced(at, 1);

export const replaced = <One>(list: readonly One[], at: number, one: One): One[] =>
  list.with(at, one);

/** The first name of these letters with a number behind it that is not taken. */
export function freeName(begins: string, taken: readonly string[]): string {
  const names = new Set(taken);
  for (let number = 1; ; number++) {
    const name = `${begins}${number}`;
    if (!names.has(name)) return name;
  }
}
