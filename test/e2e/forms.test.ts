import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK, hasBrowser, openBrowser, PHONE, signIn, type Visitor, visit } from './browser.ts';
import { openSmallChain, type SmallChain } from './small-chain.ts';

const SETTING_UP_MS = 180_000;
const JOURNEY_MS = 120_000;
const FORMS = '/observatory/forms';

describe.skipIf(!hasBrowser)('a statistician makes a form, and a firm is asked with it', () => {
  let chain: SmallChain;
  let browser: Browser;
  let bureau: Visitor;
  let supplier: Visitor;
  let page: Page;

  beforeAll(async () => {
    chain = await openSmallChain([], undefined, [
      ['bureau', '统计局', 'Bureau of Statistics', 'statistician', '9141010000000003'],
    ]);
    browser = await openBrowser();
    bureau = await visit(browser, chain.address, { size: DESK });
    supplier = await visit(browser, chain.address, { size: PHONE });
    await signIn(bureau, 'bureau');
    await signIn(supplier, 'supplier');
    page = bureau.page;
  }, SETTING_UP_MS);

  afterAll(async () => {
    await browser?.close();
    await chain?.close();
  });

  const tab = (name: string) =>
    page.getByRole('navigation', { name: '调查表的各部分' }).getByRole('link', { name }).click();
  const kept = () => page.getByText('已保存').waitFor();
  const done = () => page.getByRole('button', { name: '好了' }).click();

  async function addItem(name: string, code: string): Promise<void> {
    await page.getByRole('button', { name: '增加指标' }).click();
    await page.getByLabel('中文名称').fill(name);
    await page.getByLabel('英文名称').fill(code);
    await page.getByLabel('代码', { exact: true }).fill(code);
    await done();
  }

  it(
    'keeps what is typed, wherever the statistician goes in between',
    async () => {
      await page.goto(`${chain.address}${FORMS}`);
      await page.getByRole('button', { name: '制定调查表' }).click();
      await page.getByRole('button', { name: '开始编制' }).click();
      await page.getByLabel('中文名称').fill('服务收入季报');
      await page.getByLabel('英文名称').fill('Service revenue');
      await page.getByLabel('编号').fill('FW-01');
      await tab('指标');
      await addItem('营业收入', 'revenue');
      await addItem('服务收入', 'service');
      // Away at once: what was typed last goes along.
      await page.getByRole('link', { name: '概览' }).click();
      await page.getByRole('link', { name: '调查表', exact: true }).click();
      await page.getByRole('link', { name: '服务收入季报' }).click();
      await tab('指标');
      await page.locator('.form-listed').nth(1).waitFor();
      expect(await page.locator('.form-listed code').allTextContents()).toEqual([
        'revenue',
        'service',
      ]);
    },
    JOURNEY_MS,
  );

  it(
    'says of a rule at which character it is wrong, and tries it on figures',
    async () => {
      await tab('审核关系');
      await page.getByRole('button', { name: '增加审核关系' }).click();
      const rule = page.getByLabel('公式');
      await rule.fill('service <== revenue');
      await page.getByText('第 11 个字符：“=”不能放在这里。').first().waitFor();
      await rule.fill('service <= ');
      await page.getByText('第 12 个字符：公式没有写完。').first().waitFor();
      await page.getByRole('button', { name: '营业收入' }).click();
      await page.getByText('用到：服务收入、营业收入').waitFor();
      await page.getByLabel('说明（中文）').fill('服务收入是营业收入的一部分。');
      await page.getByLabel('说明（英文）').fill('Service is a part of revenue.');
      await done();
      await tab('企业所见');
      await page.getByLabel('营业收入').fill('100');
      await page.getByLabel('服务收入').fill('100.01');
      await page.locator('.report-check', { hasText: '服务收入是营业收入的一部分。' }).waitFor();
      await page.getByLabel('服务收入').fill('100');
      await page.getByText('没有不符的规则').waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'makes it a form, asks with it, and the firm sees what was shown',
    async () => {
      await kept();
      await page.getByRole('button', { name: '定稿' }).click();
      await page.getByRole('button', { name: '修订' }).waitFor();
      await page.getByRole('button', { name: '用它布置调查' }).click();
      const today = await page.evaluate<string>('new Date().toISOString()');
      await page.getByLabel('报告期').fill(`${today.slice(0, 4)}-Q1`);
      await page.getByRole('combobox', { name: '向谁布置' }).selectOption({ label: '乙肉联厂' });
      const due = page.locator('dialog[open]').getByRole('textbox', { name: '截止' });
      await due.fill(`${Number(today.slice(0, 4)) + 1}-01-31`);
      // Enter takes the day, and sends the form.
      await page.getByRole('button', { name: /布置调查 · 共 1 家/ }).waitFor();
      await due.press('Enter');
      await page.getByText('已布置').waitFor();

      const firm = supplier.page;
      await firm.goto(`${chain.address}/observatory/reports`);
      await firm.getByRole('link', { name: /服务收入季报/ }).click();
      await firm.getByRole('button', { name: '开始填报' }).click();
      await firm.getByLabel('营业收入').fill('100');
      await firm.getByLabel('服务收入').fill('100.01');
      await firm.getByRole('button', { name: '提交' }).click();
      await firm.getByText('服务收入是营业收入的一部分。').first().waitFor();
    },
    JOURNEY_MS,
  );

  it(
    'revises it and says what is new against the last version',
    async () => {
      await page.goto(`${chain.address}${FORMS}`);
      await page.getByRole('link', { name: '服务收入季报' }).click();
      await page.getByRole('button', { name: '修订' }).click();
      await tab('指标');
      await addItem('从业人员', 'staff');
      await tab('变化');
      await page.locator('.form-changes li', { hasText: '从业人员' }).waitFor();
      await page.getByRole('button', { name: '定为第 2 版' }).click();
      await page.getByText('第 2 版', { exact: false }).first().waitFor();
      expect(bureau.complaints).toEqual([]);
      // The firm looked for a draft that it had not begun, and sent what breaks a rule.
      const refused = /the server responded with a status of (404|422)/;
      expect(supplier.complaints.filter((complaint) => !refused.test(complaint))).toEqual([]);
    },
    JOURNEY_MS,
  );
});
