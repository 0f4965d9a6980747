const lostCodes = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: it is starting
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|Client was cl)/;

/** Whether no connection came free in time, or the server has none left: nothing was begun. */
export function isCrowded(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === '53300' || /^timeout exceeded when trying to connect/.test(message ?? '');
}

/** Whether a statement took, or waited for, more than its time: the transaction was rolled back. */
export const isOvertime = (error: unknown): boolean =>
  (error as { code?: string }).code === '57014';

/** Whether the database could not write for want of space: the transaction was rolled back. */
export const isDiskFull = (error: unknown): boolean =>
  (error as { code?: string }).code === '53100';

/**
 * Whether an error says that the connection to the database is gone: the command may have been done
 * or not, and only asking again under the same Idempotency-Key tells.
 */
export function isLost(error: unknown): boolean {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string };
  if (code !== undefined && (lostCodes.has(code) || code.startsWith('08'))) return true;
  if (code === 'ENOENT' && syscall === 'connect') return true;
  return lostWords.test(message ?? '');
}
