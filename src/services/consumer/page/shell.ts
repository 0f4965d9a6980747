import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Language } from '../links.ts';
import { type Markup, markup } from './markup.ts';
import { wordsIn } from './texts.ts';

/** The look of the pages: one small file, kept by browsers until it changes. */
export const styleSheet = readFileSync(new URL('page.css', import.meta.url), 'utf8');
const version = createHash('sha256').update(styleSheet).digest('base64url').slice(0, 10);
export const STYLE_PATH = '/about/page.css';

/** The four threads of the house with the knots of one lot: a sign, not a statement. */
const sign = markup`<svg class="sign" viewBox="0 0 132 36" aria-hidden="true">
<path class="commerce" d="M0 6H132"/><path class="goods" d="M0 14H132"/>
<path class="money" d="M0 22H132"/><path class="data" d="M0 30H132"/>
<path class="tie" d="M18 6C30 6 26 14 38 14M62 14C74 14 70 30 82 30M82 30C94 30 96 22 106 22"/>
<circle class="commerce" cx="18" cy="6" r="3.5"/><circle class="goods" cx="38" cy="14" r="3.5"/>
<circle class="goods" cx="62" cy="14" r="3.5"/><circle class="data" cx="82" cy="30" r="3.5"/>
<circle class="money" cx="106" cy="22" r="3.5"/></svg>`;

type Shell = {
  language: Language;
  title: string;
  /** Where the same page stands in the other language; null where there is none. */
  other: string | null;
  body: Markup;
};

/** A whole page: no script, one style sheet, and no request to anybody else. */
export function pageOf({ language, title, other, body }: Shell): string {
  const t = wordsIn(language);
  const [code, other_code] = language === 'zh' ? ['zh-CN', 'en'] : ['en', 'zh-CN'];
  const link =
    other === null
      ? null
      : markup`<a href="${other}" lang="${other_code}">${t('other_language')}</a>`;
  const { markup: text } = markup`<!doctype html>
<html lang="${code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" type="image/svg+xml" href="/favicon.svg">
<link rel="stylesheet" href="${STYLE_PATH}?v=${version}">
</head>
<body>
<header>${sign}${link}</header>
<main>
${body}
</main>
</body>
</html>
`;
  return text;
}

/** A page that says one thing: what is not there, or what was wrong. */
export function sayingOf(
  language: Language,
  title: string,
  lines: readonly string[],
  link: { href: string; text: string } | null = null,
): string {
  const body = markup`<section class="saying"><h1>${title}</h1>
${lines.map((line) => markup`<p>${line}</p>`)}
${link && markup`<p><a href="${link.href}">${link.text}</a></p>`}</section>`;
  return pageOf({ language, title, other: null, body });
}
