import { describe, expect, it } from 'vitest';
import { GroupCommit, type Take } from './group-commit.ts';

const most = {
  ...{ requests: 4, bytes: 100 },
  ...{ waiting_requests: 10, waiting_bytes: 1_000, waiting_ms: 10_000 },
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A database that notes which groups came, and does them when it is let. */
function slowDatabase() {
  const groups: { bearer: string; items: readonly string[] }[] = [];
  const doors: (() => void)[] = [];
  const commit = async (bearer: string, take: Take<string>) => {
    const items = take();
    groups.push({ bearer, items });
    await new Promise<void>((open) => doors.push(open));
    return items.map((item) => `${item} done`);
  };
  const letAll = async () => {
    for (; doors.length > 0; await turn()) for (const open of doors.splice(0)) open();
  };
  return { groups, commit, letAll };
}

describe('What one bearer sends at once', () => {
  it('is committed together while its last transaction is under way, in its order', async () => {
    const { groups, commit, letAll } = slowDatabase();
    const group = new GroupCommit(most, commit);
    const answers = ['a', 'b', 'c'].map((item) => group.submit('till', item, 1));
    const other = group.submit('gate', 'x', 1);
    await letAll();
    expect(await Promise.all([...answers, other])).toEqual([
      'a done',
      'b done',
      'c done',
      'x done',
    ]);
    expect(groups).toEqual([
      { bearer: 'till', items: ['a'] },
      { bearer: 'gate', items: ['x'] },
      { bearer: 'till', items: ['b', 'c'] },
    ]);
  });

  it('takes along what comes while its transaction opens, also when tried again', async () => {
    const taken: string[] = [];
    const group = new GroupCommit<string, string>(most, async (_, take) => {
      await turn();
      for (const _try of ['first', 'again']) taken.push(take().join(''));
      return take();
    });
    const first = group.submit('till', 'a', 1);
    const second = Promise.resolve().then(() => group.submit('till', 'b', 1));
    expect(await Promise.all([first, second])).toEqual(['a', 'b']);
    expect(taken).toEqual(['ab', 'ab']);
  });

  it('refuses everybody who waits where its transaction does not open', async () => {
    let tries = 0;
    const group = new GroupCommit<string, string>(most, async () => {
      tries += 1;
      await turn();
      throw new Error('signed out');
    });
    const sent = ['a', 'b', 'c'].map((one) => group.submit('till', one, 1));
    const settled = await Promise.allSettled(sent);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(tries).toBe(1);
  });

  it('is no more than so many requests or bytes, and one that is larger goes alone', async () => {
    const { groups, commit, letAll } = slowDatabase();
    const group = new GroupCommit(most, commit);
    const sizes = [1, 60, 30, 30, 500, 1, 1, 1, 1, 1];
    const answers = sizes.map((bytes, at) => group.submit('till', `${at}`, bytes));
    await letAll();
    await Promise.all(answers);
    expect(groups.map(({ items }) => items.join(''))).toEqual(['0', '12', '3', '4', '5678', '9']);
  });

  it('waits in a queue that has an end, and not for ever', async () => {
    const { commit, letAll } = slowDatabase();
    const busy = { reason: { code: 'kernel.busy', retry_after_s: 2 } };
    const many = new GroupCommit({ ...most, waiting_requests: 2 }, commit);
    const few = ['a', 'b', 'c', 'd'].map((item) => many.submit('till', item, 1));
    const heavy = new GroupCommit({ ...most, waiting_bytes: 100 }, commit);
    const large = [900, 60, 60, 40].map((bytes, at) => heavy.submit('till', `${at}`, bytes));
    const slow = new GroupCommit({ ...most, waiting_ms: -1 }, commit);
    const late = slow.submit('till', 'a', 1);
    const settled = Promise.allSettled([...few, ...large, late]);
    await letAll();
    const told = await settled;
    const refused = told.flatMap((one, at) => (one.status === 'rejected' ? [at] : []));
    expect(refused).toEqual([3, 6, 8]);
    for (const at of refused) expect(told[at]).toMatchObject(busy);
  });

  it('fails one by one where the database refuses one of them', async () => {
    const tried: string[] = [];
    const refused = Object.assign(new Error('out of range'), { code: '22003' });
    const group = new GroupCommit<string, string>(most, async (_, take) => {
      const items = take();
      tried.push(items.join(''));
      await turn();
      if (items.includes('bad')) throw refused;
      return items;
    });
    const sent = ['a', 'b', 'bad', 'c'].map((item) => group.submit('till', item, 1));
    const settled = await Promise.allSettled(sent);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(settled[2]).toMatchObject({ reason: refused });
    expect(tried).toEqual(['a', 'bbadc', 'b', 'bad', 'c']);
  });

  it('is not tried again where nobody knows whether it was done', async () => {
    const unknown = [{ code: 'EPIPE' }, { code: '57P01' }, { code: '08006' }];
    for (const broken of unknown) {
      let tries = 0;
      const group = new GroupCommit<string, string>(most, async (_, take) => {
        take();
        tries += 1;
        await turn();
        throw Object.assign(new Error('connection lost'), broken);
      });
      const sent = ['a', 'b', 'c'].map((one) => group.submit('till', one, 1));
      const settled = await Promise.allSettled(sent);
      expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
      expect(tries, JSON.stringify(broken)).toBe(2);
    }
  });
});
