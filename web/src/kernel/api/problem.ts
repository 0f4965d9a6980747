import type { Bilingual } from '../bilingual.ts';

/** One finding of a refused request: which field or rule, and what to do about it. */
export type Finding = { path: string; rule?: string } & Bilingual;

/**
 * A refusal as the server writes it (RFC 9457). `code` is the fault code; `messages` speaks both
 * languages, so that the console can change language without asking again.
 */
export type ProblemBody = {
  status: number;
  code: string;
  messages: Bilingual;
  errors: readonly Finding[];
};

/** Thrown by every call that the server refused, or that did not reach it. */
export class Problem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(`${body.code}: ${body.messages.en}`);
    this.name = 'Problem';
    this.body = body;
  }
}

const UNREACHABLE: ProblemBody = {
  status: 0,
  code: 'console.unreachable',
  messages: {
    zh: '连不上服务器。请检查网络后重试，您填写的内容还在。',
    en: 'The server cannot be reached. Check the network and try again; your entries are kept.',
  },
  errors: [],
};

const UNREADABLE: Bilingual = {
  zh: '服务器的答复无法读取。请稍后重试。',
  en: 'The answer of the server could not be read. Please try again later.',
};

export function unreachable(): Problem {
  return new Problem(UNREACHABLE);
}

/** Reads the body of a refused answer; anything that is no problem document still gives one. */
export async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  return new Problem(toProblemBody(response.status, parsed));
}

export function toProblemBody(status: number, parsed: unknown): ProblemBody {
  const document = isRecord(parsed) ? parsed : {};
  const errors = Array.isArray(document.errors) ? document.errors : [];
  return {
    status,
    code: typeof document.code === 'string' ? document.code : `http.${status}`,
    messages: toBilingual(document.messages) ?? UNREADABLE,
    errors: errors.filter(isRecord).map((error) => ({
      path: typeof error.path === 'string' ? error.path : '',
      ...(typeof error.rule === 'string' ? { rule: error.rule } : {}),
      ...(toBilingual(error) ?? UNREADABLE),
    })),
  };
}

function toBilingual(value: unknown): Bilingual | undefined {
  if (!isRecord(value)) return undefined;
  const { zh, en } = value;
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
