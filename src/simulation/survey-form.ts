import { asMember, type Chain, type Tx } from '../kernel/index.ts';
import { defineForm, newForm } from '../observatory/collections/index.ts';
import type { Lane } from './lane.ts';

/** A made-up form: what invoices know is filled in, two items are not. */
const form = newForm.parse({
  code: 'FW-01',
  name: { zh: '服务收入月报（演示）', en: 'Service revenue, monthly (demo)' },
  period_kind: 'month',
  items: [
    {
      code: 'revenue',
      name: { zh: '营业收入', en: 'Revenue' },
      kind: 'amount',
      prefill: { field: 'revenue' },
    },
    {
      code: 'service_revenue',
      name: { zh: '其中：服务收入', en: 'Of which services' },
      kind: 'amount',
      takes_interval: true,
      prefill: { field: 'service_revenue' },
    },
    {
      code: 'service_staff',
      name: { zh: '从事服务的人数', en: 'People who work in services' },
      kind: 'count',
    },
    {
      code: 'plan',
      name: { zh: '明年服务业务', en: 'Services next year' },
      kind: 'choice',
      is_required: false,
      choices: [
        { code: 'more', name: { zh: '扩大', en: 'More' } },
        { code: 'same', name: { zh: '持平', en: 'The same' } },
        { code: 'less', name: { zh: '收缩', en: 'Less' } },
      ],
    },
  ],
  rules: [
    {
      id: 'PART',
      level: 'hard',
      expression: 'service_revenue <= revenue',
      explanation: {
        zh: '服务收入不应大于营业收入。',
        en: 'Services are a part of revenue, and no more than it.',
      },
    },
    {
      id: 'STAFF',
      level: 'soft',
      expression: 'service_staff <= 500',
      explanation: {
        zh: '从事服务的人数超过 500，请说明。',
        en: 'More than 500 people in services: say why.',
      },
    },
  ],
});

/** Acts for a member with its roles in the chain. */
export type As = <T>(party: string, work: (tx: Tx) => Promise<T>) => Promise<T>;

export function membersOf({ store }: Lane, { id: chain }: Pick<Chain, 'id'>): As {
  return async (party, work) => {
    const done = await asMember(store, { chain, party }, [], work);
    if (done === null) throw new Error('Whoever is asked is in the chain.');
    return done;
  };
}

/** Defines the form when it is first asked with. @returns its id */
export function surveyForm(as: As, statistics: string): () => Promise<string> {
  let id: string | undefined;
  return async () => {
    id ??= (await as(statistics, (tx) => defineForm(tx, form))).id;
    return id;
  };
}
