import { fault } from '../faults.ts';

const STATEMENT_TIMEOUT = '57014';

/**
 * The answer to a question of a client's, which may ask for more than limits.statement_ms can give.
 * @throws goods.query_too_slow instead of the error of the database
 */
export async function patiently<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    if ((error as { code?: string }).code !== STATEMENT_TIMEOUT) throw error;
    throw fault('goods.query_too_slow');
  }
}
