import {
  type BindingAnswer,
  type BindingRequest,
  Fault,
  problemOf,
  readableAnywhere,
} from '../../kernel/index.ts';
import { sayingOf } from './page/shell.ts';
import { wordsIn } from './page/texts.ts';
import { readerForm, readerLanguage } from './reader.ts';

/**
 * What is known of the thing whose link is missing: its page, and headers that say where all are.
 */
type Beside = { href: string; headers: Readonly<Record<string, string>> };

/** What was asked for once may be asked again at once: answers that say no are kept as shortly. */
const kept = { vary: 'Accept, Accept-Language', 'cache-control': 'public, max-age=60' };

/**
 * Says no to whoever came, a phone or a program, in its form and language. Nothing that is said
 * depends on what is there: a product that is not shared reads as one that never was.
 */
export function refusal(
  found: Fault,
  request: BindingRequest,
  beside: Beside | null = null,
): BindingAnswer {
  const language = readerLanguage(request);
  const isOurs = found.code.startsWith('consumer.');
  const headers = {
    ...readableAnywhere,
    ...(isOurs ? kept : {}),
    ...beside?.headers,
    'content-language': language === 'zh' ? 'zh-CN' : 'en',
  };
  if (readerForm(request) !== 'html') {
    const type = 'application/problem+json; charset=utf-8';
    const body = JSON.stringify(problemOf(found, language));
    return { status: found.status, headers: { ...headers, 'content-type': type }, body };
  }
  const t = wordsIn(language);
  const [title, lines] = sayingFor(found, language);
  const link = beside && { href: beside.href, text: t('see_page') };
  const body = sayingOf(language, title, lines, link);
  const type = 'text/html; charset=utf-8';
  return { status: found.status, headers: { ...headers, 'content-type': type }, body };
}

function sayingFor(
  { code, messages }: Fault,
  language: 'zh' | 'en',
): [title: string, lines: readonly string[]] {
  const t = wordsIn(language);
  const said = messages[language];
  if (code === 'consumer.nothing_here') return [t('nothing_head'), [t('nothing')]];
  if (code === 'consumer.code_malformed') return [t('malformed_head'), [said, t('malformed')]];
  if (code === 'consumer.no_such_link') return [t('no_link_head'), [said]];
  return [t('wrong_head'), [said]];
}

/** Runs what answers a scan; what it throws of ours is said with all that the request has. */
export async function answering(
  request: BindingRequest,
  work: () => Promise<BindingAnswer>,
): Promise<BindingAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('consumer.'))
      return refusal(error, request);
    throw error;
  }
}
