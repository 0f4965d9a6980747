import type { FastifyRequest } from 'fastify';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { seededClock } from '../clock.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { Refusals } from './refusals.ts';

const clock = seededClock('2026-03-02T01:00:00.000Z', 1);

function listen() {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (text: string) => lines.push(JSON.parse(text)) });
  return { lines, refusals: new Refusals(log, clock) };
}

const asked = (url: string, ip = '198.51.100.7') =>
  ({
    id: 'r1',
    ip,
    method: 'POST',
    routeOptions: { url },
    headers: { authorization: 'Bearer nonsense' },
    cookies: {},
  }) as unknown as FastifyRequest;

test('a refusal for want of a right is written once a minute, with how often', () => {
  const { lines, refusals } = listen();
  for (let i = 0; i < 5; i++) refusals.note(asked('/api/v1/keys'), fault('kernel.not_permitted'));
  refusals.note(asked('/api/v1/orders'), fault('kernel.not_found'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    msg: 'refused',
    code: 'kernel.not_permitted',
    route: 'POST /api/v1/keys',
    place: '198.51.100.*',
    claims: null,
  });
  expect(JSON.stringify(lines)).not.toContain('nonsense');
  clock.set('2026-03-02T01:01:00.000Z');
  refusals.note(asked('/api/v1/keys'), fault('kernel.signed_out'));
  expect(lines[1]).toMatchObject({ msg: 'refused again', again: 4 });
});

test('whoever asks for ever new things does not fill the log', () => {
  const { lines, refusals } = listen();
  const count = limits.refusals_per_minute + 50;
  for (let i = 0; i < count; i++) refusals.note(asked(`/x/${i}`), fault('kernel.signed_out'));
  expect(lines).toHaveLength(limits.refusals_per_minute);
  clock.set('2026-03-02T01:05:00.000Z');
  refusals.note(asked('/x'), fault('kernel.signed_out'));
  expect(lines.find(({ msg }) => msg === 'refused others as well')).toMatchObject({ others: 50 });
});
