import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMIT_BYTES, weighFirstPage } from '../../web/size.ts';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, type SmallChain } from './small-chain.ts';

const SETTING_UP_MS = 180_000;
const JOURNEY_MS = 120_000;

if (!hasBrowser) {
  process.stderr.write('No Chromium here: the journeys through the console are skipped.\n');
}

/** The smallest picture there is: what a camera would have taken at the door. */
const PHOTO = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhf',
    'DwAChwGA60e6kgAAAABJRU5ErkJggg==',
  ].join(''),
  'base64',
);

const CATALOGUE = ['商品编码*,商品名称*,单位*,单价', 'ZG-10,猪骨 10 kg,箱,很贵', ''].join('\n');

describe.skipIf(!hasBrowser)('the console, in a browser', () => {
  let chain: SmallChain;
  let browser: Browser;
  let buyer: Visitor;
  let supplier: Visitor;
  let order = '';
  let corrected = '';

  beforeAll(async () => {
    chain = await openSmallChain();
    browser = await openBrowser();
    buyer = await visit(browser, chain.address, { size: DESK });
    supplier = await visit(browser, chain.address, { size: PHONE });
    await signIn(buyer, 'buyer');
    await signIn(supplier, 'supplier');
  }, SETTING_UP_MS);

  afterAll(async () => {
    await browser?.close();
    await chain?.close();
  });

  it('weighs little before the first page is seen', () => {
    expect(weighFirstPage().script_bytes).toBeLessThanOrEqual(LIMIT_BYTES);
  });

  it('lets the buyer order from the catalogue, once, with two presses', async () => {
    const { page } = buyer;
    await page.getByRole('link', { name: '订单', exact: true }).first().click();
    await page.getByRole('link', { name: '下单' }).click();
    await page.getByLabel('数量 · 冷冻前腿肉 25 kg').fill('120');
    await page.getByLabel('数量 · 冷冻五花肉 25 kg').fill('60');
    await page.getByRole('button', { name: /下单 2 项/ }).dblclick();
    await page.getByRole('heading', { name: /订单 PO-/ }).waitFor();
    order = new URL(page.url()).pathname;
    await page.goto(`${chain.address}/orders`);
    await page.locator('.table tbody tr').first().waitFor();
    expect(await page.locator('.table tbody tr').count()).toBe(1);
  });

  it('takes a small supplier on a phone from answer to despatch in a tap each', async () => {
    const started = performance.now();
    const { page } = supplier;
    await page.locator('.today-row').first().click();
    await page.getByRole('button', { name: '全部能做到（2 项）' }).click();
    await page.getByRole('button', { name: '全部发运（2 项）' }).click();
    await page.locator('.tag', { hasText: '交付中' }).waitFor();
    expect(performance.now() - started).toBeLessThan(JOURNEY_MS);
  });

  it('lets the buyer receive with a shortage and a photo', async () => {
    const { page } = buyer;
    await page.goto(`${chain.address}${order}`);
    await page.getByRole('link', { name: /收货 SH-/ }).click();
    const first = page.locator('.receive-line').first();
    await first.getByText('有差异').click();
    await first.getByLabel('短少').fill('10');
    await first.getByLabel('原因').fill('少了一托');
    await first
      .locator('input[type=file]')
      .setInputFiles({ name: 'door.png', mimeType: 'image/png', buffer: PHOTO });
    await first.locator('img').waitFor();
    await page.getByRole('button', { name: '收货 2 批（1 批有差异）' }).click();
    await page.getByText('差 10').waitFor();
    await page.locator('.photos img').waitFor();
    expect(await page.locator('.notice.is-late').count()).toBe(1);
  });

  it('records what was made of the meat, and says later how much it was', async () => {
    const { page } = buyer;
    await page.goto(`${chain.address}/settings?tab=products`);
    await page.getByRole('button', { name: '上架产品' }).click();
    await page.getByLabel('编码', { exact: true }).fill('SJ-1');
    await page.getByLabel('品名', { exact: true }).fill('三鲜水饺');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('三鲜水饺').waitFor();
    await page.goto(`${chain.address}/stock/production`);
    await page.getByLabel('产出什么').selectOption({ label: '三鲜水饺' });
    await page.getByLabel('产出数量').fill('12');
    await page.getByLabel('用了什么').selectOption({ label: '冷冻前腿肉 25 kg' });
    await page.getByPlaceholder('用掉').first().fill('3');
    await page.getByRole('button', { name: '记录生产' }).click();
    await page.getByRole('link', { name: '更正或撤回' }).click();
    await page.getByLabel('产出数量').fill('11');
    await page.getByLabel('为什么要改').fill('少装一箱');
    const wrong = page.url();
    await page.getByRole('button', { name: '按此更正' }).click();
    await page.waitForURL('**/events/*');
    corrected = new URL(page.url()).pathname.replace('/events/', '/stock/productions/');
    await page.goto(wrong);
    await page.getByText('这次生产记录已经撤回').waitFor();
    await page.goto(`${chain.address}/stock`);
    const row = page.locator('.table tbody tr', { hasText: '三鲜水饺' });
    expect(await row.textContent()).toMatch(/11\s箱/);
  });

  it('lets the supplier invoice what was received in one tap, as soon as it was', async () => {
    const { page } = supplier;
    // Nothing was reloaded: the receipt came to the phone by itself.
    await page.getByRole('button', { name: /按实收开票/ }).click();
    await page.getByText('付款时钟', { exact: true }).waitFor();
    await page.getByText('30 天', { exact: true }).first().waitFor();
  });

  it('keeps the undisputed part payable, and pays it', async () => {
    const { page } = buyer;
    await page.goto(`${chain.address}${order}`);
    await page.getByRole('button', { name: '更多操作' }).click();
    await page.getByRole('button', { name: '对发票提出争议' }).click();
    await page.getByLabel('金额').fill('1000');
    await page.getByLabel('争议什么').fill('包装破损');
    await page.getByRole('button', { name: /提出争议 ¥/ }).click();
    await page.locator('.clock-figures .late', { hasText: '1,000.00' }).waitFor();
    await page.getByRole('button', { name: '登记付款' }).click();
    await page.getByRole('button', { name: /登记付款 ¥/ }).click();
    await page.getByText('已登记，等收款方确认到账').waitFor();
    await supplier.page.goto(`${chain.address}/invoices?tab=payments`);
    await supplier.page.getByRole('button', { name: '确认到账' }).click();
    await supplier.page.locator('.tag', { hasText: '已到账' }).waitFor();
  });

  it('shows the wrong cell of a sheet, keeps what was refused and takes it mended', async () => {
    const { page } = supplier;
    await page.goto(`${chain.address}/documents/new`);
    await page.locator('.file-drop input').setInputFiles({
      name: '目录.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(CATALOGUE),
    });
    await page.getByText('单元格 D2').waitFor();
    await page.getByRole('button', { name: '送出' }).click();
    await page.getByText('已留在收件箱').waitFor();
    await page.goto(`${chain.address}/documents`);
    await page.locator('.is-urgent .link-row').click();
    await page.getByText('为什么退回').waitFor();
    await page.getByLabel('内容').fill(CATALOGUE.replace('很贵', '60.00'));
    await page.getByRole('button', { name: '再次送出' }).click();
    await page.locator('.tag', { hasText: '已生效' }).waitFor();
    await page.goto(`${chain.address}/settings?tab=products`);
    await page.getByText('猪骨 10 kg').waitFor();
  });

  it('lets the supplier put a product right that is listed', async () => {
    const { page } = supplier;
    const row = page.getByText('猪骨 10 kg').locator('xpath=ancestor::*[.//button][1]');
    await row.getByRole('button', { name: '修改' }).click();
    await page.getByLabel('品名', { exact: true }).fill('冷冻猪骨 10 kg');
    await page.getByLabel('商品条码').fill('06901234000016');
    await page.getByLabel('包装单位').selectOption('KGM');
    await page.getByLabel('每个含').fill('0.1');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已修改').waitFor();
    await page.getByText('冷冻猪骨 10 kg').waitFor();
    await page.getByText('06901234000016').waitFor();
  });

  it('tells how much is service once the supplier has said what its sales are', async () => {
    const { page } = supplier;
    await page.goto(`${chain.address}/observatory/share`);
    await page.locator('.share-word', { hasText: '尚不能判断' }).waitFor();
    expect(await page.locator('.question').count()).toBe(2);
    await page.getByRole('button', { name: '定行业' }).first().click();
    await page.getByLabel('用平常的话搜索行业').fill('牲畜屠宰');
    await page.locator('.class-option', { hasText: '1351' }).click();
    await page.getByLabel('理由').fill('自有屠宰线');
    await page.getByRole('button', { name: '归入 1351' }).click();
    await expect.poll(() => page.locator('.question').count(), { timeout: 20_000 }).toBe(1);
    // What is called much the same takes the first decision for its model.
    await page.goto(`${chain.address}/observatory/unclassified`);
    await page.getByRole('button', { name: '定行业' }).click();
    await page.getByRole('button', { name: '照此归类' }).click();
    await page.getByRole('button', { name: '归入 1351' }).click();
    await page.getByText('没有待归类的销售').waitFor();
    await page.goto(`${chain.address}/observatory/share`);
    await page.locator('.share-word', { hasText: '否' }).waitFor();
  });

  it('draws an index anew when its weights are pulled', async () => {
    const { page } = buyer;
    await page.goto(`${chain.address}/observatory/index`);
    const first = page.locator('.standing-group').first();
    await first.waitFor();
    const before = await page.locator('.standings').textContent();
    await page.locator('.weight input').first().fill('100');
    await expect
      .poll(() => page.locator('.standings').textContent(), { timeout: 20_000 })
      .not.toBe(before);
    expect(new URL(page.url()).searchParams.get('weights')).toContain('IN:100');
    await first.locator('button').first().click();
    await page.locator('.explained-row').nth(2).waitFor();
    await page.locator('.drawer').getByText('这个指数没有量到的').waitFor();
  });

  it('shows the same groups on a map, of its own areas or of the reader’s', async () => {
    const { page } = buyer;
    await page.goto(`${chain.address}/observatory/index`);
    await page.getByText('地图', { exact: true }).click();
    const units = page.locator('.map-unit');
    await expect.poll(() => units.count()).toBe(16);
    const best = (await page.locator('[data-place="0"]').getAttribute('aria-label')) ?? '';
    await page.locator('[data-place="0"]').focus();
    await page.getByText('这个指数没有量到的').waitFor();
    expect(await page.locator('.map-readout').textContent()).toContain(best.split('，')[0]);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.locator('.drawer[open] .explained-row').nth(2).waitFor();
    expect(new URL(page.url()).searchParams.get('look')).toBe('map');
    await page.keyboard.press('Escape');
    // The map follows the sliders.
    await page.locator('.weight input').first().fill('100');
    await expect
      .poll(() => page.locator('[data-place="0"]').getAttribute('aria-label'), { timeout: 20_000 })
      .not.toBe(best);
    await page.getByRole('button', { name: '用自己的地图文件' }).click();
    const [broken, whole] = mapFiles();
    await page.locator('.drawer[open] input[type=file]').setInputFiles(broken);
    await page.getByText('第 2 个要素（features[1].geometry.coordinates[0][0]）').waitFor();
    await page.locator('.drawer[open] input[type=file]').setInputFiles(whole);
    await page.getByLabel('审图号或来源').fill('某审字 1 号');
    await page.getByRole('button', { name: '画地图' }).click();
    await page.getByText('某审字 1 号').waitFor();
    await page.getByText('地图上没有的单位（15）').waitFor();
    expect(await units.count()).toBe(1);
  });

  it('speaks the other language at one press', async () => {
    const { page } = buyer;
    await page.goto(chain.address);
    await page.getByRole('button', { name: /^账号/ }).click();
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'Today' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en-GB');
  });

  /**
   * Opens a page: it has what it waits for, is no wider than the window, and every text in it has
   * been told what it speaks of.
   */
  async function look({ page }: Visitor, path: string): Promise<void> {
    await page.goto(`${chain.address}${path}`);
    await page.locator('.shell h1').first().waitFor({ state: 'attached' });
    // A page may wait for several lists at once.
    const waiting = page.locator('.skeleton, .progress');
    await expect.poll(() => waiting.count(), { timeout: 20_000 }).toBe(0);
    const over = 'document.documentElement.scrollWidth - innerWidth';
    expect(await page.evaluate(over), path).toBeLessThanOrEqual(0);
    expect(await page.locator('.shell').textContent(), path).not.toMatch(/\{\w+\}/);
  }

  /** Where the first link of a page leads that begins so. */
  async function firstLink({ page }: Visitor, path: string, begins: string): Promise<string> {
    await page.goto(`${chain.address}${path}`);
    const link = page.locator(`a[href^="${begins}"]`).first();
    await link.waitFor();
    return (await link.getAttribute('href')) ?? '';
  }

  for (const language of ['zh', 'en'] as const) {
    for (const [name, size] of Object.entries({ desk: DESK, phone: PHONE })) {
      it(
        `shows every page on a ${name} in ${language} without a complaint`,
        async () => {
          const visitor = await visit(browser, chain.address, { size, language });
          await signIn(visitor, 'buyer');
          for (const path of pagesOf(order)) await look(visitor, path);
          await look(visitor, await firstLink(visitor, '/stock', '/stock/thread?'));
          await look(visitor, corrected);
          expect(visitor.complaints).toEqual([]);
          await visitor.close();
          const seller = await visit(browser, chain.address, { size, language });
          await signIn(seller, 'supplier');
          await look(seller, await firstLink(seller, '/settings?tab=products', '/products/'));
          expect(seller.complaints).toEqual([]);
          await seller.close();
        },
        JOURNEY_MS,
      );
    }
  }

  it('heard no complaint on any of these ways', () => {
    const refused = /the server responded with a status of 422/;
    const heard = [...buyer.complaints, ...supplier.complaints];
    expect(heard.filter((complaint) => !refused.test(complaint))).toEqual([]);
  });
});

/** An area in metres, which is refused, and the same in degrees, for one unit of the example. */
function mapFiles() {
  const square = (from: number, to: number) => [
    [from, from],
    [from, to],
    [to, to],
    [from, from],
  ];
  const file = (name: string, ...rings: number[][][]) => ({
    name,
    mimeType: 'application/geo+json',
    buffer: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: rings.map((ring, at) => ({
          type: 'Feature',
          properties: { name: `${['甲', '别'][at]}区` },
          geometry: { type: 'Polygon', coordinates: [ring] },
        })),
      }),
    ),
  });
  return [
    file('metres.geojson', square(1, 2), square(12_000_000, 12_000_100)),
    file('degrees.geojson', square(1, 2), square(2, 3)),
  ] as const;
}

function pagesOf(order: string): string[] {
  const lot = encodeURIComponent('https://id.gs1.org/01/06901234000016/10/L1');
  const tabs = {
    '/chain': ['map', 'members', 'invitations', 'sharing'],
    '/invoices': ['payables', 'payments', 'ageing', 'bank'],
    '/ledger': ['entries', 'checks'],
    '/observatory/index': ['compare'],
    '/recalls': ['received'],
    '/settings': ['keys', 'products', 'agreements', 'places', 'security'],
  };
  return [
    '/',
    '/orders',
    '/orders/new',
    order,
    `${order}/answer`,
    '/events',
    '/event-queries',
    '/shipments',
    '/stock',
    '/stock/count',
    '/stock/production',
    '/stock/unknown',
    '/documents',
    '/documents/new',
    '/observatory',
    '/observatory/share?threshold=0.25',
    '/observatory/unclassified',
    '/observatory/matrix',
    '/observatory/classes?search=冷链运输&open=C.43',
    '/observatory/reports',
    '/observatory/collections',
    '/observatory/forms',
    '/observatory/guards',
    '/observatory/index?look=map',
    '/observatory/releases',
    '/events',
    `/trace?item=${lot}`,
    `/extent?item=${lot}`,
    ...Object.entries(tabs).flatMap(([path, ids]) => [
      path,
      ...ids.map((id) => `${path}?tab=${id}`),
    ]),
  ];
}
