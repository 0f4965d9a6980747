import { describe, expect, it } from 'vitest';
import { Problem } from './api/problem.ts';
import { makeQueryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';

const refusal = (code: string, status: number) =>
  new Problem({ code, status, title: '', messages: { zh: '', en: '' } } as never);

describe('what the server said', () => {
  it('is forgotten when the session ends, wherever that was', async () => {
    let left = 0;
    const leave = async () => {
      left += 1;
    };
    const client = makeQueryClient(leave, () => Promise.reject(new Error('nobody is held')));
    client.setQueryData(['orders'], ['PO-1']);
    const ask = (error: Problem) =>
      client.fetchQuery({ queryKey: ['asked'], queryFn: () => Promise.reject(error) });
    await expect(ask(refusal('kernel.not_permitted', 403))).rejects.toThrow();
    expect(client.getQueryData(['orders'])).toEqual(['PO-1']);
    await expect(ask(refusal('kernel.signed_out', 401))).rejects.toThrow();
    await expect.poll(() => client.getQueryData(['orders'])).toBeUndefined();
    expect(client.getQueryData(sessionQuery.queryKey)).toBeNull();
    expect(left).toBe(1);
  });
});
