const lostCodes = new Set([
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: it is starting
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
]);
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|Client was cl)/;

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
