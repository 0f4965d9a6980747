import { expect, test } from 'vitest';
import { changesBetween, countOf, type FormText } from './changes.ts';

type Item = FormText['items'][number];
type Rule = FormText['rules'][number];

const item = (code: string, more: Partial<Item> = {}): Item => ({
  code,
  name: { zh: code, en: code },
  kind: 'amount',
  unit: null,
  choices: [],
  is_required: true,
  takes_interval: false,
  source: null,
  prefill: null,
  ...more,
});
const rule = (id: string, expression: string): Rule => ({
  ...{ id, level: 'hard', expression, explanation: { zh: id, en: id } },
});

const first: FormText = {
  name: { zh: '季报', en: 'Quarterly' },
  levels: 1,
  asks_per_year: 4,
  approval: null,
  items: ['revenue', 'service', 'staff', 'energy', 'remark'].map((code) => item(code)),
  rules: [rule('H1', 'service <= revenue'), rule('H2', 'staff > 0')],
};

test('a version that says the same has no change', () => {
  expect(countOf(changesBetween(first, structuredClone(first)))).toBe(0);
});

test('tells what is new, gone, moved and rewritten, and which figures no longer compare', () => {
  const [revenue, service, staff, energy] = first.items as [Item, Item, Item, Item];
  const approval = {
    ...{ table_number: 'A1', issued_by: '局', approval_number: '1', valid_until: '2027-12-31' },
  };
  const next: FormText = {
    ...first,
    levels: 2,
    approval,
    // Staff goes to the front; energy is asked in kWh now; the remark is dropped.
    items: [
      staff,
      revenue,
      { ...service, is_required: false },
      item('visits', { kind: 'count' }),
      { ...energy, kind: 'quantity', unit: 'KWH' },
    ],
    rules: [rule('H2', 'staff > 0'), rule('H1', 'service < revenue')],
  };
  const { head, items, rules } = changesBetween(first, next);
  expect(head).toEqual([
    { field: 'levels', before: '1', after: '2' },
    { field: 'approval', before: '', after: 'A1 · 局 · 1 · 2027-12-31' },
  ]);
  expect(items.map(({ id, what, breaks }) => [id, what, breaks])).toEqual([
    ['staff', 'moved', false],
    ['service', 'changed', false],
    ['visits', 'added', false],
    ['energy', 'changed', true],
    ['remark', 'removed', true],
  ]);
  expect(items[3]?.differences).toEqual([
    { field: 'kind', before: 'amount', after: 'quantity' },
    { field: 'unit', before: '', after: 'KWH' },
  ]);
  // Two that change places: one of them moved, and what is rewritten says more than that.
  expect(rules.map(({ id, what }) => [id, what])).toEqual([['H1', 'changed']]);
});

test('of an order turned round all but one have moved', () => {
  const turned = { ...first, items: first.items.toReversed() };
  const { items } = changesBetween(first, turned);
  expect(items).toHaveLength(4);
  expect(new Set(items.map(({ what }) => what))).toEqual(new Set(['moved']));
});
