import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/index.ts';
import { type LateDebt, lateInterest } from './late-interest.ts';

const debt = (given: Partial<LateDebt> = {}): LateDebt => ({
  due_on: '2026-03-01',
  owed_minor: 10_000_000n,
  daily_rate: '0.0005',
  instalments: [],
  ...given,
});

describe('late interest', () => {
  it('of 100,000.00 for 30 days at 0.05 % is 1,500.00', () => {
    expect(lateInterest(debt(), '2026-03-31')).toBe(150_000n);
  });

  it('is nothing up to the due date', () => {
    expect(lateInterest(debt(), '2026-03-01')).toBe(0n);
    expect(lateInterest(debt(), '2026-02-01')).toBe(0n);
  });

  it('counts the day of payment and stops behind it', () => {
    const instalments = [{ paid_on: '2026-03-11', amount_minor: 10_000_000n }];
    expect(lateInterest(debt({ instalments }), '2026-03-11')).toBe(50_000n);
    expect(lateInterest(debt({ instalments }), '2026-12-31')).toBe(50_000n);
  });

  it('runs on what is left after a part was paid', () => {
    const instalments = [
      { paid_on: '2026-02-20', amount_minor: 4_000_000n },
      { paid_on: '2026-03-11', amount_minor: 1_000_000n },
    ];
    // 60,000 for 10 days, then 50,000 for 20 days.
    expect(lateInterest(debt({ instalments }), '2026-03-31')).toBe(30_000n + 50_000n);
  });

  it('equals the sum over the days, whatever was paid when', () => {
    const instalment = fc.record({
      day: fc.integer({ min: -20, max: 80 }),
      amount: fc.bigInt({ min: 0n, max: 1_000_000n }),
    });
    const days = fc.integer({ min: 0, max: 90 });
    fc.assert(
      fc.property(fc.array(instalment, { maxLength: 8 }), days, (paid, until) => {
        const instalments = paid.map(({ day, amount }) => ({
          paid_on: addDays('2026-03-01', day),
          amount_minor: amount,
        }));
        let amountDays = 0n;
        for (let day = 1; day <= until; day += 1) {
          const before = paid.filter((part) => part.day < day);
          amountDays += 10_000_000n - before.reduce((sum, { amount }) => sum + amount, 0n);
        }
        // 0.0005 is one in 2,000; half a fen goes up.
        const expected = (amountDays + 1_000n) / 2_000n;
        expect(lateInterest(debt({ instalments }), addDays('2026-03-01', until))).toBe(expected);
      }),
    );
  });
});
