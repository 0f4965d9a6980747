import { benchDisclosure } from './disclosure.ts';
import { benchGoodsCapture } from './goods-capture.ts';
import { benchGoodsExtent } from './goods-extent.ts';
import { benchGoodsRebuild } from './goods-rebuild.ts';
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
  // The trace last: what its maps leave behind would slow the clients of the capture.
  goods: [benchGoodsCapture, benchGoodsTrace],
};
/** Asked for by name alone: half an hour, and 32 GB of disk, and somewhat less. */
const large: typeof suites = {
  store: [benchGoodsStore],
  extent: [benchGoodsExtent],
  rebuild: [benchGoodsRebuild],
};

const given = process.argv.slice(2);
const options = given.findIndex((word) => word.startsWith('--'));
const wanted = options < 0 ? given : given.slice(0, options);
for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
  const suite = suites[name] ?? large[name];
  if (!suite)
    throw new Error(`No bench "${name}": ${Object.keys({ ...suites, ...large }).join(', ')}.`);
  for (const bench of suite) await bench();
}
