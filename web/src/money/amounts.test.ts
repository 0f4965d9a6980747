import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Invoice } from '../generated/api.ts';
import { disputableMinor, netOf } from './amounts.ts';

const line = {
  quantity: '600',
  price: '130.00',
  price_base_quantity: '1',
  tax_rate: '0.09',
  differences: [{ what: 'quantity', expected: '560', found: '600', within: false }],
} as unknown as Invoice['lines'][number];

describe('disputableMinor', () => {
  it('is what was billed above what was accepted, with tax', () => {
    expect(disputableMinor({ lines: [line] }, 2)).toBe('566800');
  });

  it('is nothing where the difference is within the tolerance', () => {
    const differences = [
      { what: 'quantity', expected: '599', found: '600', within: true },
    ] as const;
    expect(disputableMinor({ lines: [{ ...line, differences: [...differences] }] }, 2)).toBe('0');
  });
});

describe('netOf', () => {
  it('gives the total back with tax, to one minor unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.constantFrom('0', '0.03', '0.06', '0.09', '0.13'),
        (total, rate) => {
          const net = BigInt(netOf(total.toString(), rate));
          const tax = BigInt(Math.round(Number(net) * Number(rate)));
          const off = total - net - tax;
          return off >= -1n && off <= 1n;
        },
      ),
    );
  });
});
