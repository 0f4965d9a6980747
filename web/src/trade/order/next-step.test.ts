import { describe, expect, it } from 'vitest';
import { nextSteps } from './next-step.ts';

const everything = () => true;

describe('nextSteps', () => {
  it('makes the step that the other side waits for the button', () => {
    const { next, others } = nextSteps(['change', 'cancel', 'pay', 'receive'], everything);
    expect(next).toBe('receive');
    expect(others).toEqual(['change', 'cancel', 'pay']);
  });

  it('has no button where only ways back are left', () => {
    expect(nextSteps(['cancel', 'return'], everything).next).toBeUndefined();
  });

  it('leaves out what the seat may not do', () => {
    const goods = (permission: string) => permission === 'trade.receipt.record';
    expect(nextSteps(['pay', 'receive'], goods)).toEqual({ next: 'receive', others: [] });
  });
});
