import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from './small-chain.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(CHROMIUM);

export const DESK = { width: 1360, height: 860 };
export const PHONE = { width: 390, height: 844 };

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    // A container has no user namespaces for Chromium's own sandbox.
    args: ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-background-networking'],
  });
}

export type Visitor = {
  page: Page;
  /** Errors of the page, refusals of its security policy, requests to other hosts. */
  complaints: string[];
  close(): Promise<void>;
};

type Look = { size: typeof DESK; language?: 'zh' | 'en' };

/** Somebody at the sign-in, on a desk or with a phone in one hand. */
export async function visit(browser: Browser, address: string, look: Look): Promise<Visitor> {
  const small = look.size.width < 760;
  const context = await browser.newContext({
    viewport: look.size,
    isMobile: small,
    hasTouch: small,
  });
  if (look.language) await rememberLanguage(context, look.language);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A first look at the session is refused: that is how the console learns to ask for a sign-in.
    const expected = message.location().url.endsWith('/api/v1/session');
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const own = url.origin === address || ['blob:', 'data:'].includes(url.protocol);
    if (!own) complaints.push(`another host: ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints, close: () => context.close() };
}

async function rememberLanguage(context: BrowserContext, language: 'zh' | 'en'): Promise<void> {
  await context.addInitScript(`localStorage.setItem('jingwei.language', '${language}')`);
}

export async function signIn({ page }: Visitor, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.locator('.shell h1').waitFor();
}
