import { Fault, fault } from '../faults.ts';
import { hasFactorSql } from './second-factors.ts';

/**
 * Why a session is held: it is good, and opens only the routes that say so (`under`), until its
 * person has done what is asked of them.
 */
export const holds = [
  /** Somebody else chose the password. It goes first: what is set up behind it may be theirs. */
  'new_password',
  /** The party requires a second factor, and the person has none. */
  'no_factor',
  /** They have one, and this session was opened without it. */
  'factor_not_shown',
] as const;
export type Hold = (typeof holds)[number];

/**
 * The first hold, or null: $1 now, $4 the user, u their account, t their session, p the party's
 * sign_in_policy. In this order no factor is looked up where none is required.
 */
export const heldSql = `case
    when u.password_due then 'new_password'
    when p.factor_from is null or p.factor_from > $1 then null
    when not ${hasFactorSql('$4')} then 'no_factor'
    when t.factor_at is null then 'factor_not_shown'
  end`;

const codes = {
  new_password: 'identity.password_due',
  no_factor: 'identity.factor_needed',
  factor_not_shown: 'identity.factor_unshown',
} as const satisfies Record<Hold, string>;

export const faultOfHold = (hold: Hold): Fault => fault(codes[hold]);

/** Whether something failed because a session is held. */
export const isHold = (error: unknown): boolean =>
  error instanceof Fault && holds.some((hold) => codes[hold] === error.code);
