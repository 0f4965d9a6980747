/** Names of fields whose value is a secret or a person's, however deep they stand. */
const hiddenField = new RegExp(
  [
    'pass(word|phrase)|secret|token|cookie|authori[sz]ation|credential|totp|recovery',
    '^(api_?)?key$|^code$|phone|mobile|tel$|e?mail|address|login',
    '^(display_|full_|person_)?name(_zh|_en)?$',
    'body|query$|params|headers|^url$|^detail$|^where$',
  ].join('|'),
  'i',
);

const hidden = '[redacted]';
const deepest = 6;

/** Secrets and personal data inside a text, by their shape. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // Our own credentials (kernel/identity/credential.ts): session, key, invitation.
  [/\bjw[ski]_[A-Za-z0-9_.-]+/g, hidden],
  [/\b(Bearer|Basic)\s+\S+/gi, `$1 ${hidden}`],
  [/(postgres(?:ql)?:\/\/[^:@\s/]+:)[^@\s]+@/gi, `$1${hidden}@`],
  [
    /\b((?:pass(?:word|phrase)?|secret|token|cookie|code|key)["']?\s*[=:]\s*)["']?[^\s"',;&}]+/gi,
    `$1${hidden}`,
  ],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, hidden],
  // Mainland mobile numbers (11 digits from 13 to 19), with and without +86 and separators.
  [/(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, hidden],
  // Resident identity numbers (GB 11643: 17 digits and a check character).
  [/(?<!\d)\d{17}[\dXx](?!\d)/g, hidden],
];

function redactedText(text: string): string {
  return shapes.reduce((left, [shape, put]) => left.replace(shape, put), text);
}

const isPlain = (value: object) => [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** A value as a log may hold it. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return redactedError(value);
  if (value instanceof Date) return value;
  if (value instanceof Uint8Array || depth >= deepest) return hidden;
  // A request, a response, a connection: whoever logs one whole means one thing of it.
  if (!Array.isArray(value) && !isPlain(value)) return hidden;
  if (Array.isArray(value)) return value.map((one) => redacted(one, depth + 1));
  const fields = Object.entries(value).map(([name, inner]) => [
    name,
    hiddenField.test(name) && inner !== null ? hidden : redacted(inner, depth + 1),
  ]);
  return Object.fromEntries(fields);
}

/**
 * What helps to find the cause of an error, and nothing that a client sent. PostgreSQL's `detail`,
 * `where` and `query` quote rows, and its data exceptions (class 22) quote the value itself.
 */
export function redactedError(error: unknown): unknown {
  if (!(error instanceof Error)) return redacted(error);
  const { code, constraint, table, routine, syscall } = error as Error & Record<string, unknown>;
  const ofData = typeof code === 'string' && /^2[23]/.test(code);
  const message = ofData ? error.message.replace(/"[^"]*"/g, hidden) : error.message;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    type: error.name,
    message: redactedText(message),
    ...Object.fromEntries(
      Object.entries({ code, constraint, table, routine, syscall }).filter(
        ([, value]) => typeof value === 'string',
      ),
    ),
    stack: frames.slice(0, 12).join('\n'),
    ...(error.cause ? { cause: redactedError(error.cause) } : {}),
  };
}
