import { useSession } from './session.ts';

const READERS: readonly string[] = ['lender', 'association', 'statistician'];

/** What the reader's party does in the chain: pages hint at different things to different ones. */
export function usePart(): { only_reads: boolean; only_carries: boolean; sells: boolean } {
  const { party } = useSession();
  return {
    only_reads: party.roles.every((role) => READERS.includes(role)),
    only_carries: party.roles.every((role) => role === 'carrier'),
    sells: party.roles.includes('supplier'),
  };
}
