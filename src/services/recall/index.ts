import { z } from 'zod';
import { mediaTypeOf } from '../../flows/data/index.ts';
import { eventsShown } from '../../flows/goods/index.ts';
import { type Module, route } from '../../kernel/index.ts';
import { dryRun, recallList, recallSheet, sheetQuery, suspicion } from './dry-run.ts';
import { fault } from './faults.ts';

const faults = ['recall.nothing_affected', 'goods.trace_without_start', 'goods.trace_too_wide'];

/** Recall (S11): from a suspicion to the list of what is where. */
export const recall: Module = {
  name: 'recall',
  migrations: null,
  routes: [
    route({
      id: 'recall.try',
      method: 'POST',
      path: '/api/v1/recalls/dry-run',
      permission: 'goods.event.read',
      shared: ['shipments'],
      summary: { zh: '试算召回：不留下任何记录', en: 'Try a recall: nothing is left behind' },
      body: suspicion,
      reply: recallList,
      faults,
      shows: (tx, { events }) => eventsShown(tx, events),
      run: (tx, { body }) => dryRun(tx, body),
    }),
    route({
      id: 'recall.sheet',
      method: 'GET',
      path: '/api/v1/recalls/dry-run/sheet',
      permission: 'goods.event.read',
      shared: ['shipments'],
      summary: { zh: '召回试算的记录表', en: 'The records of a recall that is tried, as a sheet' },
      query: sheetQuery,
      gives: [mediaTypeOf('csv'), mediaTypeOf('xlsx')],
      reply: z.never(),
      faults,
      run: (tx, { query }) => recallSheet(tx, query),
    }),
  ],
  faults: fault.table,
};
