import { describe, expect, it } from 'vitest';
import { deliverDue } from './courier.ts';
import { type Lookup, post } from './sending.ts';
import { stageForWebhooks } from './stage-testing.ts';
import { rulesFor } from './testing.ts';

const stage = stageForWebhooks();
const { happen, subscribe, messagesOf } = stage;

describe('a call', () => {
  const call = (address: string, look: Lookup, rules = rulesFor(stage.receiver)) =>
    post({ address, headers: { 'webhook-id': 'x' }, body: '{}' }, rules, { look });
  const never: Lookup = async () => {
    throw new Error('nobody is asked');
  };

  it('does not go where a redirect points', async () => {
    const { id } = await subscribe('maker');
    stage.receiver.answers(({ path }) =>
      path === '/hook'
        ? { status: 302, headers: { location: `http://127.0.0.1:${stage.receiver.port}/inside` } }
        : { status: 200 },
    );
    await happen(1);
    await deliverDue(stage.courier);
    expect(stage.receiver.calls.map(({ path }) => path)).toEqual(['/hook']);
    expect(await messagesOf('maker', id)).toMatchObject([
      { state: 'waiting', last_status: 302, last_error: 'status' },
    ]);
  });

  it('is not made to a name that leads inside, and tells it from no other', async () => {
    const { port } = stage.receiver;
    const rules = { ports: [port], http: true, allow: [] };
    const url = `http://rebound.example:${port}/hook`;
    const inside = await call(url, async () => ['127.0.0.1', '::1', '10.0.0.1'], rules);
    const nowhere = await call(url, async () => [], rules);
    const literal = await call(stage.receiver.url, never, rules);
    const unknown = await call(url, never, rules);
    expect(inside).toMatchObject({ error: 'address', status: null, excerpt: null });
    expect([nowhere, literal, unknown]).toEqual([inside, inside, inside]);
    expect(stage.receiver.calls).toEqual([]);
  });

  it('goes to the very address that was checked, whatever the name says next', async () => {
    let asked = 0;
    const first = ['10.9.9.9', '127.0.0.1'];
    const turning: Lookup = async () => (asked++ === 0 ? first : ['127.0.0.2']);
    const outcome = await call(`http://rebound.example:${stage.receiver.port}/hook`, turning);
    expect(outcome).toMatchObject({ error: null, status: 204 });
    expect(asked).toBe(1);
    expect(stage.receiver.calls[0]?.headers.host).toBe(`rebound.example:${stage.receiver.port}`);
  });

  it('ends where nobody answers, and reads little of an answer without end', async () => {
    const refused = await call('http://127.0.0.1:1/hook', never, {
      ...rulesFor(stage.receiver),
      ports: [1],
    });
    expect(refused).toMatchObject({ error: 'connection', status: null });
    stage.receiver.answers(() => ({ status: 500, body: 'x\u0000y'.repeat(2_000_000) }));
    const began = performance.now();
    const long = await call(stage.receiver.url, never);
    expect(long).toMatchObject({ error: 'status', status: 500, excerpt: null });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
