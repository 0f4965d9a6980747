import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  holdsUnder,
  openReceiver,
  type Receiver,
  rulesFor,
} from '../../src/kernel/webhooks/testing.ts';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, type SmallChain } from './small-chain.ts';

const JOURNEY_MS = 60_000;

describe.skipIf(!hasBrowser)('having facts sent to an own system, in a browser', () => {
  let receiver: Receiver;
  let chain: SmallChain;
  let browser: Browser;
  let desk: Visitor;
  let secret = '';

  beforeAll(async () => {
    receiver = await openReceiver();
    chain = await openSmallChain([], rulesFor(receiver));
    browser = await openBrowser();
    desk = await visit(browser, chain.address, { size: DESK });
    await signIn(desk, 'buyer');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await chain?.close();
    await receiver?.close();
  });

  it(
    'refuses an address inside, and shows the secret of a good one once',
    async () => {
      const { page } = desk;
      await page.goto(`${chain.address}/settings?tab=webhooks`);
      await page.getByText('还没有推送地址').waitFor();
      await page.getByRole('button', { name: '新建推送' }).click();
      await page.getByLabel('用途').fill('ERP');
      await page.getByLabel('接收地址').fill('https://169.254.169.254/latest/meta-data/');
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('这个地址不能接收推送').waitFor();
      await page.getByLabel('接收地址').fill(receiver.url);
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('签名密钥只显示这一次').waitFor();
      secret = (await page.locator('dialog[open] .copy-text code').textContent()) ?? '';
      expect(secret).toMatch(/^whsec_/);
      await page.locator('dialog[open] .drawer-head button').click();
    },
    JOURNEY_MS,
  );

  it(
    'sends a test, shows what failed, and sends it again',
    async () => {
      const { page } = desk;
      receiver.answers(() => ({ status: 500 }));
      await page.getByRole('button', { name: '查看' }).click();
      await page.getByRole('button', { name: '发测试消息' }).click();
      await page.locator('.webhook-message').getByText('未送达').waitFor();
      expect(receiver.calls.every((call) => holdsUnder(secret, call))).toBe(true);
      receiver.answers(() => ({ status: 204 }));
      await page.getByRole('button', { name: '重发' }).click();
      await page.locator('.webhook-message').getByText('已送达').waitFor();
      expect(new Set(receiver.calls.map(({ id }) => id)).size).toBe(1);
    },
    JOURNEY_MS,
  );

  it(
    'replays from the beginning, pauses, and is whole on a phone',
    async () => {
      const { page } = desk;
      await page.getByRole('button', { name: '重新推送' }).click();
      await page.getByText('从头').click();
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('goods.place.opened').first().waitFor();
      await page.getByRole('button', { name: '暂停' }).click();
      await page.getByText('已暂停').first().waitFor();
      const phone = await visit(browser, chain.address, { size: PHONE, language: 'en' });
      await signIn(phone, 'buyer');
      await phone.page.goto(`${chain.address}/settings?tab=webhooks`);
      await phone.page.getByText('Paused').waitFor();
      await phone.page.getByRole('button', { name: 'Open' }).click();
      await phone.page.locator('.webhook-message').first().waitFor();
      const wide = await phone.page.evaluate('document.documentElement.scrollWidth');
      expect(wide).toBeLessThanOrEqual(PHONE.width);
      expect(phone.complaints).toEqual([]);
      await phone.close();
    },
    JOURNEY_MS,
  );

  it('heard no complaint but the refusal', () => {
    const refused = /the server responded with a status of 422/;
    expect(desk.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  });
});
