import { expect, it } from 'vitest';
import { faultTable } from '../faults.ts';
import { openThread } from './thread.ts';

const fault = faultTable({
  'test.busy': { status: 503, zh: '忙', en: 'busy' },
  'test.heavy': { status: 422, zh: '重', en: 'heavy' },
});
const faults = { busy: () => fault('test.busy'), heavy: () => fault('test.heavy') };

/** A thread of a few lines, so that its loading takes no time: it does as the job says. */
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const does = {
      double: (x) => parentPort.postMessage({ done: 2 * x }),
      refuse: () => parentPort.postMessage({ refused: {
        code: 'test.no', status: 409, messages: { zh: '不', en: 'no {x}' }, errors: [],
      } }),
      hang: () => { for (;;); },
      break: () => { throw new Error('a bug'); },
      overflow: () => { const deep = () => deep() + 1; deep(); },
    };
    parentPort.on('message', ([what, x]) => does[what](x));
    parentPort.postMessage('ready');
  `)}`,
);
type Job = readonly [what: string, x?: number];

const open = (queue = 4) =>
  openThread<Job, number>(script, { wait_ms: 5_000, work_ms: 300, queue, memory_mb: 64 }, faults);
const ask = (thread: ReturnType<typeof open>, ...job: Job) => thread.ask(() => ({ job }));
const codeOf = (asked: Promise<unknown>) => asked.catch((error) => error.code ?? error.message);

it('answers each job with its own result, in turn', async () => {
  const thread = open();
  await thread.load();
  expect(await Promise.all([1, 2, 3].map((x) => ask(thread, 'double', x)))).toEqual([2, 4, 6]);
});

it('brings a fault over as it was', async () => {
  const refused = await ask(open(), 'refuse').catch((error) => error);
  expect(refused).toMatchObject({ code: 'test.no', status: 409, messages: { en: 'no {x}' } });
});

it.each([
  ['hang', 'test.heavy'],
  ['overflow', 'test.heavy'],
  ['break', 'a bug'],
])('goes on with a new thread after a job that %ss', async (what, told) => {
  const thread = open();
  const asked = [codeOf(ask(thread, what)), ask(thread, 'double', 4)];
  expect(await Promise.all(asked)).toEqual([told, 8]);
});

it('tells who comes past its queue to come again, and no one else', async () => {
  const thread = open(2);
  const asked = [ask(thread, 'double', 1), ask(thread, 'double', 2), ask(thread, 'double', 3)];
  expect(await Promise.all(asked.map(codeOf))).toEqual([2, 4, 'test.busy']);
});
