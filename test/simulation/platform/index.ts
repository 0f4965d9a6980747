import type { Part } from '../part.ts';
import { invariants } from './invariants.ts';
import * as rights from './rights.ts';
import { actors, commands, parties } from './sharing.ts';

/** What every chain has, whatever it trades in: members who share, who watch, and who ask. */
export const platform: Part = {
  name: 'platform',
  cast: { maker: 'core', dealer: 'dealer', haulier: 'carrier', ...parties },
  actors: [...actors, ...rights.actors],
  commands: [...commands, ...rights.commands],
  invariants: [...invariants, ...rights.invariants],
};
