import { nextNumber, passNumber, type Tx } from '../../kernel/index.ts';

type Series = { series: string; prefix: string; digits?: number };

/**
 * The number that the actor wrote itself, or the next of its series. A number that it wrote in the
 * form of the series moves the series past it: a command that met it later would be refused, give
 * its number back, and meet it again for ever.
 */
export async function numberOf(
  tx: Tx,
  given: string | undefined,
  { series, prefix, digits = 0 }: Series,
): Promise<string> {
  if (given === undefined) {
    const value = await nextNumber(tx, tx.actor.party, series);
    return prefix + value.toString().padStart(digits, '0');
  }
  const own = given.startsWith(prefix) ? given.slice(prefix.length) : '';
  if (/^\d{1,9}$/.test(own)) passNumber(tx, tx.actor.party, series, BigInt(own));
  return given;
}
