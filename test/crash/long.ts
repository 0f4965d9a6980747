import { parseArgs } from 'node:util';
import { openEmbedded } from '../../src/kernel/db/embedded.ts';
import { realServer } from './real-server.ts';
import { openRush, pause, type Rush } from './rush.ts';

/** `npm run kill:long -- --times 20 --clients 8`: SIGKILL of the server, then of PostgreSQL. */
const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    clients: { type: 'string', default: '8' },
  },
});
const times = Number(values.times);
const clients = Number(values.clients);

type Real = Awaited<ReturnType<typeof realServer>>;

/** One kill at another moment of the work each time; how long until all goes on again, in ms. */
async function killOnce(server: Real, rush: Rush, what: string, time: number): Promise<number> {
  let killedAt = 0;
  await rush.work(`${what}${time}`, async () => {
    await pause(300 + ((time * 137) % 900));
    killedAt = performance.now();
    if (what === 'server') await server.kill();
    else server.killDatabase();
    await pause(1_500);
  });
  if (what === 'server') await server.start();
  else await server.untilHealthy(60);
  const back = performance.now() - killedAt;
  const left = await rush.goOn();
  if (left.length > 0) throw new Error(`${what} ${time}: ${left.length} journeys never ended`);
  return back;
}

async function run(server: Real): Promise<number> {
  await server.start();
  const rush = await openRush(server, clients);
  for (const what of ['server', 'postgresql']) {
    const backs: number[] = [];
    const before = rush.acknowledged();
    for (let time = 1; time <= times; time++) {
      backs.push(await killOnce(server, rush, what, time));
      console.log(`${what} ${time}/${times}: back after ${Math.round(backs.at(-1) ?? 0)} ms`);
    }
    const [median, longest] = [backs.toSorted((a, b) => a - b)[times >> 1], Math.max(...backs)];
    console.log(
      `SIGKILL of ${what}: ${times} times under ${clients} clients, ` +
        `${rush.acknowledged() - before} commands acknowledged; ` +
        `back after ${Math.round(median ?? 0)} ms (median), ${Math.round(longest)} ms (longest)`,
    );
  }
  await server.stop();
  const database = await openEmbedded(server.folder);
  const broken = await rush.broken(database.owner).finally(() => database.close());
  console.log(
    `${rush.journeys.length} orders, ${rush.acknowledged()} commands acknowledged: ` +
      `${broken.length} lost, half or twice done`,
  );
  for (const one of broken.slice(0, 20)) console.log(one);
  return broken.length === 0 ? 0 : 1;
}

const server = await realServer();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop().finally(() => process.exit(130)));
}
try {
  process.exitCode = await run(server);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await server.stop();
  server.remove();
}
