import { pause } from './rush.ts';

/** Listens to the facts that a key may see, as a client does that only reads. */
export async function hears(url: string, key: string) {
  const leaving = new AbortController();
  const reply = await fetch(`${url}/api/v1/facts/stream`, {
    headers: { authorization: `Bearer ${key}` },
    signal: leaving.signal,
  });
  let heard = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of reply.body ?? []) heard += decoder.decode(chunk as Uint8Array);
  })().catch(() => {});
  return {
    /** @throws when it was not heard within 20 seconds */
    async until(isHeard: (text: string) => boolean): Promise<void> {
      for (let tries = 0; tries < 200; tries++) {
        if (isHeard(heard)) return;
        await pause(100);
      }
      throw new Error(`Not heard. The stream said:\n${heard.slice(-2_000)}`);
    },
    ended: reading,
    close: () => leaving.abort(),
  };
}
