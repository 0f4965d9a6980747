import type { z } from 'zod';
import { z as zod } from 'zod';
import { type Fault, type FaultDetail, fault } from '../faults.ts';

const zh = zod.locales.zhCN().localeError;
const en = zod.locales.en().localeError;

function textOf(message: string | { message: string } | undefined | null): string {
  return typeof message === 'string' ? message : (message?.message ?? '');
}

/** Zod's findings as our own: where, and in both languages what. */
export function invalid(error: z.ZodError, within: string): Fault {
  const errors: FaultDetail[] = error.issues.slice(0, 100).map((issue) => {
    // A schema's own rule says its message as 'Chinese|English'.
    const own = issue.code === 'custom' ? issue.message.split('|') : null;
    const raw = issue as unknown as Parameters<typeof zh>[0];
    return {
      path: [within, ...issue.path.map(String)].join('/'),
      zh: own ? (own[0] as string) : textOf(zh(raw)),
      en: own ? (own.at(-1) as string) : textOf(en(raw)),
    };
  });
  return fault('kernel.invalid', { count: error.issues.length }, errors);
}

/** The body of an error answer (RFC 9457), in the reader's language and in both. */
export function problemOf(error: Fault, language: 'zh' | 'en') {
  return {
    type: `/docs/reference/faults#${error.code}`,
    title: error.messages[language],
    status: error.status,
    code: error.code,
    messages: error.messages,
    ...(error.instance === null ? {} : { instance: error.instance }),
    ...(error.errors.length > 0 ? { errors: error.errors } : {}),
  };
}

/** Chinese unless the reader asks for English first. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  return header?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh';
}
