import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { modules } from '../../src/app/modules.ts';
import { type Route, route, seatPermissions } from '../../src/kernel/index.ts';

/** What no seat but the administrator's may do. A new permission stands here or in a seat. */
const administratorsOnly = new Set([
  'identity.key.create',
  'identity.key.revoke',
  'identity.key.rotate',
  'identity.person.create',
  'identity.person.end',
  'identity.security_event.audit',
  'identity.sharing.create',
  'identity.sharing.end',
  'identity.sign_in_policy.set',
  'kernel.file.erase',
  'kernel.webhook.change',
  'kernel.webhook.create',
  'kernel.webhook.inspect',
  'kernel.webhook.remove',
  'kernel.webhook.rotate',
  'kernel.webhook.send',
  'rights.request.answer',
]);

/** Routes without a permission, by kind: each was thought about once. */
const withoutPermission = {
  open: ['session', 'invitation'],
  person: ['account'],
};

const routes = modules.flatMap((module) => module.routes);
const permissionOf = (one: Route) => (one.kind === 'open' ? null : one.permission);
const asked = new Set(routes.flatMap((one) => permissionOf(one) ?? []));

const covers = (pattern: string, permission: string) => {
  const parts = pattern.split('.');
  return permission.split('.').every((part, at) => parts[at] === '*' || parts[at] === part);
};

function holdersOf(permission: string): string[] {
  return Object.entries(seatPermissions)
    .filter(([, patterns]) => patterns.some((pattern) => covers(pattern, permission)))
    .map(([seat]) => seat);
}

describe('the table of permissions', () => {
  it.each([...asked])('somebody but the administrator holds %s, or that is meant so', (name) => {
    const others = holdersOf(name).filter((seat) => seat !== 'admin');
    expect(holdersOf(name)).toContain('admin');
    expect(others.length === 0).toBe(administratorsOnly.has(name));
  });

  it('grants nothing that no route asks for', () => {
    const patterns = Object.values(seatPermissions).flat();
    const idle = patterns.filter((pattern) => ![...asked].some((name) => covers(pattern, name)));
    expect(idle).toEqual([]);
    expect([...administratorsOnly].filter((name) => !asked.has(name))).toEqual([]);
  });

  it('has no route beside it but the doors and what a person does to their own account', () => {
    const beside = routes.flatMap((one) =>
      one.kind === 'actor' || permissionOf(one) !== null ? [] : [one],
    );
    const strange = beside.filter(
      ({ kind, id }) => !withoutPermission[kind].includes(id.split('.')[0] ?? ''),
    );
    expect(strange.map(({ id }) => id)).toEqual([]);
  });

  it.each(['', 'orders', 'commerce.order', 'commerce.order.*', 'Commerce.order.read'])(
    'takes no permission that nobody could hold: "%s"',
    (permission) => {
      const declare = () =>
        route({
          id: 'test.bad',
          method: 'GET',
          path: '/test',
          permission,
          summary: { zh: '', en: '' },
          reply: z.object({}),
          faults: [],
          run: async () => ({}),
        });
      expect(declare).toThrow(/module\.noun\.verb/);
    },
  );
});
