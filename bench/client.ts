import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export type Client = {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
};

/** A caller with an API key on one kept connection; every write carries a key of its own. */
export function openClient(base: string, key: string, latencies: number[]): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(base);
  const call = <T>(method: string, path: string, body?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const began = performance.now();
      const headers: Record<string, string | number> = { authorization: `Bearer ${key}` };
      if (text !== undefined) {
        headers['content-type'] = 'application/json';
        headers['content-length'] = Buffer.byteLength(text);
        headers['idempotency-key'] = randomUUID();
      }
      const asked = request({ agent, hostname, port, method, path, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          latencies.push(performance.now() - began);
          const said = Buffer.concat(parts).toString();
          const status = answer.statusCode ?? 0;
          if (status >= 300) reject(new Error(`${method} ${path}: ${status} ${said}`));
          else resolve(JSON.parse(said) as T);
        });
      });
      asked.on('error', reject);
      asked.end(text);
    });
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  };
}
