import { commerce } from '../flows/commerce/index.ts';
import { data } from '../flows/data/index.ts';
import { goods } from '../flows/goods/index.ts';
import { money } from '../flows/money/index.ts';
import { kernel, type Module } from '../kernel/index.ts';
import { classification } from '../observatory/classification/index.ts';
import { collections } from '../observatory/collections/index.ts';
import { convergence } from '../observatory/convergence/index.ts';
import { guards } from '../observatory/guards/index.ts';
import { indicator } from '../observatory/indicator/index.ts';
import { publishing } from '../observatory/publishing/index.ts';
import { statistics } from '../observatory/statistics/index.ts';
import { consumer } from '../services/consumer/index.ts';
import { recall } from '../services/recall/index.ts';
import { stockroom } from '../services/stockroom/index.ts';
import { trade } from '../services/trade/index.ts';

/** Every module, in the order in which they migrate: the ground floor first. */
export const modules: readonly Module[] = [
  kernel,
  commerce,
  goods,
  money,
  data,
  trade,
  recall,
  consumer,
  stockroom,
  indicator,
  convergence,
  classification,
  statistics,
  collections,
  publishing,
  guards,
];
