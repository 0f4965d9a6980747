import type { Bilingual } from '../../kernel/index.ts';
import {
  type Crosswalk,
  getEdition,
  type Industries,
  type Part,
  type Provenance,
  partsOf,
  sectorByLetter,
  sectorOf,
  UNKNOWN,
} from '../classification/index.ts';
import { classesOfCandidate } from './activity.ts';
import { fault } from './faults.ts';

/**
 * Where revenue goes. Every class goes to exactly one of a rule's groups, so that shares add up.
 */
export const groups = {
  agriculture: { zh: '农业', en: 'Agriculture' },
  manufacturing: { zh: '制造业', en: 'Manufacturing' },
  other_industry: { zh: '采矿、水电气和建筑业', en: 'Mining, utilities, construction' },
  trade: { zh: '批发和零售', en: 'Trade' },
  services: { zh: '服务', en: 'Services' },
} as const satisfies Record<string, Bilingual>;
export type Group = keyof typeof groups;
export const groupNames = Object.keys(groups) as readonly Group[];

/** One reading of which revenue is a service, with its source. */
export type ServiceRule = {
  readonly id: string;
  readonly version: string;
  readonly name: Bilingual;
  readonly provenance: Provenance;
  /** The groups that together count as service revenue. */
  readonly service_groups: readonly Group[];
  groupOf(code: string, industries: Industries): Group;
};

const goodsGroup = (code: string, { byCode }: Industries): Group => {
  const section = byCode.get(code)?.section ?? '';
  if (section === 'A') return 'agriculture';
  if (section === 'C') return 'manufacturing';
  return 'other_industry';
};

const isTrade = (code: string, { byCode }: Industries) => byCode.get(code)?.section === 'F';

function bySector(code: string, industries: Industries): Group {
  if (sectorOf(code, industries) !== '3') return goodsGroup(code, industries);
  return isTrade(code, industries) ? 'trade' : 'services';
}

function byLetter(code: string, industries: Industries): Group {
  if (sectorByLetter(code, industries) !== '3') return goodsGroup(code, industries);
  return isTrade(code, industries) ? 'trade' : 'services';
}

const third = () => getEdition('three-sectors-2018').provenance;

/** The rules that a period is read under, side by side. The first one is the official one. */
export const serviceRules: readonly ServiceRule[] = [
  {
    id: 'third-sector',
    version: '2018',
    name: {
      zh: '第三产业口径：三次产业划分规定(2018)，含批发零售，05、11、43 大类计作服务',
      en: 'Third sector of 2018: trade is one, and so are divisions 05, 11 and 43',
    },
    provenance: third(),
    service_groups: ['trade', 'services'],
    groupOf: bySector,
  },
  {
    id: 'third-sector-without-trade',
    version: '2018',
    name: {
      zh: '第三产业口径，不含批发零售：转卖外购货物不算服务收入',
      en: 'Third sector without trade: goods that were bought in are no service',
    },
    provenance: {
      status: 'unverified',
      citation: {
        zh: '没有文件依据：对“服务收入”较严的读法；列出它，是因为只靠批发零售就可能达到 30 %',
        en: 'No document: a stricter reading of 服务收入, shown because trade can make the 30 %',
      },
    },
    service_groups: ['services'],
    groupOf: bySector,
  },
  {
    id: 'section-letter',
    version: '2017',
    name: {
      zh: '只看门类字母(常见误用)：修理等 43 大类算作制造业',
      en: 'The letter of the section alone, a common mistake: repair (43) stays manufacturing',
    },
    provenance: {
      status: 'unverified',
      citation: {
        zh: '与三次产业划分规定(2018)第二条相反；列出它，是为了看清误用的后果',
        en: 'Against 三次产业划分规定(2018), article 2; shown to tell what the mistake does',
      },
    },
    service_groups: ['trade', 'services'],
    groupOf: byLetter,
  },
];

/** @throws statistics.rule_unknown */
export function getRule(id: string): ServiceRule {
  const found = serviceRules.find((one) => one.id === id);
  if (found) return found;
  const known = serviceRules.map((one) => one.id).join(', ');
  throw fault('statistics.rule_unknown', { rule: id, known });
}

/** How much of a sale that can come from several places counts, at least and at most. */
export type Weight = (candidates: readonly string[]) => Part;

/**
 * Counts what goes to any of the groups under a rule. Of a code above the lowest level, all classes
 * under it are possible.
 */
export function weightOf(
  rule: ServiceRule,
  wanted: readonly Group[],
  industries: Industries,
): Weight {
  let own = kept.get(rule);
  if (!own) {
    own = new Map();
    kept.set(rule, own);
  }
  const key = `${industries.edition.id} ${wanted.join(' ')}`;
  let weight = own.get(key);
  if (!weight) {
    weight = newWeight(rule, wanted, industries);
    own.set(key, weight);
  }
  return weight;
}

// Going through all classes takes longer than splitting a firm's revenue by what comes of it.
const kept = new WeakMap<ServiceRule, Map<string, Weight>>();

function newWeight(rule: ServiceRule, wanted: readonly Group[], industries: Industries): Weight {
  return remembered((candidates) => {
    const found = candidates
      .flatMap((code) => classesOfCandidate(industries, code))
      .map(({ code }) => (wanted.includes(rule.groupOf(code, industries)) ? 1 : 0));
    return { low: Math.min(...found), high: Math.max(...found) };
  });
}

/** Counts what belongs to a derived class, whose table may give parts of classes ("*"). */
export function weightOfDerived(crosswalk: Crosswalk, industries: Industries): Weight {
  const parts = partsOf(crosswalk);
  return remembered((candidates) => {
    const found = candidates
      .flatMap((code) => classesOfCandidate(industries, code))
      .map(({ code }) => parts.get(code) ?? { low: 0, high: 0 });
    return {
      low: Math.min(...found.map((one) => one.low)),
      high: Math.max(...found.map((one) => one.high)),
    };
  });
}

/** Few sets of candidates come up again and again. */
function remembered(weight: Weight): Weight {
  const known = new Map<string, Part>();
  return (candidates) => {
    // What an obligation without any candidate is, nobody knows.
    if (candidates.length === 0) return UNKNOWN;
    const key = candidates.join(' ');
    const before = known.get(key);
    if (before) return before;
    const made = weight(candidates);
    known.set(key, made);
    return made;
  };
}
