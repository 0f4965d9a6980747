import { route } from '../../kernel/index.ts';
import { askIndex } from './measuring.ts';
import {
  comparison,
  explanation,
  index,
  newComparison,
  newExplanation,
  newIndex,
} from './schema.ts';

const reading = [
  'indicator.data_unreadable',
  'indicator.framework_unreadable',
  'indicator.recipe_unreadable',
  'indicator.step_impossible',
  'indicator.too_large',
  'indicator.too_long',
  'indicator.busy',
];
const measuring = [...reading, 'indicator.rerun_impossible'];

/** They work on what is posted, and keep nothing of it. */
export const routes = [
  route({
    id: 'index.measure',
    method: 'POST',
    path: '/api/v1/observatory/indices/measure',
    permission: 'indicator.index.read',
    summary: {
      zh: '由数据、指标体系和方案算出指数及其位次区间',
      en: 'An index from data, framework and recipe, with rank intervals',
    },
    body: newIndex,
    reply: index,
    faults: measuring,
    run: (_, { body }) => askIndex({ what: 'measure', ...body }),
  }),
  route({
    id: 'index.explain',
    method: 'POST',
    path: '/api/v1/observatory/indices/explain',
    permission: 'indicator.index.read',
    summary: {
      zh: '一个单位的得分，一直说到原始数据',
      en: 'One score, down to the raw cells',
    },
    body: newExplanation,
    reply: explanation,
    faults: [...reading, 'indicator.unit_unknown', 'indicator.element_unknown'],
    run: (_, { body: { period, element, ...body } }) =>
      askIndex({
        what: 'explain',
        ...body,
        ...(period === undefined ? {} : { period }),
        ...(element === undefined ? {} : { element }),
      }),
  }),
  route({
    id: 'index.compare',
    method: 'POST',
    path: '/api/v1/observatory/indices/compare',
    permission: 'indicator.index.read',
    summary: {
      zh: '同样的数据，两个方案，各单位位次怎样变',
      en: 'The same data under two recipes: how ranks move',
    },
    body: newComparison,
    reply: comparison,
    faults: measuring,
    run: (_, { body }) => askIndex({ what: 'compare', ...body }),
  }),
];
