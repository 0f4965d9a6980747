import { afterEach, expect, test, vi } from 'vitest';
import type { FormDraft } from '../../generated/api.ts';
import { type KeepingState, keepingOf } from './keeping.ts';

const draft: FormDraft = {
  ...{ id: 'd1', form_id: null, form_version: null, version: 4 },
  ...{ begun_at: '2026-03-02T00:00:00.000Z', changed_at: '2026-03-02T00:00:00.000Z' },
  content: {
    ...{ code: '', name: { zh: '', en: '' }, period_kind: 'year', levels: 1 },
    ...{ asks_per_year: null, approval: null, items: [], rules: [] },
  },
};
const named = (zh: string) => ({ ...draft.content, name: { zh, en: '' } });

type Sent = { name: string; version: string; key: string };

/** A server that answers with what it is told to: a version, a refusal, or nothing at all. */
function serverThat(...answers: (number | 'lost' | 'stale')[]): Sent[] {
  const heard: Sent[] = [];
  vi.stubGlobal('fetch', async (_: string, { body, headers }: RequestInit) => {
    const content = JSON.parse(String(body)) as FormDraft['content'];
    const of = new Headers(headers);
    heard.push({
      name: content.name.zh,
      version: of.get('if-match') ?? '',
      key: of.get('idempotency-key') ?? '',
    });
    const answer = answers.shift();
    if (answer === 'lost') throw new TypeError('network');
    if (answer === 'stale') {
      const messages = { zh: '已改动', en: 'stale' };
      return Response.json({ code: 'kernel.stale', messages }, { status: 412 });
    }
    return Response.json({ ...draft, content, version: answer });
  });
  return heard;
}

function watched() {
  const states: KeepingState[] = [];
  const kept: FormDraft[] = [];
  const watch = {
    onState: (state: KeepingState) => void states.push(state),
    onKept: (one: FormDraft) => void kept.push(one),
  };
  return { states, kept, keeping: keepingOf(draft, watch) };
}

afterEach(() => vi.unstubAllGlobals());

test('sends one after the other, each under the version that the one before came to', async () => {
  const heard = serverThat(5, 6);
  const { keeping, kept, states } = watched();
  keeping.keep(named('一'));
  const first = keeping.flush();
  keeping.keep(named('二'));
  keeping.keep(named('三'));
  expect(await first).toBe(6);
  expect(heard.map(({ name, version }) => [name, version])).toEqual([
    ['一', '"4"'],
    ['三', '"5"'],
  ]);
  expect(kept.map(({ version }) => version)).toEqual([5, 6]);
  expect(states.at(-1)).toBe('saved');
});

test('sends again what did not arrive, as it was, before what was typed since', async () => {
  const heard = serverThat('lost', 5, 6);
  const { keeping, states } = watched();
  keeping.keep(named('一'));
  expect(await keeping.flush()).toBeUndefined();
  expect(states.at(-1)).toBe('unreachable');
  keeping.keep(named('二'));
  expect(await keeping.flush()).toBe(6);
  const [lost, again, newer] = heard;
  // The same key: if the first did arrive after all, this is not another's change.
  expect(again).toEqual(lost);
  expect(newer).toMatchObject({ name: '二', version: '"5"' });
  expect(newer?.key).not.toBe(lost?.key);
});

test('does not write over what another window has kept', async () => {
  const heard = serverThat('stale');
  const { keeping, states } = watched();
  keeping.keep(named('一'));
  expect(await keeping.flush()).toBeUndefined();
  expect(states.at(-1)).toMatchObject({ body: { code: 'kernel.stale' } });
  expect(heard).toHaveLength(1);
  // What became a form, or was given up, is sent to nobody.
  keeping.keep(named('二'));
  keeping.stop();
  await keeping.flush();
  expect(heard).toHaveLength(1);
});
