import type { Part } from '../part.ts';
import { invariants } from './invariants.ts';
import { actors, commands } from './recalling.ts';

/** Somebody recalls a lot; who has some of it is told, holds it and answers. */
export const recalls: Part = { name: 'recalls', cast: {}, actors, commands, invariants };
