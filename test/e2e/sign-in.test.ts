import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, startProvider } from '../../src/kernel/identity/oidc/test-provider.ts';
import { codeAt, stepAt } from '../../src/kernel/identity/totp.ts';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, PASSWORD, type SmallChain } from './small-chain.ts';

const SETTING_UP_MS = 180_000;
const JOURNEY_MS = 60_000;

/** A phone's fingerprint reader, as Chromium plays one: it always says yes, to its own owner. */
async function holdAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** What an authenticator app shows for a secret that was typed into it. */
function codeFor(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = [...secret.replaceAll(/\s/g, '')];
  const bits = letters.map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return codeAt(bytes, stepAt(new Date()));
}

/** At the provider's own pages: who it is, and that we may know. */
async function passByHand(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: /continue/i }).click();
}

async function signOut({ page }: Visitor): Promise<void> {
  await page.getByRole('button', { name: /^账号/ }).click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.locator('input[name=login]').waitFor();
}

async function enterPassword({ page }: Visitor, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
}

const close = (page: Page) => page.locator('dialog[open] .drawer-head button').click();

describe.skipIf(!hasBrowser)('signing in, in a browser', () => {
  let chain: SmallChain;
  let works: Awaited<ReturnType<typeof startProvider>>;
  let browser: Browser;
  let buyer: Visitor;
  let codes: string[] = [];

  beforeAll(async () => {
    works = await startProvider();
    chain = await openSmallChain([clientOf(works.issuer)]);
    browser = await openBrowser();
    buyer = await visit(browser, chain.address, { size: DESK });
    await holdAuthenticator(buyer.page);
    await signIn(buyer, 'buyer');
  }, SETTING_UP_MS);

  afterAll(async () => {
    await browser?.close();
    await chain?.close();
    await works?.close();
  });

  it(
    'sets codes up from the QR code, and shows recovery codes once',
    async () => {
      const { page } = buyer;
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.locator('.setting-row', { hasText: '手机验证码' }).getByRole('button').click();
      await page.locator('svg.qr-code path').waitFor();
      await page.getByText('扫不了').click();
      const secret = (await page.locator('dialog[open] code').textContent()) ?? '';
      await page.locator('input[name=first-code]').fill(codeFor(secret));
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('恢复码只显示这一次').waitFor();
      codes = ((await page.locator('dialog[open] code').textContent()) ?? '').split('\n');
      expect(codes).toHaveLength(10);
      await close(page);
      await page.getByText('剩 10 个').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'asks for the second step, says what was wrong, and takes a recovery code once',
    async () => {
      const { page } = buyer;
      await signOut(buyer);
      await enterPassword(buyer, 'buyer');
      await page.locator('input[name=totp]').fill('000000');
      await page.locator('button[type=submit]').click();
      await page.getByText('验证码不对').waitFor();
      await page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
      await page.locator('input[name=recovery_code]').fill(codes[0]?.toLowerCase() ?? '');
      await page.locator('button[type=submit]').click();
      await page.locator('.shell h1').waitFor();
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.getByText('剩 9 个').waitFor();
      await page.getByText('用掉一个恢复码').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'adds a passkey, and signs in with it alone and as the second step',
    async () => {
      const { page } = buyer;
      await page.getByRole('button', { name: '添加通行密钥' }).click();
      await page.locator('input[name=passkey-name]').fill('办公电脑');
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText('还没用过').waitFor();
      await signOut(buyer);
      await page.getByRole('button', { name: '用通行密钥登录' }).click();
      await page.locator('.shell h1').waitFor();
      await signOut(buyer);
      await enterPassword(buyer, 'buyer');
      await page.getByRole('button', { name: '改用通行密钥' }).click();
      await page.getByRole('button', { name: '用通行密钥确认' }).click();
      await page.locator('.shell h1').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'shows where it is signed in, and ends it there',
    async () => {
      const phone = await visit(browser, chain.address, { size: PHONE });
      await enterPassword(phone, 'buyer');
      await phone.page.getByRole('button', { name: '手机不在身边？用恢复码' }).click();
      await phone.page.locator('input[name=recovery_code]').fill(codes[1] ?? '');
      await phone.page.locator('button[type=submit]').click();
      await phone.page.locator('.shell h1').waitFor();
      const { page } = buyer;
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.getByText('这台设备').waitFor();
      await page.getByRole('button', { name: '退出', exact: true }).click();
      await page.getByText('已退出 1 台设备').waitFor();
      await phone.page.goto(chain.address);
      await phone.page.locator('input[name=login]').waitFor();
      await phone.close();
    },
    JOURNEY_MS,
  );

  it(
    'links the account of the firm, and signs in with it',
    async () => {
      const desk = await visit(browser, chain.address, { size: DESK });
      const { page } = desk;
      await signIn(desk, 'supplier');
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.getByRole('button', { name: '绑定' }).click();
      await page.getByRole('button', { name: '去“冷链集团”登录' }).click();
      await passByHand(page, 'wang');
      await page.getByText('wang@works.example').first().waitFor();
      await signOut(desk);
      await page.getByRole('button', { name: '用“冷链集团”登录' }).click();
      // Known there already, and asked whether we may know: an app on this machine always is.
      await page.getByRole('button', { name: /continue/i }).click();
      await page.locator('.shell h1').waitFor();
      // The pages of the provider fetch a font from afar; of ours, nothing was refused.
      expect(desk.complaints.filter((one) => /^error|policy/i.test(one))).toEqual([]);
      await desk.close();
    },
    JOURNEY_MS,
  );

  it('heard no complaint on any of these ways', () => {
    const refused = /the server responded with a status of 401/;
    expect(buyer.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
  });
});
