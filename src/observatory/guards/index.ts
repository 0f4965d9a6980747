import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

/** 指标警戒: whether figures that are judged by still say what they are meant to. */
export const guards: Module = {
  name: 'guards',
  migrations: null,
  routes,
  faults: fault.table,
};
