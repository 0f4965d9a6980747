import { assert } from '../assert.ts';

/**
 * What a seat may do. A permission is `module.noun.verb`; a pattern has `*` for any one part.
 * The table is the whole of it: routes name their permission and the kernel checks it here.
 */
export const seatPermissions = {
  admin: ['*.*.*'],
  trade: [
    '*.*.read',
    'commerce.*.*',
    'trade.*.*',
    'data.document.*',
    'goods.*.*',
    'consumer.*.*',
    'identity.invitation.create',
    'kernel.file.create',
    'rights.request.ask',
  ],
  goods: [
    '*.*.read',
    'goods.*.*',
    'consumer.*.*',
    'trade.despatch.*',
    'trade.receipt.*',
    'kernel.file.create',
    'rights.request.ask',
  ],
  finance: [
    '*.*.read',
    'money.*.*',
    'trade.invoice.*',
    'data.document.*',
    'statistics.*.*',
    'collections.*.*',
    'publishing.*.*',
    'rights.request.ask',
  ],
  viewer: ['*.*.read'],
} as const satisfies Record<string, readonly string[]>;

/** Every permission that a route asks for; `route()` writes it, and nothing else may be granted. */
const declared = new Set<string>();

/** Puts a permission on the table. @throws AssertionError where its name is none */
export function declarePermission(permission: string): string {
  assert(
    /^[a-z_]+\.[a-z_]+\.[a-z_]+$/.test(permission),
    `a permission is module.noun.verb, not ${permission}`,
  );
  declared.add(permission);
  return permission;
}

/** Whether a scope opens anything: one that is misspelt would not, and nobody would know. */
export function opensAnything(scope: string): boolean {
  return [...declared].some((permission) => matches(scope, permission));
}

export type SeatRole = keyof typeof seatPermissions;
export const seatRoles = Object.keys(seatPermissions) as [SeatRole, ...SeatRole[]];

function matches(pattern: string, permission: string): boolean {
  const wanted = permission.split('.');
  const parts = pattern.split('.');
  if (parts.length !== wanted.length) return false;
  return parts.every((part, at) => part === '*' || part === wanted[at]);
}

/** Whether one of the patterns covers a permission, or all that a narrower pattern covers. */
export function permits(patterns: readonly string[], permission: string): boolean {
  return patterns.some((pattern) => matches(pattern, permission));
}
