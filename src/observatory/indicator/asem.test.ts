import { describe, expect, it } from 'vitest';
import { type Build, build, scoresOf } from './pipeline.ts';
import { hasAsem, readAsem, skipAloud } from './testing.ts';

skipAloud();

/** All scores, from a second computation that shares no code: NumPy, straight from the formulas. */
const scores: Readonly<Record<string, number>> = {
  ...{ AUT: 61.9018034074, BEL: 63.5395198949, BGR: 50.8075914087, HRV: 55.6382840449 },
  ...{ CYP: 51.0569695835, CZE: 56.6443316321, DNK: 64.8040799606, EST: 55.318924554 },
  ...{ FIN: 58.7877873972, FRA: 55.3705621556, DEU: 60.7514175168, GRC: 48.8863077801 },
  ...{ HUN: 55.3914559042, IRL: 60.0929353909, ITA: 52.3804182976, LVA: 54.9685980709 },
  ...{ LTU: 57.0722210388, LUX: 61.5834765462, MLT: 60.3578055926, NLD: 64.8195161698 },
  ...{ NOR: 64.4677758497, POL: 54.0271349695, PRT: 53.3786550788, ROU: 54.5624777894 },
  ...{ SVK: 54.8808429713, SVN: 60.3040769718, ESP: 55.5237215271, SWE: 62.9996794892 },
  ...{ CHE: 68.3837242383, GBR: 57.7636609297, AUS: 45.7662475156, BGD: 39.0477615938 },
  ...{ BRN: 41.2071818983, KHM: 42.1580600653, CHN: 37.7685475348, IND: 39.7920399835 },
  ...{ IDN: 40.2074937408, JPN: 46.83795718, KAZ: 39.0262775554, KOR: 50.1021662255 },
  ...{ LAO: 38.2130522211, MYS: 41.3491281061, MNG: 40.17611769, MMR: 41.0308343665 },
  ...{ NZL: 48.0390667298, PAK: 37.6321613913, PHL: 41.5463691095, RUS: 35.6555445117 },
  ...{ SGP: 58.3662800107, THA: 40.9209081163, VNM: 43.2088946936 },
};

/** Score of an element for a unit. */
function scoreOf(made: Build, code: string, unit: string): number {
  const { framework, units } = made.ground;
  const element = framework.elements.findIndex((one) => one.code === code);
  const at = units.cases.findIndex((one) => one.unit === unit);
  return scoresOf(made, element)[at] as number;
}

describe.skipIf(!hasAsem)('the ASEM index as COINr 1.1 publishes it', () => {
  const { ground, recipe } = hasAsem ? readAsem() : ({} as ReturnType<typeof readAsem>);
  const made = hasAsem ? build(ground, recipe.steps) : ({} as Build);

  it.each([
    ['CHE', 68.383724],
    ['NLD', 64.8195],
    ['DNK', 64.8041],
    ['NOR', 64.4678],
    ['BEL', 63.53952],
    ['SWE', 62.9997],
    ['AUT', 61.901803],
    ['AUS', 45.766248],
    ['IND', 39.792],
    ['CHN', 37.768548],
  ])('%s has %d', (unit, published) => {
    expect(scoreOf(made, 'Index', unit)).toBeCloseTo(published, 4);
  });

  it.each([
    ['Conn', 62.788],
    ['Sust', 73.9795],
    ['Physical', 63.4092],
    ['ConEcFin', 32.8718],
    ['Political', 74.7828],
    ['Instit', 85.943],
    ['P2P', 56.9331],
    ['Environ', 77.2119],
    ['Social', 87.8477],
    ['SusEcFin', 56.8789],
  ])('Switzerland has in %s %d', (code, published) => {
    expect(scoreOf(made, code, 'CHE')).toBeCloseTo(published, 3);
  });

  it('has all 51 scores to 1e-9', () => {
    expect(ground.units.cases).toHaveLength(51);
    for (const { unit } of ground.units.cases) {
      expect(Math.abs(scoreOf(made, 'Index', unit) - (scores[unit] as number))).toBeLessThan(1e-9);
    }
  });

  it('moves the outliers of fifteen indicators and no others', () => {
    const at = made.stages.findIndex(({ step }) => step.do === 'treat');
    const moved = ground.framework.indicators.flatMap(({ code }, indicator) => {
      const count = made.stages[at]?.outcome.explain(indicator, 0).numbers.moved;
      return count === undefined ? [] : [[code, count]];
    });
    expect(Object.fromEntries(moved)).toEqual({
      ...{ Services: 4, Bord: 3, Gas: 3, ForPort: 3, Tariff: 3, CultServ: 3, Poverty: 3, NGOs: 3 },
      ...{ FDI: 2, StMob: 2, Forest: 2, Flights: 1, CostImpEx: 1, FemLab: 1, PubDebt: 1 },
    });
  });

  it('says who was kept only because gaps were filled before screening', () => {
    expect(made.remarks.map(({ en }) => en).join()).toContain('BGD, BRN, KHM, LAO, MMR');
    expect(scoresOf(made, ground.framework.top).every(Number.isFinite)).toBe(true);
  });
});
