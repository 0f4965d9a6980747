import { describe, expect, it } from 'vitest';
import { acceptedOf, allGood, faultOf, toReceiptLine } from './arrival.ts';

const poor = { ...allGood, good: false, short: '40', reason: '少了一托' };

describe('what arrived', () => {
  it('is everything until a difference is entered', () => {
    expect(acceptedOf('600', allGood)).toBe('600');
    expect(acceptedOf('600', poor)).toBe('560');
    expect(acceptedOf('0.3', { ...poor, short: '0.1' })).toBe('0.2');
  });

  it('cannot lack more than was sent', () => {
    expect(faultOf('600', { ...poor, damaged: '561' })).toBe('sum');
    expect(faultOf('600', { ...poor, short: '几箱' })).toBe('number');
  });

  it('needs a difference and its reason', () => {
    expect(faultOf('600', { ...poor, short: '' })).toBe('nothing');
    expect(faultOf('600', { ...poor, reason: ' ' })).toBe('reason');
    expect(faultOf('600', poor)).toBeUndefined();
  });

  it('adds up to what was sent when it is told to the server', () => {
    expect(toReceiptLine({ line_no: 2, quantity: '600' }, { ...poor, damaged: '3' })).toEqual({
      despatch_line_no: 2,
      accepted: '557',
      short: '40',
      damaged: '3',
      turned_away: '0',
      reason: '少了一托',
      photo_ids: [],
    });
  });
});
