import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { containmentsOf, contentsAt, parentsAt, staysOf } from './containment.ts';
import { historyOf } from './history.ts';
import { loadDownwards, openLoading } from './loading.ts';
import { momentOf } from './moments.ts';
import {
  event,
  memorySource,
  mention,
  pack,
  seeIn,
  smallHistory,
  smallItems,
  transform,
  unpack,
} from './testing.ts';

const at = (time: string) => momentOf(`2026-03-02T${time}:00.000Z`);
const shown = (events: Parameters<typeof historyOf>[0], child: string) =>
  containmentsOf(historyOf(events), child).map(
    ({ parent, from, to, opened, ended, contradiction }) =>
      [parent, from.slice(11, 16), to?.slice(11, 16) ?? '…', opened, ended, contradiction]
        .filter((word) => word !== null)
        .join(' '),
  );

describe('a unit in its case', () => {
  it('is in from packing until unpacking, whatever arrived first', () => {
    const events = [unpack('10:00', 'case', 'unit'), pack('08:00', 'case', 'unit')];
    expect(shown(events, 'unit')).toEqual(['case 08:00 10:00 added removed']);
  });

  it('leaves with all others when the case is emptied without naming them', () => {
    const events = [pack('08:00', 'case', 'one', 'two'), unpack('09:00', 'case')];
    expect(shown(events, 'two')).toEqual(['case 08:00 09:00 added emptied']);
  });

  it('stays in when an observation does not name it, and is in since one that does', () => {
    const events = [
      pack('08:00', 'case', 'one'),
      seeIn('09:00', 'case', 'two'),
      unpack('11:00', 'case', 'one', 'two'),
    ];
    expect(shown(events, 'one')).toEqual(['case 08:00 11:00 added removed']);
    expect(shown(events, 'two')).toEqual(['case 09:00 11:00 observed removed']);
  });

  it('leaves the first case when it is packed into another, and that is a contradiction', () => {
    const events = [pack('08:00', 'case', 'unit'), pack('09:00', 'box', 'unit')];
    expect(shown(events, 'unit')).toEqual([
      'case 08:00 09:00 added moved packed_elsewhere',
      'box 09:00 … added',
    ]);
  });

  it('was in until it is taken out, though nobody saw it go in', () => {
    const events = [pack('08:00', 'box', 'unit'), unpack('09:00', 'case', 'unit')];
    expect(shown(events, 'unit')).toEqual([
      'box 08:00 … added',
      'case 09:00 09:00 removed removed removed_while_elsewhere',
    ]);
  });

  it('is in nothing any more once it was sold out of the register or used up', () => {
    const gone = event('10:00', { type: 'ObjectEvent', action: 'DELETE' }, { epc: ['one'] });
    const used = transform('11:00', ['two'], ['soup']);
    const events = [pack('08:00', 'case', 'one', 'two', 'three'), gone, used];
    expect(shown(events, 'one')).toEqual(['case 08:00 10:00 added decommissioned']);
    expect(shown(events, 'two')).toEqual(['case 08:00 11:00 added consumed']);
    expect(shown(events, 'three')).toEqual(['case 08:00 … added']);
  });

  it('is taken out and packed again at one instant in that order', () => {
    const events = [
      pack('09:00', 'case', 'unit'),
      pack('08:00', 'case', 'unit'),
      unpack('09:00', 'case', 'unit'),
    ];
    expect(shown(events, 'unit')).toEqual(['case 08:00 09:00 added removed', 'case 09:00 … added']);
  });
});

describe('a lot on pallets', () => {
  it('may be on two at once, and leaves one when as much was taken off as was put on', () => {
    const events = [
      pack('08:00', 'p1', mention('child', 'lot7', '60', 'KGM')),
      pack('08:30', 'p2', mention('child', 'lot7', '40', 'KGM')),
      pack('09:00', 'p1', mention('child', 'lot7', '0.5', 'TNE')),
      unpack('10:00', 'p1', mention('child', 'lot7', '60', 'KGM')),
      unpack('11:00', 'p1', mention('child', 'lot7', '500000', 'GRM')),
    ];
    expect(shown(events, 'lot7')).toEqual(['p1 08:00 11:00 added removed', 'p2 08:30 … added']);
  });

  it('stays on it where nobody can tell how much was put on', () => {
    const events = [
      pack('08:00', 'p1', mention('child', 'lot7')),
      unpack('10:00', 'p1', mention('child', 'lot7', '60', 'KGM')),
    ];
    expect(shown(events, 'lot7')).toEqual(['p1 08:00 … added']);
  });
});

describe('nesting', () => {
  const history = historyOf([
    pack('08:00', 'case', 'unit'),
    pack('09:00', 'pallet', 'case'),
    event(
      '10:00',
      { type: 'AssociationEvent', action: 'ADD' },
      { parent: ['lorry'], child: ['pallet'] },
    ),
    event(
      '10:05',
      { type: 'AssociationEvent', action: 'ADD' },
      { parent: ['lorry'], child: ['probe'] },
    ),
    unpack('12:00', 'pallet', 'case'),
  ]);
  const parents = (time: string) =>
    parentsAt(history, 'unit', at(time)).levels.map(({ stay }) => stay.parent);

  it('goes from the unit to the lorry, as of a moment', () => {
    expect(parents('08:30')).toEqual(['case']);
    expect(parents('11:00')).toEqual(['case', 'pallet', 'lorry']);
    expect(parents('12:00')).toEqual(['case']);
  });

  it('goes from the lorry to the unit', () => {
    const { levels } = contentsAt(history, 'lorry', at('11:00'));
    expect(levels.map(({ stay, depth }) => `${depth} ${stay.child}`)).toEqual([
      '1 pallet',
      '1 probe',
      '2 case',
      '3 unit',
    ]);
  });

  it('is read level by level, with what says when a thing left', async () => {
    const events = [...history.events.values()];
    const loading = openLoading(memorySource(events), null);
    await loadDownwards(loading, ['lorry']);
    expect(contentsAt(loading.history, 'lorry', at('11:00'))).toEqual(
      contentsAt(history, 'lorry', at('11:00')),
    );
    expect(loading.statements).toBe(4);
  });

  it('ends where two things are said to be in each other', () => {
    const ring = historyOf([pack('08:00', 'p', 'q'), pack('08:00', 'q', 'p')]);
    expect(parentsAt(ring, 'p', at('09:00')).levels).toHaveLength(1);
  });
});

test('what was known at ten o’clock has not heard of what was recorded later', () => {
  const late = { ...unpack('09:00', 'case', 'unit'), recorded_at: '2026-03-02T15:00:00.000Z' };
  const events = [pack('08:00', 'case', 'unit'), late];
  const known = (when: string) =>
    staysOf(historyOf(events, `2026-03-02T${when}:00.000Z`), 'unit')[0]?.ended;
  expect(known('10:00')).toBeNull();
  expect(known('15:00')).toBe('removed');
});

test('stays do not depend on the order of arrival, and a thing is in one parent at a time', () => {
  const shuffled = smallHistory.chain((events) =>
    fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
  );
  fc.assert(
    fc.property(shuffled, ([events, again]) => {
      for (const item of smallItems) {
        const stays = staysOf(historyOf(events), item);
        expect(staysOf(historyOf(again), item)).toEqual(stays);
        if (item.startsWith('lot')) continue;
        const inside = stays.filter(
          ({ binding, from, to }) => binding === 'aggregation' && from < to,
        );
        for (const [index, stay] of inside.entries()) {
          expect(inside[index + 1]?.from ?? Infinity).toBeGreaterThanOrEqual(stay.to);
        }
      }
    }),
  );
});
