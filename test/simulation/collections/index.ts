import type { Actor, Part } from '../part.ts';
import { asking, first } from './asking.ts';
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
  async set(by, ids) {
    const { statistics, ...firms } = ids;
    const asked = [
      [first('F-1', 1, 'month'), ['2026-01', '2026-02']],
      [first('F-2', 2, 'quarter'), ['2026-Q1']],
    ] as const;
    for (const [body, periods] of asked) {
      const { id: form_id } = await by('statistics', 'statistical_form.define', { body });
      for (const period of periods) {
        const asking = { form_id, period, due_on: '2026-04-10', party_ids: Object.values(firms) };
        await by('statistics', 'collection.open', { body: asking });
      }
    }
  },
};
