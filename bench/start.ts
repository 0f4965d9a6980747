import { report } from './figure.ts';
import { startServer, temporaryFolder } from './server.ts';

/** From the command to the first page: the first start with the demo, then a second one. */
export async function benchStart(): Promise<void> {
  const { folder, remove } = temporaryFolder();
  try {
    const first = await startServer(folder, []);
    await first.stop();
    const second = await startServer(folder, []);
    await second.stop();
    report({ name: 'start.first_with_demo', value: first.started_ms / 1_000, unit: 's' });
    report({ name: 'start.second', value: second.started_ms / 1_000, unit: 's' });
  } finally {
    remove();
  }
}
