import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fault } from '../faults.ts';
import { languageOf, problemOf } from '../http/problem.ts';
import { type CauseCode, causeOf } from './causes.ts';

/**
 * Answers at the server's address until the server itself can: `/health` and `/ready` say what is
 * under way, everything else is 503. It takes the port first, so that a port that is taken is
 * found before the database is touched.
 */
export async function openDoorkeeper(port: number, host: string, since: string) {
  let under: CauseCode = 'starting';
  const server = createServer((request, reply) => answer(request, reply, under, since));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    say(cause: CauseCode): void {
      under = cause;
    },
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(
  request: IncomingMessage,
  reply: ServerResponse,
  under: CauseCode,
  since: string,
): void {
  const cause = causeOf(under, since);
  const path = request.url?.split('?')[0];
  const headers = { 'retry-after': '1', connection: 'close' };
  const send = (type: string, body: object) =>
    reply.writeHead(503, { ...headers, 'content-type': type }).end(JSON.stringify(body));
  if (path === '/health') send('application/json', { status: 'down', causes: [cause] });
  else if (path === '/ready') send('application/json', { ready: false, causes: [cause] });
  else {
    const language = languageOf(request.headers['accept-language']);
    const problem = problemOf(fault('kernel.unready', cause), language);
    send('application/problem+json; charset=utf-8', problem);
  }
}
