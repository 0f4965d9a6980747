import { type Gs1Identity, gs1Keys, writeDigitalLink } from '../../flows/goods/index.ts';
import {
  type BindingAnswer,
  type BindingRequest,
  type Passage,
  type PublicBinding,
  readableAnywhere,
} from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { readLinkType, VOCABULARY } from './link-types.ts';
import { chooseLink, levelsOf, ownDefault, pageAddress } from './links.ts';
import { LINKSET_CONTEXT, writeLinkset } from './linkset.ts';
import { productPage } from './page/product-page.ts';
import { STYLE_PATH, styleSheet } from './page/shell.ts';
import { asked, readerForm, readerLanguage } from './reader.ts';
import { answering, refusal } from './refusal.ts';
import { type Scan, scan } from './scan.ts';

/**
 * A GS1-conformant resolver (GS1-Conformant Resolver Standard 1.2) of the GTINs that are shared
 * here, and the pages that it leads to. It takes no compressed form, and GTINs alone: the
 * description file says so.
 */

type Shown = Extract<Scan, { is: 'shown' }>;

/** A minute: a recall must not wait long behind a cache. */
const SHORTLY = 'public, max-age=60';
const varies = { vary: 'Accept, Accept-Language', 'cache-control': SHORTLY };

/** @throws consumer.code_malformed, consumer.nothing_here */
async function lookUp({ store }: Passage, path: string): Promise<Shown> {
  const found = await scan(store, path);
  if (found.is === 'malformed') throw fault('consumer.code_malformed', found.reason);
  if (found.is === 'nothing') throw fault('consumer.nothing_here');
  return found;
}

/** Where the list of all links stands, and under which name the world knows what was scanned. */
function linkHeader(identity: Gs1Identity, origin: string | null): string {
  const here = writeDigitalLink(identity, origin ?? '');
  return [
    `<${here}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`,
    `<${writeDigitalLink(identity)}>; rel="http://www.w3.org/2002/07/owl#sameAs"`,
    `<${LINKSET_CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`,
  ].join(', ');
}

/** The address with all that the request said, but for the word that was meant for us. */
function passedOn(href: string, { query }: BindingRequest): string {
  const pairs = query.filter(([name]) => name !== 'linkType');
  if (pairs.length === 0) return href;
  const [address = '', fragment] = href.split('#', 2);
  const said = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
  const joined = `${address}${address.includes('?') ? '&' : '?'}${said}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

const redirect = (href: string, headers: Record<string, string>): BindingAnswer => ({
  status: 307,
  headers: { ...headers, location: href },
  body: null,
});

/** The page itself, in the reader's language. */
function show(
  { page, identity }: Shown,
  request: BindingRequest,
  headers: Record<string, string>,
): BindingAnswer {
  const language = readerLanguage(request);
  const other = `${pageAddress('', identity)}?lang=${language === 'zh' ? 'en' : 'zh'}`;
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
    },
    body: productPage(page, language, other),
  };
}

/** What a code leads to: a page here, an address of the owner's, or the list of all links. */
async function resolve(passage: Passage, request: BindingRequest): Promise<BindingAnswer> {
  const found = await lookUp(passage, request.path);
  const { page, identity } = found;
  const levels = levelsOf(page, identity, passage.origin);
  const link_header = linkHeader(identity, passage.origin);
  const headers = { ...readableAnywhere, ...varies, link: link_header };
  const language = readerLanguage(request);
  const form = readerForm(request);
  const written = asked(request, 'linkType');
  const wanted = written === undefined ? null : readLinkType(written);
  if (wanted === 'linkset' || form === 'linkset' || (wanted === null && form === 'json')) {
    const type = form === 'json' && wanted === null ? 'application/json' : LINKSET;
    return {
      status: 200,
      headers: { ...headers, 'content-type': type, 'content-language': language },
      // As bytes: text would get a charset, and these types have no parameter (RFC 9264, 4.2).
      body: new TextEncoder().encode(writeLinkset(levels, language)),
    };
  }
  if (wanted === null || wanted === 'default') {
    const own = ownDefault(page);
    if (own !== null) return redirect(passedOn(own, request), headers);
    const at = pageAddress('', identity);
    return show(found, request, { ...headers, 'content-location': at });
  }
  const link = wanted === 'unknown' ? undefined : chooseLink(levels, wanted, language);
  if (link !== undefined) return redirect(passedOn(link.href, request), headers);
  const see = { href: pageAddress('', identity), headers };
  return refusal(
    fault('consumer.no_such_link', { type: (written ?? '').slice(0, 80) }),
    request,
    see,
  );
}

const LINKSET = 'application/linkset+json';

/** The page at an address of its own, whatever the default link is. */
async function showPage(passage: Passage, request: BindingRequest): Promise<BindingAnswer> {
  const found = await lookUp(passage, request.path.slice('/about'.length));
  return show(found, request, varies);
}

/** The resolver description file (GS1-Conformant Resolver Standard 1.2, section 3). */
function describeResolver({ origin }: Passage): BindingAnswer {
  if (origin === null) throw fault('consumer.no_address');
  const description = {
    name: 'Jingwei 经纬',
    resolverRoot: origin,
    supportedPrimaryKeys: ['01'],
    supportedLinkType: [{ namespace: VOCABULARY, prefix: 'gs1:' }],
    linkTypeDefaultCanBeLinkset: false,
    jsonLdContextLocation: LINKSET_CONTEXT,
  };
  return {
    status: 200,
    headers: {
      ...readableAnywhere,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    },
    body: JSON.stringify(description),
  };
}

const looks = (): BindingAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  },
  body: styleSheet,
});

/**
 * Every primary key has its path: a code that is none of ours is answered, and never the console.
 */
export const resolverBindings: readonly PublicBinding[] = [
  ...Object.keys(gs1Keys).map(
    (key): PublicBinding => ({
      id: `resolver.scan_${key}`,
      path: `/${key}/*`,
      summary: { zh: '扫码：GS1 数字链接', en: 'A scan: GS1 Digital Link' },
      run: (passage, request) => answering(request, () => resolve(passage, request)),
      refuse: refusal,
    }),
  ),
  {
    id: 'resolver.page',
    path: '/about/*',
    summary: { zh: '扫码后的页面', en: 'The page that a scan leads to' },
    run: (passage, request) => answering(request, () => showPage(passage, request)),
    refuse: refusal,
  },
  {
    id: 'resolver.look',
    path: STYLE_PATH,
    summary: { zh: '页面样式', en: 'The look of the page' },
    run: looks,
    refuse: refusal,
  },
  {
    id: 'resolver.describe',
    path: '/.well-known/gs1resolver',
    summary: { zh: '解析服务说明', en: 'What this resolver can do' },
    run: (passage, request) => answering(request, async () => describeResolver(passage)),
    refuse: refusal,
  },
];
