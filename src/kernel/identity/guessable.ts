import { fault } from '../faults.ts';

/** Words of the place: an attacker tries them first (OWASP ASVS 5.0, 6.1.2). */
const ofThePlace = ['jingwei', '经纬'];

/** A password is judged by so much of its beginning: judging takes longer than the text grows. */
const judged = 40;

/** zxcvbn's scale: from 3 on (10^8 guesses) somebody who tries at the door never gets there. */
const enough = 3;

async function openJudge() {
  const [{ ZxcvbnFactory }, common] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const { dictionary, adjacencyGraphs: graphs } = common;
  return new ZxcvbnFactory({ dictionary, graphs, maxLength: judged });
}

// Its lists take 20 MB and a third of a second: who never sets a password need not wait for them.
let judge: ReturnType<typeof openJudge> | undefined;

/**
 * Refuses a new password that is among the usual ones, is a pattern of the keyboard or a date, or
 * is made of the person's or the firm's own names. There is no rule of capitals and digits: those
 * make passwords that look hard and are guessed (NIST SP 800-63B, 5.1.1.2).
 * @param words names and logins of the person and the firm
 * @throws identity.password_guessable
 */
export async function refuseGuessable(text: string, words: readonly string[]): Promise<void> {
  judge ??= openJudge();
  const own = [...ofThePlace, ...words].flatMap((word) => {
    const parts = word.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return [parts.join(''), ...parts];
  });
  const { score } = (await judge).check(
    text,
    own.filter((word) => word.length > 1),
  );
  if (score < enough) throw fault('identity.password_guessable');
}
