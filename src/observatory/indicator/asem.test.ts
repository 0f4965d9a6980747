import { describe, expect, it } from 'vitest';
import { type Build, build, scoresOf } from './pipeline.ts';
import { hasAsem, readAsem, skipAloud } from './testing.ts';

skipAloud();

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
