import type { Bilingual } from '../../kernel/index.ts';
import { impossible } from './faults.ts';
import type { InputOutputTable, Origin } from './input-output-table.ts';
import { inputCoefficients, leontiefInverse } from './leontief.ts';
import type { Measure } from './measure.ts';
import type { SectorGroups } from './sector-groups.ts';
import { cellOf, type Square } from './square.ts';

/** What one group of sectors takes of another, in one reading of the many there are. */
export type Reading = {
  readonly link:
    | 'services_to_manufacturing'
    | 'services_to_agriculture'
    | 'manufacturing_to_services';
  readonly way: 'direct' | 'requirement' | 'value_added';
  /** `all_intermediates`: domestic inputs by all, as tables without imports by sector allow. */
  readonly per: 'output' | 'intermediates' | 'all_intermediates';
  readonly origin: Origin;
  /** `service` as the 三次产业划分规定 has it; `apart` as the 42 sectors of the tables show it. */
  readonly repair: 'service' | 'apart';
};

export type InputMeasure = Measure & { readonly reading: Reading };

const links = ['services_to_manufacturing', 'services_to_agriculture', 'manufacturing_to_services'];
const ways = [
  { way: 'direct', per: 'output' },
  { way: 'direct', per: 'intermediates' },
  { way: 'direct', per: 'all_intermediates' },
  { way: 'requirement', per: 'output' },
  { way: 'value_added', per: 'output' },
] as const;

/**
 * Every reading of convergence that a table allows, side by side: so that nobody takes one of them
 * for the degree of convergence. Shares are between 0 and 1; a requirement may be above 1.
 * @throws convergence.impossible where the table meets no final use
 */
export function measureServiceInputs(
  table: InputOutputTable,
  groups: SectorGroups,
): InputMeasure[] {
  const origins = (['domestic', 'total'] as const).filter((origin) => table.flows[origin]);
  const repairs = (['service', 'apart'] as const).slice(0, groups.repair.length > 0 ? 2 : 1);
  const inverses = Object.fromEntries(origins.map((origin) => [origin, inverseOf(table, origin)]));
  return (links as Reading['link'][]).flatMap((link) =>
    origins.flatMap((origin) =>
      repairs.flatMap((repair) => {
        const sides = sidesOf(groups, link, repair);
        if (sides.from.length === 0 || sides.to.length === 0) return [];
        return ways.flatMap((one): InputMeasure[] => {
          const reading: Reading = { link, ...one, origin, repair };
          // Value added abroad is in the partner's table, so imports say nothing about it.
          const isHome = one.way === 'value_added' || one.per === 'all_intermediates';
          if (isHome && origin === 'total') return [];
          const value = ratioOf(table, sides, reading, inverses[origin] as Square);
          return [{ reading, ...wordsOf(reading, table, groups), value }];
        });
      }),
    ),
  );
}

type Sides = { from: readonly number[]; to: readonly number[] };

function sidesOf(groups: SectorGroups, link: Reading['link'], repair: Reading['repair']): Sides {
  const services = repair === 'service' ? [...groups.services, ...groups.repair] : groups.services;
  if (link === 'manufacturing_to_services') return { from: groups.manufacturing, to: services };
  const to = link === 'services_to_agriculture' ? groups.agriculture : groups.manufacturing;
  return { from: services, to };
}

function inverseOf(table: InputOutputTable, origin: Origin): Square {
  return leontiefInverse(inputCoefficients(table.flows[origin] as Square, table.output));
}

/**
 * Several sectors are put together by their output, never by a plain mean of their shares.
 * direct: Σᵢⱼ Zᵢⱼ ÷ Σⱼ xⱼ (or ÷ Σⱼ of intermediates); requirement: Σⱼ xⱼ Σᵢ (L − I)ᵢⱼ ÷ Σⱼ xⱼ;
 * value added: Σⱼ xⱼ Σᵢ vᵢLᵢⱼ ÷ Σⱼ xⱼ with vᵢ = value added ÷ output of i.
 */
function ratioOf(
  table: InputOutputTable,
  { from, to }: Sides,
  { way, per, origin }: Reading,
  inverse: Square,
): number {
  const flows = table.flows[origin] as Square;
  const denominator = {
    output: total(table.output, to),
    intermediates: allInputs(flows, to),
    all_intermediates: total(table.intermediates, to),
  }[per];
  if (denominator === 0) {
    const words = { zh: '分母为零。', en: 'the denominator is zero.' };
    throw impossible(`${way}/${per}`, words);
  }
  let sum = 0;
  for (const j of to) {
    for (const i of from) {
      if (way === 'direct') sum += cellOf(flows, i, j);
      else sum += (table.output[j] as number) * indirect(table, inverse, way, i, j);
    }
  }
  return sum / denominator;
}

function indirect(
  { output, value_added }: InputOutputTable,
  inverse: Square,
  way: 'requirement' | 'value_added',
  i: number,
  j: number,
): number {
  const needed = cellOf(inverse, i, j);
  // Of (L − I)ᵢⱼ nothing is left to take off: the two sides are apart, so i is never j.
  if (way === 'requirement') return needed;
  const made = output[i] as number;
  return made === 0 ? 0 : ((value_added[i] as number) / made) * needed;
}

function total(values: Float64Array, at: readonly number[]): number {
  return at.reduce((sum, one) => sum + (values[one] as number), 0);
}

function allInputs(flows: Square, to: readonly number[]): number {
  let sum = 0;
  for (const j of to) for (let i = 0; i < flows.n; i++) sum += cellOf(flows, i, j);
  return sum;
}

const LINKS: Readonly<Record<Reading['link'], { from: Bilingual; to: Bilingual }>> = {
  services_to_manufacturing: {
    from: { zh: '服务', en: 'services' },
    to: { zh: '制造业', en: 'manufacturing' },
  },
  services_to_agriculture: {
    from: { zh: '服务', en: 'services' },
    to: { zh: '农业', en: 'agriculture' },
  },
  manufacturing_to_services: {
    from: { zh: '制造业产品', en: 'manufactures' },
    to: { zh: '服务业', en: 'services' },
  },
};
const ORIGINS: Readonly<Record<Origin, Bilingual>> = {
  domestic: { zh: '国内', en: 'domestic' },
  total: { zh: '国内加进口', en: 'domestic and imported' },
};
const FORMULAS = {
  direct: 'ΣᵢΣⱼ Zᵢⱼ ÷ d, i → j (NBS 直接消耗系数; Eurostat Manual 2008, ch. 15)',
  requirement: 'Σⱼ xⱼ Σᵢ ((I − A)⁻¹ − I)ᵢⱼ ÷ Σⱼ xⱼ (NBS 完全消耗系数; Leontief 1936)',
  value_added: 'Σⱼ xⱼ Σᵢ vᵢ Lᵢⱼ ÷ Σⱼ xⱼ, vᵢ = VAᵢ ÷ xᵢ (Eurostat Manual 2008, ch. 15)',
} as const;

function wordsOf(
  reading: Reading,
  table: InputOutputTable,
  groups: SectorGroups,
): Omit<Measure, 'value'> {
  const { from, to } = LINKS[reading.link];
  const origin = ORIGINS[reading.origin];
  const repair =
    reading.repair === 'service'
      ? { zh: '修理计作服务', en: 'repair counted as a service' }
      : { zh: '修理单列', en: 'repair left out' };
  const what = {
    direct: {
      zh: `${to.zh}直接消耗的${origin.zh}${from.zh}`,
      en: `${origin.en} ${from.en} taken directly by ${to.en}`,
    },
    requirement: {
      zh: `${to.zh}完全消耗的${origin.zh}${from.zh}`,
      en: `${origin.en} ${from.en} required in all rounds by ${to.en}`,
    },
    value_added: {
      zh: `${to.zh}产品中的国内${from.zh}增加值`,
      en: `domestic value added of ${from.en} in products of ${to.en}`,
    },
  }[reading.way];
  const denominator = {
    output: { zh: `${to.zh}总产出`, en: `output of ${to.en}` },
    intermediates: {
      zh: `${to.zh}的${origin.zh}中间投入`,
      en: `${origin.en} intermediate inputs of ${to.en}`,
    },
    all_intermediates: {
      zh: `${to.zh}的全部中间投入（含进口）`,
      en: `all intermediate inputs of ${to.en}, imported ones too`,
    },
  }[reading.per];
  return {
    measure: [reading.link, reading.way, reading.origin, reading.per, reading.repair].join('.'),
    name: { zh: `${what.zh}（${repair.zh}）`, en: `${what.en} (${repair.en})` },
    unit: 'ratio',
    denominator,
    source: { data: table.source, formula: FORMULAS[reading.way] },
    does_not_say: [...limitsOf(reading), ...groups.remarks] as [Bilingual, ...Bilingual[]],
  };
}

const IN_HOUSE: Bilingual = {
  zh: '企业内部自产自用的服务不在其中：只有买卖的服务才计入。',
  en: 'Services that firms make for themselves are not in it: only what is bought counts.',
};
const IMPORTS: Bilingual = {
  zh: '进口品按国内技术推算其各轮消耗。',
  en: 'Imports are taken to be made as at home.',
};
const NOT_SHARE: Bilingual = {
  zh: '各轮消耗重复计算，不是份额，可以大于 1。',
  en: 'Rounds are counted one on the other: it is no share, and may be above 1.',
};
const NO_IMPORTS: Bilingual = {
  zh: '进口的投入不在分子中。',
  en: 'Imported inputs are not in the numerator.',
};
const NO_ROUNDS: Bilingual = {
  zh: '投入品所含的服务（间接消耗）不在其中。',
  en: 'What is contained in other inputs (the indirect part) is not in it.',
};

function limitsOf({ way, origin, link }: Reading): Bilingual[] {
  return [
    ...(link === 'manufacturing_to_services' ? [] : [IN_HOUSE]),
    ...(way === 'direct' ? [NO_ROUNDS] : []),
    ...(way === 'requirement' ? [NOT_SHARE] : []),
    ...(origin === 'domestic' ? [NO_IMPORTS] : way === 'requirement' ? [IMPORTS] : []),
    {
      zh: '高低不等于好坏，也不说明融合的因果。',
      en: 'More is not better, and nothing is said about causes.',
    },
  ];
}

/** What a series must show where this table stands in it; null where it breaks nothing. */
export function breakOf({ kind, year }: InputOutputTable): Bilingual | null {
  if (kind === 'survey') return null;
  if (kind === 'extension') {
    return {
      zh: `${year} 年是延长表：由上一次投入产出调查推算，与调查年份之间是断点，不宜直接相减。`,
      en:
        `${year} is an extension table 延长表, carried on from the last survey by proportions: a ` +
        'break against years of survey. Do not take the difference.',
    };
  }
  return {
    zh: '不知道这张表出自投入产出调查还是推算：与其他年份相比之前请查明。',
    en: 'Whether this table comes from a survey or was carried on is not known: find out first.',
  };
}
