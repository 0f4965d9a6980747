import { type Logger, pino } from 'pino';

export type { Logger };

/** Structured log on standard error, so that a command's own answer stays alone on standard out. */
export function openLog(level: string): Logger {
  const redact = ['password', 'token', 'cookie', 'authorization', '*.password', '*.token'];
  return pino({ level, redact, base: null }, pino.destination(2));
}
