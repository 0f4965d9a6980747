import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaTypeOf, writeTable } from '../../flows/data/index.ts';
import { openTradeServer, type TradeServer } from './testing.ts';

let trade: TradeServer;
beforeAll(async () => {
  trade = await openTradeServer();
});
afterAll(() => trade.close());

const csv = { type: 'text/csv' };

async function orders(number: string) {
  return (await trade.get('buyer', `/api/v1/orders?number=${number}`)).json().items;
}

describe('sheets of orders', () => {
  const heading = '订单号,供应商,商品编码,数量,单位,单价,交货日期';
  const rows = (prefix: string) => {
    const { uscc } = trade.parties.seller;
    return [
      heading,
      `${prefix}-1,${uscc},FL-25,1000,公斤,3.30,2026-03-10`,
      `${prefix}-1,${uscc},ST-10,200,公斤,5.8,2026-03-11`,
      `${prefix}-2,${uscc},FL-25,零,公斤,3.3,2026-03-12`,
    ].join('\n');
  };

  it('write nothing while a row is bad, and name the cell', async () => {
    const refused = await trade.post('buyer', rows('S'), csv);
    expect(refused.statusCode).toBe(422);
    expect(refused.json().errors).toMatchObject([{ rule: 'SHEET-CELL', path: 'D4' }]);
    expect(await orders('S-1')).toEqual([]);
    const kept = (await trade.get('buyer', refused.json().instance)).json();
    expect(kept).toMatchObject({ state: 'refused', kind: 'sheet_orders' });
  });

  it('take the good rows where that is asked for, once', async () => {
    const query = '?take_good_rows=true';
    const taken = await trade.post('buyer', rows('S'), { ...csv, query });
    expect(taken.json()).toMatchObject({ state: 'applied', errors: [] });
    const rules = taken.json().warnings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(['trade.rows_done', 'trade.order_placed', 'SHEET-CELL']);
    expect(await orders('S-1')).toMatchObject([{ line_count: 2, net_minor: '446000' }]);
    const again = await trade.post('buyer', rows('S'), { ...csv, query });
    expect(again.json()).toEqual(taken.json());
  });

  it('undo all of it when trade refuses one order, or take the others if asked to', async () => {
    const sheet = rows('S').replace('S-2', 'S-3').replace('零', '5').replaceAll('S-1,', 'S-4,');
    const taken = sheet.replaceAll('S-4,', 'S-1,');
    const refused = await trade.post('buyer', taken, csv);
    expect(refused.json().errors).toMatchObject([
      { rule: 'commerce.order_number_taken', path: '/2' },
    ]);
    expect(await orders('S-3')).toEqual([]);
    const some = await trade.post('buyer', taken, { ...csv, query: '?take_good_rows=true' });
    expect(some.json().state).toBe('applied');
    expect(await orders('S-3')).toHaveLength(1);
    const all = await trade.post('buyer', sheet.replace('S-3', 'S-5'), csv);
    expect(all.json().state).toBe('applied');
  });

  it('of a seller list what its customers ordered', async () => {
    const sheet = '订单号,客户,商品编码,数量,单位,单价\nC-1,某乡镇超市,FL-25,5,公斤,3\n';
    const taken = await trade.post('seller', sheet, csv);
    expect(taken.json()).toMatchObject({ state: 'applied' });
    const { items } = (await trade.get('seller', '/api/v1/orders?number=C-1')).json();
    expect(items[0]).toMatchObject({
      buyer: { name: { zh: '某乡镇超市' } },
      seller: { id: trade.parties.seller.id },
    });
  });
});

describe('sheets of a catalogue and of stock', () => {
  it('list products, count what lies where, and go out again', async () => {
    const headings = ['商品编码', '商品名称', '商品条码', '单位', '包装单位', '包装数量'];
    const table = {
      headings,
      rows: [
        ['SJ-1', '三鲜水饺', '6901234567892', '公斤', '箱', 10],
        ['TY-1', '黑芝麻汤圆', null, '公斤', null, null],
      ],
    };
    const type = mediaTypeOf('xlsx');
    const listed = await trade.post('seller', await writeTable(table, 'xlsx'), { type });
    expect(listed.json()).toMatchObject({ state: 'applied', errors: [], kind: 'sheet_catalogue' });
    const { items } = (await trade.get('seller', '/api/v1/products')).json();
    expect(items.map((one: { code: string }) => one.code)).toEqual(['SJ-1', 'TY-1']);

    const place = { name_zh: '一号冷库', kind: 'cold_store' };
    expect((await trade.send('seller', '/api/v1/places', place)).statusCode).toBe(201);
    const stock = [
      '商品编码,仓库,批号,数量,单位,保质期至',
      'SJ-1,一号冷库,L1,12,箱,2026-12-01',
      'SJ-1,一号冷库,L1,5,公斤,2026-12-01',
      'TY-1,二号冷库,L2,7,公斤,',
      'XX-9,一号冷库,L3,7,公斤,',
    ].join('\n');
    const refused = await trade.post('seller', stock, csv);
    const found = refused
      .json()
      .errors.map((one: { rule: string; path: string }) => [one.rule, one.path]);
    expect(found.sort()).toEqual([
      ['trade.place_unknown', '/4'],
      ['trade.product_unknown', '/5'],
    ]);
    const good = await trade.post('seller', stock, { ...csv, query: '?take_good_rows=true' });
    expect(good.json().state).toBe('applied');
    const counted = (await trade.get('seller', '/api/v1/stock')).json().items;
    expect(counted).toMatchObject([{ product_name: '三鲜水饺', lot: 'L1', quantity: '125' }]);
    const out = await trade.get('seller', '/api/v1/exports/stock?format=csv');
    expect(out.body).toContain('三鲜水饺,一号冷库,L1,125,KGM,2026-12-01');
  });

  it('export orders and invoices in both formats', async () => {
    const list = await trade.get('buyer', '/api/v1/exports/orders?format=csv&language=en');
    expect(list.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(list.body.split('\r\n')[0]).toContain('Order number,Order date,Buyer,Seller,State');
    expect(list.body).toContain('S-1,2026-03-02,buyer,seller,placed');
    expect(list.body).toContain(',4460,');
    for (const kind of ['orders', 'invoices', 'stock']) {
      const sheet = await trade.get('buyer', `/api/v1/exports/${kind}`);
      expect(sheet.rawPayload.subarray(0, 2).toString()).toBe('PK');
    }
    expect((await trade.get('buyer', '/api/v1/exports/people')).statusCode).toBe(422);
  });
});
