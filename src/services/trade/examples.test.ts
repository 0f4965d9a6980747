import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { equalInMeaning, readXml } from '../../flows/data/index.ts';
import { openTradeServer, type TradeServer } from './testing.ts';

/** Documents of OASIS and OpenPEPPOL, which nobody here wrote; they lie beside the repository. */
const folder = join(import.meta.dirname, '../../../../shared/data/ubl/examples');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : [];
if (files.length === 0) console.warn(`SKIPPED: there are no examples in ${folder}`);

async function goesInAndComesOut(trade: TradeServer, who: 'buyer' | 'other', name: string) {
  const bytes = readFileSync(join(folder, name));
  const sent = await trade.post(who, bytes);
  expect(sent.json(), name).toMatchObject({ errors: [] });
  expect(sent.statusCode, name).toBe(201);
  const url = `/api/v1/documents/${sent.json().id}`;
  const given = await trade.get(who, url, 'application/xml');
  const [before, after] = [readXml(bytes).root, readXml(given.rawPayload).root];
  expect(before && after && equalInMeaning(before, after), name).toBe(true);
  const again = await trade.post(who, bytes);
  expect(again.json()).toEqual(sent.json());
  return sent.json();
}

describe.skipIf(files.length === 0)('every published example goes in and comes out', () => {
  let trade: TradeServer;
  beforeAll(async () => {
    trade = await openTradeServer();
  });
  afterAll(() => trade.close());

  it.each(files)('%s', async (name) => {
    const { state, kind } = await goesInAndComesOut(trade, 'buyer', name);
    const effective = ['order', 'invoice'].includes(kind);
    expect(state, name).toBe(effective ? 'applied' : 'accepted');
  });

  it('in any order, and again from another party of the chain', async () => {
    for (const name of files.toReversed()) await goesInAndComesOut(trade, 'other', name);
  });
});

describe.skipIf(files.length === 0)('the examples in reverse', () => {
  let trade: TradeServer;
  beforeAll(async () => {
    trade = await openTradeServer();
  });
  afterAll(() => trade.close());

  it('the receipt before its despatch, the answer before its order', async () => {
    for (const name of files.toReversed()) await goesInAndComesOut(trade, 'buyer', name);
  });

  it('an invoice without a known order is a real one that nothing was held against', async () => {
    const { items } = (await trade.get('buyer', '/api/v1/invoices?side=selling')).json();
    const totals = items.map((one: { number: string; total_minor: string; match: string }) => [
      one.number,
      one.total_minor,
      one.match,
    ]);
    expect(totals.sort()).toEqual([
      ['Snippet1', '165625', 'unchecked'],
      ['TOSL108', '172870', 'unchecked'],
    ]);
  });
});
