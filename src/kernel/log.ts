import { type Logger, pino } from 'pino';
import { redacted } from './redact.ts';

export type { Logger };

/**
 * Structured log on standard error, so that a command's own answer stays alone on standard out.
 * What is logged is a word of ours and values; every text among them is redacted, whoever logs it.
 */
export function openLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { log: (values) => redacted(values) as Record<string, unknown> },
      hooks: {
        logMethod(args, method) {
          method.apply(
            this,
            args.map((arg) => (typeof arg === 'string' ? redacted(arg) : arg)) as never,
          );
        },
      },
    },
    pino.destination(2),
  );
}
