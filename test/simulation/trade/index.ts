import type { Part } from '../part.ts';
import { buying } from './buying.ts';
import { actors, parties, set } from './cast.ts';
import { invariants } from './invariants.ts';
import { paying } from './paying.ts';
import { selling } from './selling.ts';

/** An order through all four flows, by everybody who has a hand in it. */
export const trade: Part = {
  name: 'trade',
  cast: parties,
  actors,
  commands: [...buying, ...selling, ...paying],
  invariants,
  set,
};
