import { useQuery } from '@tanstack/react-query';
import type { Party } from '../generated/api.ts';
import { ask } from './api/ask.ts';
import { type Bilingual, useBilingual } from './bilingual.ts';

const PAGE_ROWS = 200;
/** Choosing among more than this many members is a search, not a list. */
const MOST_PAGES = 10;

async function readAll(signal: AbortSignal): Promise<readonly Party[]> {
  const found: Party[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { limit: PAGE_ROWS, ...(after === null ? {} : { after }) };
    const reply: { items: Party[]; next: string | null } = await ask('party.list', {
      query,
      signal,
    });
    found.push(...reply.items);
    after = reply.next;
    if (after === null) break;
  }
  return found;
}

const NOBODY: readonly Party[] = [];
const FRESH_FOR_MS = 5 * 60_000;

/** The members of the chain, read once and kept: names are needed on nearly every page. */
export function useParties(): readonly Party[] {
  const { data } = useQuery({
    queryKey: ['party.list', 'all'],
    queryFn: ({ signal }) => readAll(signal),
    staleTime: FRESH_FOR_MS,
  });
  return data ?? NOBODY;
}

export function nameOf(party: Pick<Party, 'name_zh' | 'name_en'>): Bilingual {
  return { zh: party.name_zh, en: party.name_en };
}

/** Reads a member's name by its id; a dash until the members are known. */
export function usePartyName(): (id: string | null) => string {
  const parties = useParties();
  const read = useBilingual();
  return (id) => {
    const party = parties.find((one) => one.id === id);
    return party ? read(nameOf(party)) : '–';
  };
}
