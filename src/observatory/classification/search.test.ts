import fc from 'fast-check';
import { expect, test } from 'vitest';
import { industriesOn } from './industry.ts';
import { findIndustry } from './search.ts';
import { classify, isUndecided, type Precedent, queueOf, readPrecedents } from './undecided.ts';

/** What people call it, and the classes that an expert would look at. */
const phrases: readonly (readonly [phrase: string, ...codes: string[]])[] = [
  ['轮胎制造', '2911'],
  ['冷链运输', '5432'],
  ['药品冷藏车运输', '5432'],
  ['冷库出租', '5930'],
  ['速冻水饺生产', '1432'],
  ['红枣加工', '1373'],
  ['种红枣', '0151', '0159'],
  ['电脑修理', '8121'],
  ['机床维修', '4320'],
  ['锅炉维修', '4320'],
  ['电梯维修', '4320'],
  ['新能源客车生产', '3612'],
  ['养猪', '0313'],
  ['猪肉批发', '5124'],
  ['卖手机', '5274'],
  ['手机生产', '3922'],
  ['软件外包开发', '6513'],
  ['车联网平台运营', '6431'],
  ['挖掘机出租', '7113'],
  ['家具设计', '7492', '7491'],
  ['全屋定制家具', '2110'],
  ['装修房子', '5012'],
  ['采摘园', '9030'],
  ['旅行社', '7291'],
  ['幼儿园', '8310'],
  ['请律师', '7231'],
  ['财务代账', '7241'],
  ['同城配送', '5437'],
  ['无人机制造', '3963'],
  ['芯片设计', '6520'],
  ['芯片制造', '3973'],
  ['传感器', '3983'],
  ['网店卖衣服', '5292'],
  ['废旧轮胎回收', '5191'],
  ['食品检测', '7452'],
  ['种子培育', '0511'],
  ['农药喷洒服务', '0515'],
  ['污水处理', '4620'],
  ['光伏发电', '4416'],
  ['培训班', '8391'],
];

test('a plain phrase finds its class among the first three', () => {
  const missed = phrases.filter(([phrase, ...codes]) => {
    const first = findIndustry(phrase).matches.slice(0, 3);
    return !first.some(({ code }) => codes.includes(code));
  });
  expect(missed).toEqual([]);
  // What is called clear is right: the others are left to a person.
  const wrong = phrases.filter(([phrase, ...codes]) => {
    const { verdict, matches } = findIndustry(phrase);
    return verdict === 'clear' && !codes.includes(matches[0]?.code ?? '');
  });
  expect(wrong).toEqual([]);
});

test('every class is found by its own name', () => {
  const lost = industriesOn().classes.filter(({ code, name }) => {
    const best = findIndustry(name).matches;
    return !best.slice(0, 2).some((one) => one.code === code);
  });
  expect(lost.map(({ code, name }) => code + name)).toEqual([]);
});

test('what nothing fits is queued with the nearest classes, and never put into one', () => {
  const decided = classify('区块链元宇宙');
  expect(decided).toMatchObject({ why: 'nothing_fits', precedents: [] });
  expect(classify('轮胎翻新')).toMatchObject({ why: 'several_fit' });
  expect(classify('轮胎制造')).toMatchObject({ code: '2911', by: 'name' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (phrase) => {
      const { verdict, matches } = findIndustry(phrase);
      for (const { score } of matches) expect(score >= 0 && score <= 1).toBe(true);
      return verdict !== 'clear' || (matches[0]?.score ?? 0) > 0.5;
    }),
  );
});

test('a decision becomes a precedent, until another one says otherwise', () => {
  const csv = (rows: string[]) => ['phrase,code,decided_on,decided_by,reason', ...rows].join('\n');
  const first = '轮胎翻新,2911,2026-03-01,ZZ 统计局,翻新胎作为产品出售';
  const precedents = readPrecedents(csv([first]));
  expect(classify('轮胎翻新', precedents)).toMatchObject({
    code: '2911',
    by: 'precedent',
    precedent: { reason: '翻新胎作为产品出售' },
  });
  // Something like it is shown the precedent, and is not decided by it.
  const alike = classify('货车轮胎翻新', precedents);
  expect(isUndecided(alike) && alike.precedents[0]?.likeness).toBeGreaterThan(0.5);
  const other: Precedent = { ...(precedents[0] as Precedent), code: '8111' };
  expect(classify('轮胎翻新', [...precedents, other])).toMatchObject({ why: 'precedents_differ' });
  expect(() => readPrecedents(csv(['x,29,1 March,ZZ,']), 'p.csv')).toThrow(
    expect.objectContaining({
      errors: Array(3).fill(expect.objectContaining({ path: 'p.csv:2' })),
    }),
  );
});

test('the queue holds each phrase once, the most frequent first', () => {
  const queue = queueOf(['剧本杀', '轮胎制造', '元宇宙', '剧本杀']);
  expect(queue.map(({ phrase, count }) => [phrase, count])).toEqual([
    ['剧本杀', 2],
    ['元宇宙', 1],
  ]);
});
