import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeAt, stepAt } from '../../src/kernel/identity/totp.ts';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, type SmallChain } from './small-chain.ts';

const SETTING_UP_MS = 180_000;
const JOURNEY_MS = 60_000;
const GIVEN = 'teapot harbour lantern';
const OWN = 'gravel sunday otter';

function codeFor(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = [...secret.replaceAll(/\s/g, '')];
  const bits = letters.map((one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  return codeAt(bytes, stepAt(new Date()));
}

async function enter(page: Page, login: string, password: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}

/** Types an authenticator app's secret in, and the code that it then shows. */
async function setUpApp(page: Page, within: string): Promise<void> {
  await page.locator('svg.qr-code path').waitFor();
  await page.getByText(/扫不了|Cannot scan/).click();
  const secret = (await page.locator(`${within} code`).textContent()) ?? '';
  await page.locator('input[name=first-code]').fill(codeFor(secret));
  await page.locator(`${within} button[type=submit]`).click();
}

describe.skipIf(!hasBrowser)('a party that requires a second factor, in a browser', () => {
  let chain: SmallChain;
  let browser: Browser;
  let boss: Visitor;
  let clerk: Visitor;
  let other: Visitor;
  let codes: string[] = [];

  beforeAll(async () => {
    chain = await openSmallChain();
    browser = await openBrowser();
    boss = await visit(browser, chain.address, { size: DESK });
    await signIn(boss, 'buyer');
    clerk = await visit(browser, chain.address, { size: PHONE });
  }, SETTING_UP_MS);
  afterAll(async () => {
    await browser?.close();
    await chain?.close();
  });

  it(
    'is made one by an administrator who has one, on a day that is named',
    async () => {
      const { page } = boss;
      await page.goto(`${chain.address}/settings`);
      await page.getByRole('button', { name: '添加人员' }).click();
      const form = page.locator('dialog[open]');
      await form.getByLabel('姓名').fill('小林');
      await form.getByLabel('登录名').fill('clerk');
      await form.getByLabel('初始密码').fill(GIVEN);
      await form.locator('button[type=submit]').click();
      await page.getByText('小林').waitFor();
      await page.getByText('2 人还没有').waitFor();
      await page.getByRole('button', { name: '要求第二步' }).click();
      await page.getByText('请先为自己设置').waitFor();
      await page.getByRole('link', { name: '去设置' }).click();
      await page.locator('.setting-row', { hasText: '手机验证码' }).getByRole('button').click();
      await setUpApp(page, 'dialog[open]');
      await page.getByText('恢复码只显示这一次').waitFor();
      await page.goto(`${chain.address}/settings`);
      await page.getByText('1 人还没有').waitFor();
      await page.getByRole('button', { name: '要求第二步' }).click();
      await page.getByText('从某一天起').click();
      await page.locator('dialog[open] button[type=submit]').click();
      await page.getByText(/起，每个人登录都要有第二步/).waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'tells a colleague of it, who has first changed the password that they were given',
    async () => {
      const { page } = clerk;
      await page.goto(`${chain.address}/orders`);
      await enter(page, 'clerk', GIVEN);
      await page.getByText('先改成自己的密码').waitFor();
      await page.locator('input[name=given-password]').fill(GIVEN);
      await page.locator('input[name=own-password]').fill(OWN);
      await page.locator('button[type=submit]').click();
      // Where they wanted to go.
      await page.waitForURL(`${chain.address}/orders`);
      await page.getByText('您还没有设置').waitFor();
      other = await visit(browser, chain.address, { size: DESK, language: 'en' });
      await enter(other.page, 'clerk', OWN);
      await other.page.getByText('You have none yet').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'holds the colleague at once, and lets them go on where they were',
    async () => {
      await boss.page.getByRole('button', { name: '不再要求' }).click();
      await boss.page.locator('dialog[open] button[type=submit]').click();
      await boss.page.getByText('有密码就能登录').waitFor();
      await boss.page.getByRole('button', { name: '要求第二步' }).click();
      await boss.page.locator('dialog[open] button[type=submit]').click();
      await boss.page.getByText('每个人登录都要有第二步，').waitFor();
      const { page } = clerk;
      // The fact of it reaches the open page, and its next look is refused: no click is needed.
      await page.getByText('先设置第二步').waitFor();
      await page.getByText('手机验证器', { exact: true }).click();
      await page.locator('svg.qr-code path').waitFor();
      await setUpApp(page, '.sign-in-form');
      await page.getByText('恢复码只显示这一次').waitFor();
      codes = ((await page.locator('.recovery-codes code').textContent()) ?? '').split('\n');
      await page.getByRole('button', { name: '抄好了，继续' }).click();
      await page.waitForURL(`${chain.address}/orders`);
      await page.locator('.shell h1').waitFor();
      await boss.page.reload();
      await boss.page.getByText('每个人都有了').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'asks the other device for what there is now, and is left by whoever wants to',
    async () => {
      const { page } = other;
      await page.getByText('Set up a second factor first').waitFor();
      await page.getByText('Authenticator app', { exact: true }).click();
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
      await page.getByRole('button', { name: 'No phone at hand? Use a recovery code' }).click();
      await page.locator('input[name=recovery_code]').fill(codes[0] ?? '');
      await page.locator('button[type=submit]').click();
      await page.waitForURL(`${chain.address}/`);
      await page.locator('.shell h1').waitFor();
      await page.goto(`${chain.address}/settings?tab=security`);
      await page.getByText('Recovery code used').waitFor();
      await page.goto(`${chain.address}/settings`);
      await page.getByText('Everybody needs a second factor').waitFor();
      expect(await page.getByRole('button', { name: 'Require no longer' }).count()).toBe(0);
    },
    JOURNEY_MS,
  );

  it('heard no complaint on any of these ways but the gate’s own', () => {
    const refused = /the server responded with a status of 403/;
    for (const { complaints } of [boss, clerk, other]) {
      expect(complaints.filter((one) => !refused.test(one))).toEqual([]);
    }
  });
});
