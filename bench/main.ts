import { benchDisclosure } from './disclosure.ts';
import { benchGoodsCapture } from './goods-capture.ts';
import { benchGoodsStore } from './goods-store.ts';
import { benchGoodsTrace } from './goods-trace.ts';
import { benchIndicator, benchLeontief } from './observatory.ts';
import { benchOrderList } from './order-list.ts';
import { benchOrderToPaid } from './order-to-paid.ts';
import { benchRevenueSplit } from './revenue-split.ts';
import { benchSealing } from './sealing.ts';
import { benchStart } from './start.ts';

/** `npm run bench`, or `npm run bench -- trade`: one JSON line a figure on standard out. */
const suites: Record<string, (() => Promise<void>)[]> = {
  trade: [benchOrderToPaid, benchOrderList, benchStart],
  seals: [benchSealing],
  observatory: [benchIndicator, benchLeontief, benchRevenueSplit, benchDisclosure],
  goods: [benchGoodsTrace, benchGoodsCapture],
  store: [benchGoodsStore],
};

// What begins with two dashes is a bench's own option, and so is the number behind it.
const wanted = process.argv.slice(2).filter((word) => !/^(--|\d)/.test(word));
for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
  const suite = suites[name];
  if (!suite) throw new Error(`No bench "${name}": ${Object.keys(suites).join(', ')}.`);
  for (const bench of suite) await bench();
}
