import type { Heard } from './part.ts';

/** Gives what was heard since it was asked the last time, however often `heard` was begun anew. */
export function openFresh(): (heard: readonly Heard[]) => readonly Heard[] {
  let before: readonly Heard[] = [];
  let looked = 0;
  return (heard) => {
    const fresh = heard.slice(heard === before ? looked : 0);
    before = heard;
    looked = heard.length;
    return fresh;
  };
}
