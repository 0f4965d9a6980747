import { z } from 'zod';
import { openRoute } from '../../src/kernel/index.ts';

const gtins = ['09521234001010', '06901234000016', '04012345111119', '1', 'gtin'] as const;
const gtin = z.union([z.enum(gtins), z.string()]);
const query = z.object({
  linkType: z
    .union([z.enum(['gs1:pip', 'linkset', 'all', 'gs1:defaultLink']), z.string()])
    .optional(),
  lang: z.enum(['zh', 'en', 'x']).optional(),
  utm: z.string().optional(),
});

const shared = {
  method: 'GET',
  summary: { zh: '扫码', en: 'A scan' },
  query,
  gives: ['text/html', 'application/linkset+json', 'application/json'],
  reply: z.never(),
  faults: [],
  run: async () => {
    throw new Error('described for the dice alone');
  },
} as const;

/** The addresses that anybody may open, described as routes are, so that the dice can ask them. */
export const scans = [
  openRoute({
    ...shared,
    id: 'resolver.scan',
    path: '/01/{gtin}/{key}/{value}',
    params: z.object({
      gtin,
      key: z.union([z.enum(['10', '21', '22']), z.string()]),
      value: z.string(),
    }),
  }),
  openRoute({
    ...shared,
    id: 'resolver.page',
    path: '/about/{key}/{gtin}',
    params: z.object({ key: z.union([z.enum(['01', '00', '414']), z.string()]), gtin }),
  }),
];
