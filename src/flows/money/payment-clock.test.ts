import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/index.ts';
import {
  type ClockTerms,
  clockOn,
  isProtected,
  lateDailyRate,
  paymentClock,
  START_RULES,
  TERM_RULES,
} from './payment-clock.ts';

const terms = (given: Partial<ClockTerms>): ClockTerms => ({
  buyer_kind: 'large',
  seller_size: 'small',
  delivered_on: '2026-03-01',
  inspection_due_on: null,
  accepted_on: null,
  settled_amount_on: null,
  term_days: null,
  industry_norm: false,
  pay_when_paid: false,
  ...given,
});

describe('how long a buyer may take', () => {
  it.each<[Partial<ClockTerms>, number, string, number | null]>([
    [{ buyer_kind: 'public' }, 30, 'public_30', 30],
    [{ buyer_kind: 'public', term_days: 45 }, 45, 'public_agreed', 60],
    [{ buyer_kind: 'public', term_days: 60 }, 60, 'public_agreed', 60],
    [{ buyer_kind: 'public', term_days: 90 }, 60, 'public_cap_60', 60],
    [{ buyer_kind: 'public', term_days: 90, industry_norm: true }, 60, 'public_cap_60', 60],
    [{}, 60, 'large_60', 60],
    [{ term_days: 30 }, 30, 'large_agreed', 60],
    [{ term_days: 61 }, 60, 'large_cap_60', 60],
    [{ term_days: 90, industry_norm: true }, 90, 'large_industry_norm', 90],
    [{ pay_when_paid: true }, 60, 'pay_when_paid_void', 60],
    [{ term_days: 30, pay_when_paid: true }, 30, 'large_agreed', 60],
    [{ term_days: 90, industry_norm: true, pay_when_paid: true }, 60, 'pay_when_paid_void', 60],
    [{ seller_size: 'large', term_days: 120 }, 120, 'contract', null],
    [{ seller_size: 'undeclared', term_days: 120 }, 120, 'contract', null],
    [{ buyer_kind: 'sme', term_days: 90 }, 90, 'contract', null],
    [{ buyer_kind: 'sme' }, 0, 'on_delivery', null],
  ])('%j: %s days by %s', (given, days, term_rule, allowed) => {
    expect(paymentClock(terms(given))).toEqual({
      start_on: '2026-03-01',
      start_rule: 'delivery',
      due_on: addDays('2026-03-01', days),
      term_rule,
      statutory_due_on: allowed === null ? null : addDays('2026-03-01', allowed),
    });
  });
});

describe('when the clock starts', () => {
  const inspection_due_on = '2026-03-11';

  it.each<[Partial<ClockTerms>, string, string]>([
    [{}, '2026-03-01', 'delivery'],
    [{ inspection_due_on, accepted_on: '2026-03-05' }, '2026-03-05', 'inspection'],
    [{ inspection_due_on, accepted_on: '2026-03-11' }, '2026-03-11', 'inspection'],
    [{ inspection_due_on, accepted_on: '2026-04-20' }, '2026-03-11', 'inspection_overdue'],
    [{ inspection_due_on }, '2026-03-11', 'inspection_overdue'],
    [{ settled_amount_on: '2026-03-31' }, '2026-03-31', 'settled_amount'],
  ])('%j: %s by %s', (given, start_on, start_rule) => {
    expect(paymentClock(terms(given))).toMatchObject({ start_on, start_rule });
  });
});

it('never lets a protected seller wait longer than the decree', () => {
  const any = fc.record({
    buyer_kind: fc.constantFrom('large' as const, 'public' as const),
    seller_size: fc.constantFrom('micro' as const, 'small' as const, 'medium' as const),
    term_days: fc.option(fc.nat(400)),
    industry_norm: fc.boolean(),
    pay_when_paid: fc.boolean(),
  });
  fc.assert(
    fc.property(any, (given) => {
      const clock = paymentClock(terms(given));
      expect(isProtected(given)).toBe(true);
      expect(clock.due_on <= (clock.statutory_due_on ?? '')).toBe(true);
      const mayBeLong = given.industry_norm && !given.pay_when_paid && given.buyer_kind === 'large';
      if (!mayBeLong) expect(clock.due_on <= '2026-04-30').toBe(true);
      expect(START_RULES[clock.start_rule].article.zh).toContain('802');
      expect(TERM_RULES[clock.term_rule].text.en).not.toBe('');
    }),
  );
});

describe('the rate of late interest', () => {
  it.each([
    [{}, null, null, '0.0005'],
    [{}, '0.18', '0.03', '0.0005'],
    [{}, '0.01', '0.036', '0.0001'],
    [{ buyer_kind: 'sme' as const }, null, null, '0'],
    [{ buyer_kind: 'sme' as const }, '0.036', '0.05', '0.0001'],
  ])('%j, agreed %s, prime %s: %s a day', (given, agreed, prime, daily) => {
    expect(lateDailyRate(terms(given), agreed, prime)).toBe(daily);
  });
});

it('counts the days', () => {
  expect(clockOn('2026-04-30', '2026-04-20')).toEqual({ days_left: 10, days_late: 0 });
  expect(clockOn('2026-04-30', '2026-04-30')).toEqual({ days_left: 0, days_late: 0 });
  expect(clockOn('2026-04-30', '2026-05-03')).toEqual({ days_left: 0, days_late: 3 });
});
