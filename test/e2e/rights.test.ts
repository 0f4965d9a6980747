import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, type SmallChain } from './small-chain.ts';

const JOURNEY_MS = 60_000;

describe.skipIf(!hasBrowser)('asking about data, in a browser', () => {
  let chain: SmallChain;
  let browser: Browser;
  let buyer: Visitor;
  let seller: Visitor;

  beforeAll(async () => {
    chain = await openSmallChain();
    browser = await openBrowser();
    buyer = await visit(browser, chain.address, { size: DESK });
    await signIn(buyer, 'buyer');
    seller = await visit(browser, chain.address, { size: PHONE, language: 'en' });
    await signIn(seller, 'supplier');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await chain?.close();
  });

  it(
    'one asks for leave to read, the other gives it on a phone',
    async () => {
      const { page } = buyer;
      await page.goto(`${chain.address}/chain?tab=sharing`);
      await page.getByRole('button', { name: '请求查看' }).click();
      await page.locator('dialog[open] select').first().selectOption({ index: 1 });
      await page.locator('dialog[open] textarea').fill('安排补货');
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('已提出').waitFor();
      await seller.page.goto(`${chain.address}/`);
      await seller.page.getByText('安排补货').click();
      await seller.page.getByRole('button', { name: 'Asks for consent' }).click();
      await seller.page.getByText('No answer in time means no').waitFor();
      const wide = await seller.page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(PHONE.width);
      await seller.page.getByRole('button', { name: 'Accept and share' }).click();
      await seller.page.getByText('Answered').waitFor();
      await page.reload();
      await page.getByText('安排补货').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'a person takes a copy, asks to be erased, and stays after all',
    async () => {
      const { page } = buyer;
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.getByRole('button', { name: '生成' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByText('保存到本机').click(),
      ]);
      expect(download.suggestedFilename()).toBe('jingwei-account.json');
      await page.locator('dialog[open] .drawer-head button').click();
      await page.getByRole('button', { name: '注销账号' }).click();
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('账号将于').waitFor();
      await page.getByRole('button', { name: '不注销了' }).click();
      await page.getByRole('button', { name: '注销账号' }).waitFor();
    },
    JOURNEY_MS,
  );

  it('heard no complaint', () => {
    expect([...buyer.complaints, ...seller.complaints]).toEqual([]);
  });
});
