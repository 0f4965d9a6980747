import type { Actor, Part } from '../part.ts';
import { asking } from './asking.ts';
import { invariants } from './invariants.ts';
import { reporting } from './reporting.ts';

const office: Actor = {
  name: 'statistics.office',
  of: 'statistics',
  scopes: ['collections.*.*', 'identity.party.read'],
  duties: ['ask_for_figures'],
};

const person = (name: string, of: string, ...duties: string[]): Actor => ({
  ...{ name: `${of}.${name}`, of, scopes: [], duties, is_person: true },
});

/** A system of a firm; with a person who made its key, what it hands over is that person's. */
const system = (of: string, key_of?: string): Actor => ({
  ...{ name: `${of}.reports`, of, scopes: ['collections.*.*'], duties: ['report'] },
  ...(key_of === undefined ? {} : { key_of }),
});

/** A statistician asks firms for figures, and they answer by one or two pairs of hands. */
export const collections: Part = {
  name: 'collections',
  cast: { statistics: 'statistician' },
  actors: [
    office,
    office,
    person('clerk', 'maker', 'report'),
    person('chief', 'maker', 'report', 'check'),
    system('maker', 'maker.chief'),
    person('clerk', 'dealer', 'report', 'check'),
    person('chief', 'dealer', 'report', 'check'),
    { ...system('miller'), duties: ['report', 'check'] },
    system('shop'),
  ],
  commands: [...asking, ...reporting],
  invariants,
};
