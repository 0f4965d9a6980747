import { type ChildProcess, fork } from 'node:child_process';
import type { Lives } from './lives.ts';
import type { Life } from './run.ts';

/** What a process tells of a life of its share. */
export type Ended = { number: number; life: Life };

const program = new URL('./lives-worker.ts', import.meta.url);

function untilEnd(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('One of the processes did not live its lives to the end.'));
    });
  });
}

/**
 * Has lives lived by so many processes, each with a PostgreSQL of its own: the n-th takes the n-th
 * of each round. A life depends on its number alone, so that it is the same in any of them.
 * @throws where one of them breaks, which says so itself; the others are halted then
 */
export async function liveApart(
  processes: number,
  { seed, first, last }: Lives,
  ended: (number: number, life: Life) => void,
): Promise<void> {
  const children = Array.from({ length: processes }, (_, at) => {
    const lives: Lives = { seed, first: first + at, last, every: processes };
    const child = fork(program, [JSON.stringify(lives)], { serialization: 'advanced' });
    return child.on('message', ({ number, life }: Ended) => ended(number, life));
  });
  const halt = () => {
    for (const child of children) if (child.connected) child.send('halt');
  };
  process.once('SIGTERM', halt);
  const ends = children.map((child) => untilEnd(child));
  await Promise.all(ends).catch(halt);
  const failed = (await Promise.allSettled(ends)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
