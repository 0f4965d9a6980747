import type { Bilingual } from '../../kernel/index.ts';
import type { Bunching, Wanted } from './bunching.ts';
import type { Heaping } from './heaping.ts';
import type { Verdict } from './schema.ts';
import type { directionOf } from './shift.ts';

type About = { rule: Bilingual; source: Bilingual; does_not_say: Bilingual[] };

const NO_CHEAT: Bilingual = {
  zh: '它说的是一群数，不是哪一家：单个数再整、再贴近门槛，也可能是真的。',
  en: 'It speaks of many figures and of no single firm: any one of them may well be true.',
};

/** By which rule each guard looks, whose rule that is, and what it cannot tell. */
export const ABOUT: Readonly<Record<'heaping' | 'bunching' | 'divergence', About>> = {
  heaping: {
    rule: {
      zh: '不取整的数，第三位是 0 或 5 的约占两成。多出四分之一以上、又不是碰巧，就是取了整。',
      en:
        'Of figures that nobody rounds the third digit is 0 or 5 in a fifth. A quarter more ' +
        'than that, and not by chance, is rounding.',
    },
    source: {
      zh: '惠普尔指数，用于第三位有效数字（Hill 1995）；125 起为粗略（联合国《人口年鉴》）；Holm 1979',
      en:
        'Whipple’s index on the third significant digit (Hill 1995); rough from 125 on (UN ' +
        'Demographic Yearbook); Holm 1979',
    },
    does_not_say: [
      NO_CHEAT,
      {
        zh: '取整不等于造假：也可能是手头没有账，只能估。这样的数不宜用来考核。',
        en:
          'To round is not to lie: a firm without books can only estimate. Such figures are ' +
          'none to judge by.',
      },
    ],
  },
  bunching: {
    rule: {
      zh:
        '紧挨门槛两边，数落在哪一边本来差不多。刚好达标的比差一点的多得多、又不是碰巧，其中' +
        '就有冲着门槛来的。',
      en:
        'Close to a threshold a figure falls on either side about as often. Where many more ' +
        'have just made it, and not by chance, some were made to.',
    },
    source: {
      zh:
        'McCrary 2008；取数够用的最窄范围，作精确二项检验（Cattaneo、Titiunik、' +
        'Vazquez-Bare 2016）；Holm 1979',
      en:
        'McCrary 2008; as an exact binomial test in the narrowest window that holds enough ' +
        '(Cattaneo, Titiunik, Vazquez-Bare 2016); Holm 1979',
    },
    does_not_say: [
      NO_CHEAT,
      {
        zh:
          '也可能是企业真的为达标做了改变，或者两边的企业本来就不一样多。看最窄的范围，并问' +
          '一问门槛是哪年定的。',
        en:
          'Firms may have truly changed to make it, or there may be more on one side ' +
          'anyway. Look at the narrowest window, and ask when the threshold was set.',
      },
    ],
  },
  divergence: {
    rule: {
      zh: '把本期各家的指标与上期比：指标升了，它要带动的结果却看不出升，就值得问。',
      en:
        'The figures of the two periods are compared: where the indicator rose, and the ' +
        'outcome it stands for cannot be told to have risen, ask why.',
    },
    source: {
      zh: '曼–惠特尼检验，95 % 区间用 DeLong、DeLong、Clarke-Pearson 1988 的方法',
      en: 'Mann–Whitney, bounds by DeLong, DeLong and Clarke-Pearson 1988 (95 %)',
    },
    does_not_say: [
      {
        zh: '两期报表不能逐家对上，比的是两群数，进出的企业也在里面。',
        en:
          'Firms cannot be followed from one period to the next: two groups are compared, ' +
          'with whoever came and went.',
      },
      {
        zh: '看不出升，不等于没有升：企业少、差别小的时候都看不出来；结果也可能来得更晚。',
        en:
          'Not to be told is not the same as not there: few firms or a small rise show ' +
          'nothing, and outcomes may come later.',
      },
    ],
  },
};

const percent = (part: number, whole: number) => `${Math.round((100 * part) / whole)}%`;
const FEW: Bilingual = { zh: '数太少，说明不了什么。', en: 'Too few figures to say anything.' };

export function saysHeaping({ counted, round }: Heaping, verdict: Verdict): Bilingual {
  if (verdict === 'too_few') return FEW;
  const part = percent(round, counted);
  const [zh, en] =
    verdict === 'found'
      ? ['多半是估出来的整数', 'many of them were rounded']
      : ['看不出取整', 'no rounding can be told'];
  return {
    zh: `${counted} 个数里，${round} 个的第三位是 0 或 5（${part}，不取整约 20%）：${zh}。`,
    en:
      `Of ${counted} figures ${round} have 0 or 5 as third digit (${part}; unrounded about ` +
      `20%): ${en}.`,
  };
}

export function saysBunching(found: Bunching, wanted: Wanted, verdict: Verdict): Bilingual {
  const { decides } = found;
  if (!decides) return FEW;
  const { width, reached, missed } = decides;
  const near = `${Math.round(width * 100)}%`;
  const [zh, en] =
    verdict === 'found'
      ? ['刚好达标的太多', 'too many have just made it']
      : ['看不出冲着门槛报', 'no bunching can be told'];
  const side = wanted === 'at_least' ? ['以上', 'above'] : ['以下', 'below'];
  return {
    zh: `门槛${side[0]} ${near} 以内 ${reached} 家，差一点没达标的 ${missed} 家：${zh}。`,
    en:
      `Within ${near} ${side[1]} the threshold ${reached} firm(s), just short of it ` +
      `${missed}: ${en}.`,
  };
}

type Directed = { direction: ReturnType<typeof directionOf> };

const MOVES: Readonly<Record<Directed['direction'], Bilingual>> = {
  up: { zh: '升了', en: 'rose' },
  down: { zh: '降了', en: 'fell' },
  unclear: { zh: '看不出升降', en: 'cannot be told to have moved' },
};

export function saysDivergence(indicator: Directed, outcome: Directed, isFew: boolean): Bilingual {
  if (isFew) return FEW;
  const [one, other] = [MOVES[indicator.direction], MOVES[outcome.direction]];
  const isApart = indicator.direction === 'up' && outcome.direction !== 'up';
  return {
    zh: `指标${one.zh}，结果${other.zh}${isApart ? '：值得问一问' : ''}。`,
    en: `The indicator ${one.en}, the outcome ${other.en}${isApart ? ': worth a question' : ''}.`,
  };
}
