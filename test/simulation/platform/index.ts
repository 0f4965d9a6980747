import type { Part } from '../part.ts';
import { invariants } from './invariants.ts';
import { actors, commands, parties } from './sharing.ts';

/** What every chain has, whatever it trades in: members who share, and who watch. */
export const platform: Part = {
  name: 'platform',
  cast: { maker: 'core', dealer: 'dealer', haulier: 'carrier', ...parties },
  actors,
  commands,
  invariants,
};
