import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../crash/real-server.ts';

/** A plain balancer of connections: each goes to the next server, or to one that still takes it. */
export async function openBalancer(urls: readonly string[]) {
  const ports = urls.map((url) => Number(new URL(url).port));
  const open = new Set<Socket>();
  let next = 0;

  function join(client: Socket, triesLeft: number): void {
    const server = connect(ports[next++ % ports.length] as number, '127.0.0.1');
    open.add(client).add(server);
    server.once('connect', () => {
      client.pipe(server);
      server.pipe(client);
    });
    server.on('error', () => {
      if (!server.readyState.startsWith('open') && server.bytesRead === 0 && triesLeft > 0) {
        join(client, triesLeft - 1);
      } else client.destroy();
    });
    server.once('close', () => {
      open.delete(server);
      if (server.bytesWritten > 0) client.destroy();
    });
    client.on('error', () => server.destroy());
    client.once('close', () => {
      open.delete(client);
      server.destroy();
    });
  }

  const balancer = createServer((client) => join(client, ports.length));
  const port = await freePort();
  await new Promise<void>((resolve) => balancer.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    close(): void {
      balancer.close();
      for (const socket of open) socket.destroy();
    },
  };
}
