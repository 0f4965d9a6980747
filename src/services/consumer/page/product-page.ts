import type { Journey, JourneyStep } from '../journey.ts';
import { linkTypes } from '../link-types.ts';
import type { Language } from '../links.ts';
import { isInDanger, type PublicPage, type ShownWarning, tellsDanger } from '../public-page.ts';
import { type Markup, markup } from './markup.ts';
import { pageOf } from './shell.ts';
import { type Words, wordsIn } from './texts.ts';

type Told = { page: PublicPage; language: Language; t: Words };

/** What an owner sees of its page before others do: whether they see it. */
export type Preview = { readonly is_shared: boolean };

/** The page of what was scanned: a danger first, then what it is, where it has been, and links. */
export function productPage(
  page: PublicPage,
  language: Language,
  other: string | null,
  preview: Preview | null = null,
): string {
  const t = wordsIn(language);
  const told = { page, language, t };
  const body = markup`${preview && previewBar(preview, t)}${dangerOf(told)}${perhapsOf(told)}
${headOf(told)}
${journeyOf(told)}
${linksOf(told)}
${footOf(told)}`;
  const lot = page.lot === null ? '' : ` · ${page.lot}`;
  const title = `${isInDanger(page) ? `${t('recall')}: ` : ''}${page.name[language]}${lot}`;
  return pageOf({ language, title, other, body });
}

function previewBar({ is_shared }: Preview, t: Words): Markup {
  return markup`<p class="preview">${t('preview')}${is_shared ? '' : ` ${t('preview_off')}`}</p>
`;
}

/** The plainest words there are, with what the owner has said of it. */
function dangerOf({ page, language, t }: Told): Markup | null {
  if (!isInDanger(page)) return null;
  const isWhole = page.recalled_on === null || page.scanned === 'product';
  const about = isWhole && page.dangers.every(({ lots }) => lots.length === 0);
  const one = page.scanned === 'thing' ? 'recall_thing_head' : 'recall_head';
  const recalled =
    page.recalled_on === null
      ? null
      : markup`<p class="do">${t('recall_plain')}</p>
<p class="since">${t('recalled_since')} ${page.recalled_on}</p>`;
  const said = markup`${recalled}${page.dangers.map((one) => warningOf(one, language, t))}`;
  return markup`<section class="danger" id="recall" aria-labelledby="danger">
<h1 id="danger">${t(about ? 'recall_all_head' : one)}</h1>
<p class="of">${page.name[language]}${page.lot === null ? '' : ` · ${t('lot')} ${page.lot}`}</p>
${said}
</section>
`;
}

function warningOf(warning: ShownWarning, language: Language, t: Words): Markup {
  const { reason, action, contact, published_on } = warning;
  return markup`<p class="do">${action[language]}</p>
<p><b>${t('why')}</b> ${reason[language]}</p>
${contact === null ? null : markup`<p><b>${t('contact')}</b> ${contact}</p>`}
<p class="since">${t('published')} ${published_on}</p>`;
}

/** Where the code does not say the lot, the reader has to look. */
function perhapsOf(told: Told): Markup | null {
  const { page, t } = told;
  const hasLots = page.perhaps.length > 0 || page.recalled_lots.length > 0;
  if (!hasLots && !page.recalls_untold) return null;
  const first = !isInDanger(page);
  const id = first ? 'recall' : 'recall-lots';
  const head = t(hasLots ? 'perhaps_head' : 'untold_head');
  return markup`<section class="danger" id="${id}" aria-labelledby="perhaps">
${first ? markup`<h1 id="perhaps">${head}</h1>` : markup`<h2 id="perhaps">${head}</h2>`}
${hasLots ? lotsInDanger(told) : null}
${page.recalls_untold ? markup`<p class="do">${t('untold')}</p>` : null}
</section>
`;
}

function lotsInDanger({ page, language, t }: Told): Markup {
  const { perhaps, recalled_lots, has_more_lots } = page;
  const lotsOf = (lots: readonly string[]) =>
    markup`<ul class="lots">${lots.map((lot) => markup`<li>${lot}</li>`)}</ul>`;
  const each = perhaps.map((one) => markup`${lotsOf(one.lots)}${warningOf(one, language, t)}`);
  const more = has_more_lots ? markup`<p>${t('more_lots')}</p>` : null;
  const silent =
    recalled_lots.length === 0
      ? null
      : markup`${lotsOf(recalled_lots)}${more}<p class="do">${t('recall_plain')}</p>`;
  return markup`<p>${t('perhaps')}</p>
${each}${silent}`;
}

function headOf({ page, language, t }: Told): Markup {
  const { name, owner, lot, serial, storage, journey } = page;
  const fact = (label: string, value: string | null) =>
    value === null ? null : markup`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const title = tellsDanger(page)
    ? markup`<h2 class="name">${name[language]}</h2>`
    : markup`<h1 class="name">${name[language]}</h1>`;
  const other = language === 'zh' ? name.en : name.zh;
  const other_code = language === 'zh' ? 'en' : 'zh-CN';
  return markup`<section class="head">
${title}
${other === name[language] ? null : markup`<p class="other" lang="${other_code}">${other}</p>`}
<p class="owner">${owner[language]}</p>
<dl>
${fact(t('lot'), lot)}${fact(t('serial'), serial)}
${fact(t('produced_on'), page.produced_on)}${fact(t('best_before'), page.best_before)}
${fact(t('expires_on'), page.expires_on)}${fact(t('origin'), journey.origin?.[language] ?? null)}
${fact(t('storage'), storage && degrees(storage, t))}
</dl>
${tellsDanger(page) ? null : markup`<p class="quiet" id="recall">${t('none_recalled')}</p>`}
</section>`;
}

/** A number as PostgreSQL gives it, without the zeros that say nothing. */
const plain = (number: string) => String(Number(number)).replace('-', '−');

function degrees({ min, max }: NonNullable<PublicPage['storage']>, t: Words): string {
  if (min === null) return t('at_most', { high: plain(max ?? '') });
  if (max === null) return t('at_least', { low: plain(min) });
  return t('degrees', { low: plain(min), high: plain(max) });
}

function journeyOf({ page, language, t }: Told): Markup | null {
  const { steps, has_more }: Journey = page.journey;
  if (steps.length === 0) return null;
  const rows = steps.map((step, at) => rowOf(step, steps[at - 1], steps[at + 1], language, t));
  const title = t(page.serial === null ? 'journey' : 'journey_one');
  return markup`<section id="journey" aria-labelledby="journey-title">
<h2 id="journey-title">${title}</h2>
<ol class="journey">
${rows}
</ol>
${has_more ? markup`<p class="quiet">${t('more_steps')}</p>` : null}
</section>`;
}

/** Two lanes of the goods' thread: the owner's, and beside it whoever handled them next. */
const laneOf = ({ who }: JourneyStep) => (who === null ? 12 : 30);

/**
 * One knot with its piece of the thread. Rows have the height of their words, so that the piece is
 * stretched to it: from the lane of the knot before, through its own, to the end of the row.
 */
function rowOf(
  step: JourneyStep,
  before: JourneyStep | undefined,
  after: JourneyStep | undefined,
  language: Language,
  t: Words,
): Markup {
  const x = laneOf(step);
  const from = before === undefined ? x : laneOf(before);
  const into = before === undefined ? `M${x} 50` : `M${from} 0C${from} 28 ${x} 22 ${x} 50`;
  const path = `${into}${after === undefined ? '' : `L${x} 100`}`;
  const days = step.from === step.to ? step.from : `${step.from} ${t('to')} ${step.to}`;
  const who = step.who?.[language];
  const said = [days, who, step.where?.[language]].filter(Boolean).join(' · ');
  return markup`<li>
<svg class="strand" viewBox="0 0 42 100" preserveAspectRatio="none" aria-hidden="true">
<path d="${path}"/></svg>
<svg class="knot" viewBox="0 0 42 20" aria-hidden="true"><circle cx="${x}" cy="10" r="6"/></svg>
<div><p class="what">${step.what[language]}</p><p class="when">${said}</p></div>
</li>
`;
}

function linksOf({ page, language, t }: Told): Markup | null {
  if (page.links.length === 0) return null;
  const rows = page.links.map(({ type, href, title_zh, title_en }) => {
    const title = language === 'zh' ? title_zh : (title_en ?? title_zh);
    const kind = linkTypes[type][language];
    const where = [title === kind ? '' : kind, new URL(href).hostname].filter(Boolean).join(' · ');
    return markup`<li><a href="${href}" rel="noopener noreferrer nofollow external">
<span>${title}</span><small>${where}</small></a></li>
`;
  });
  return markup`<section aria-labelledby="links"><h2 id="links">${t('links')}</h2>
<ul class="links">
${rows}
</ul>
<p class="quiet">${t('link_by', { owner: page.owner[language] })}</p>
</section>`;
}

function footOf({ page, language, t }: Told): Markup {
  return markup`<footer><p>${t('footer', { owner: page.owner[language] })}</p>
<p>${t('gtin')} ${page.gtin}</p></footer>`;
}
