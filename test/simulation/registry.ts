import { collections } from './collections/index.ts';
import type { Part } from './part.ts';
import { platform } from './platform/index.ts';
import { recalls } from './recalls/index.ts';
import { releases } from './releases/index.ts';
import { trade } from './trade/index.ts';
import { warehouses } from './warehouses/index.ts';

/**
 * What the simulation plays. A module that brings actors, commands and invariants of its own makes
 * a part (`part.ts`), adds it here, and is played together with all others.
 */
export const parts: readonly Part[] = [platform, trade, recalls, collections, releases, warehouses];
