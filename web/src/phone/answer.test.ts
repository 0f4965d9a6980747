import { describe, expect, it } from 'vitest';
import { findFault, type LineAnswer, newAnswer, restQuantity, toLineAnswer } from './answer.ts';

const line = { id: 'l1', quantity: '2000', price: '92.00' };
const answer = newAnswer(line);

describe('findFault', () => {
  it('lets an acceptance pass as it is', () => {
    expect(findFault(line, answer)).toBeUndefined();
  });

  it('asks for a change where a change was announced', () => {
    expect(findFault(line, { ...answer, decision: 'counter' })).toBe('nothing_changed');
    expect(findFault(line, { ...answer, decision: 'counter', price: '95' })).toBeUndefined();
    expect(findFault(line, { ...answer, decision: 'counter', quantity: '1600' })).toBeUndefined();
  });

  it('refuses more than was ordered, and what is no number', () => {
    expect(findFault(line, { ...answer, decision: 'counter', quantity: '2001' })).toBe('quantity');
    expect(findFault(line, { ...answer, decision: 'counter', quantity: '很多' })).toBe('quantity');
  });

  it('wants a reason for a refusal and a day where nothing comes now', () => {
    expect(findFault(line, { ...answer, decision: 'refuse' })).toBe('reason');
    expect(findFault(line, { ...answer, decision: 'counter', quantity: '0' })).toBe('rest_on');
  });
});

describe('restQuantity', () => {
  it('is exact where numbers are not', () => {
    const fine = { ...line, quantity: '0.3' };
    expect(restQuantity(fine, { ...answer, quantity: '0.1' })).toBe('0.2');
    expect(restQuantity(line, { ...answer, quantity: '1600' })).toBe('400');
    expect(restQuantity(line, { ...answer, quantity: '2000.0' })).toBe('0');
  });
});

describe('toLineAnswer', () => {
  const asked = { ...line, id: '3', wanted_on: '2026-11-12' };

  it('splits a changed quantity over the day asked for and the day of the rest', () => {
    const changed = { ...answer, decision: 'counter', quantity: '1600', rest_on: '2026-11-15' };
    expect(toLineAnswer(asked, changed as LineAnswer, (key) => key)).toEqual({
      line_no: 3,
      answer: 'counter',
      schedule: [
        { quantity: '1600', on: '2026-11-12' },
        { quantity: '400', on: '2026-11-15' },
      ],
    });
  });

  it('sends a price only where it was changed, and a reason in words', () => {
    const dearer = { ...answer, decision: 'counter', price: '95' } as const;
    expect(toLineAnswer(asked, dearer, (key) => key)).toMatchObject({ price: '95' });
    const refused = { ...answer, decision: 'refuse', reason: 'capacity' } as const;
    expect(toLineAnswer(asked, refused, () => '产能不够')).toEqual({
      line_no: 3,
      answer: 'refuse',
      reason: '产能不够',
    });
  });
});
