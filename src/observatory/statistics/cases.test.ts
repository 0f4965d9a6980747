import { expect, test } from 'vitest';
import { industriesOn } from '../classification/index.ts';
import { ledgerOf } from './ledger.ts';
import { keyOf } from './line.ts';
import { type Decision, type Grounds, splitRevenue } from './revenue-split.ts';
import { getRule, type ServiceRule, serviceRules } from './service-rule.ts';
import { type Case, groundsOf, sevenCases, wholeYear } from './testing.ts';
import { testThreshold, withNearest } from './threshold.ts';

const third = getRule('third-sector');
const caseOf = (firm: string) => sevenCases.find((one) => one.firm === firm) as Case;
const asked = (rule: ServiceRule = third) => ({ period: wholeYear, rule });
const percent = (share: { low: number; high: number } | null | undefined) =>
  share ? [share.low, share.high].map((one) => Number((100 * one).toFixed(2))) : null;

/** What the firm's revenue really was, in a group of a rule. */
function truthOf({ lines, truth }: Case, rule: ServiceRule, wanted: readonly string[]): number {
  return lines.reduce((sum, line) => {
    const parts = Object.entries(truth.get(line.line_no) ?? {});
    return (
      sum +
      parts.reduce(
        (all, [code, part]) =>
          all + (wanted.includes(rule.groupOf(code, industriesOn())) ? part * line.net_minor : 0),
        0,
      )
    );
  }, 0);
}

test.each(sevenCases)('$firm: every interval holds the truth, under every rule', (one) => {
  const own = ledgerOf(one.firm, one.lines);
  for (const rule of serviceRules) {
    const split = splitRevenue(own, asked(rule), groundsOf(one));
    for (const { group, amount_minor } of split.groups) {
      const truth = truthOf(one, rule, [group]);
      expect([group, amount_minor.low <= truth && truth <= amount_minor.high]).toEqual([
        group,
        true,
      ]);
    }
    const service = truthOf(one, rule, rule.service_groups);
    expect(split.service.amount_minor.low).toBeLessThanOrEqual(service);
    expect(split.service.amount_minor.high).toBeGreaterThanOrEqual(service);
  }
});

test('the seven firms by the 30 % test, with the rule that decides', () => {
  const table = sevenCases.map((one) => {
    const tested = testThreshold(ledgerOf(one.firm, one.lines), asked(), groundsOf(one));
    return [one.firm, ...(percent(tested.share) ?? []), ...tested.under_rules.map((r) => r.answer)];
  });
  expect(table).toEqual([
    // What three years of upkeep are worth by themselves decides; the letter calls it making.
    ['ZJLY', 28.38, 30.52, 'cannot_tell', 'cannot_tell', 'no'],
    ['SN', 18.18, 18.18, 'no', 'no', 'no'],
    // Nine thousand of parts, made or bought in: nobody has said.
    ['YT', 13.51, 29.73, 'no', 'no', 'no'],
    ['KX', 85.71, 100, 'yes', 'yes', 'yes'],
    ['DX', 8.33, 41.67, 'cannot_tell', 'cannot_tell', 'cannot_tell'],
    ['HXN', 25.45, 57.77, 'cannot_tell', 'no', 'cannot_tell'],
    ['ZZWT', 15.15, 38.64, 'cannot_tell', 'cannot_tell', 'cannot_tell'],
  ]);
});

function decided(one: Case, by: Readonly<Record<string, string>>): Partial<Grounds> {
  const decisions = Object.entries(by).map(([name, code]): Decision => {
    const line = one.lines.find((row) => row.name.includes(name));
    if (!line) throw new Error(`no line ${name}`);
    return { key: keyOf(line), code, decided_on: '2022-01-10', reason: '台账可查' };
  });
  return { decisions };
}

test('the whole-chain jujube firm: each answer narrows, and the rule decides at last', () => {
  const jujube = caseOf('HXN');
  const own = ledgerOf('HXN', jujube.lines);
  const testWith = (by: Record<string, string>) =>
    testThreshold(own, asked(), groundsOf(jujube, decided(jujube, by)));
  const before = testWith({});
  expect(before.questions.map(({ name, basis }) => [name, basis])).toEqual([
    ['J3 干果礼盒', 'A5'],
    ['J1 鲜枣', 'A5'],
    ['品牌授权', 'A4'],
    ['枣园植保托管', 'A7'],
    ['认养枣树', 'B1'],
  ]);
  expect(before).toMatchObject({ answers_to_yes: 1, answers_to_no: 3 });
  // What nothing narrows is shown with the nearest classes, and stays open.
  const { questions } = withNearest(before, industriesOn());
  expect(questions[3]?.nearest.map(({ code }) => code)).toContain('0515');
  // The prepaid cards are no revenue yet; the credit note nets with what it takes back.
  const split = splitRevenue(own, asked(), groundsOf(jujube));
  expect(split).toMatchObject({ revenue_minor: 7_480_000_000, not_revenue_minor: 400_000_000 });
  expect(split.by_basis.find(({ basis }) => basis === 'A3')?.net_minor).toBe(3_800_000_000);

  const grown = testWith({ 鲜枣: '0159', 干果礼盒: '1373' });
  expect(percent(grown.share)).toEqual([25.45, 31.03]);
  expect(grown).toMatchObject({ answer: 'cannot_tell', answers_to_yes: 2, answers_to_no: 1 });
  const all = { 鲜枣: '0159', 干果礼盒: '1373', 品牌授权: '7520', 植保: '0515' };
  const last = testWith(all);
  expect(percent(last.share)).toEqual([30.13, 31.03]);
  expect(last).toMatchObject({ answer: 'yes', is_near: true });
  // Without what it buys in and sells on, or by the letter (植保 is 05), it does not.
  expect(last.under_rules.map(({ answer }) => answer)).toEqual(['yes', 'no', 'no']);
  // How much of that rests on the firm's own word is part of the answer.
  const rests = splitRevenue(own, asked(), groundsOf(jujube, decided(jujube, all)));
  expect(rests.self_declared_minor).toBe(2_350_000_000);
});

test('what may be making or repair stays both, and a contradicted decision does not narrow', () => {
  const tyres = caseOf('ZZWT');
  const own = ledgerOf('ZZWT', tyres.lines);
  const before = testThreshold(own, asked(), groundsOf(tyres));
  // Retreading is invoiced as repair, and is making tyres by ISIC: both are possible.
  const retread = before.questions.find(({ name }) => name.includes('翻新胎'));
  expect(retread).toMatchObject({ candidates: ['43', '81', 'C-43'], net_minor: 2_000_000_000 });
  const after = testThreshold(own, asked(), groundsOf(tyres, decided(tyres, { 新胎: '8111' })));
  expect(after.share?.low).toBeLessThanOrEqual(before.share?.low ?? 0);
  expect(after.share?.high).toBeGreaterThan(before.share?.high ?? 1);
});

test('“以上” takes in the number itself', () => {
  const line = { ...(caseOf('KX').lines[0] as Case['lines'][number]), firm: 'X' };
  const make = {
    ...line,
    line_no: 2,
    product: 'P',
    industry: '2911',
    tax_code: null,
    name: '轮胎',
  };
  const own = ledgerOf('X', [
    { ...line, net_minor: 300_000 },
    { ...make, net_minor: 700_000 },
  ]);
  const grounds = groundsOf(caseOf('KX'));
  const at = (threshold: string) => testThreshold(own, { ...asked(), threshold }, grounds).answer;
  expect([at('0.2999'), at('0.3'), at('0.3001')]).toEqual(['yes', 'yes', 'no']);
  for (const wrong of ['30', '1.1', '0,3', '0.33333', '']) {
    expect(() => at(wrong)).toThrow(/threshold/);
  }
  // A period in which more was taken back than sold has no share, and no answer.
  const back = ledgerOf('X', [{ ...line, net_minor: -300_000 }]);
  expect(testThreshold(back, asked(), grounds)).toMatchObject({
    share: null,
    answer: 'cannot_tell',
    answers_to_yes: null,
  });
});
