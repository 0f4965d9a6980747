import type { ReactNode } from 'react';
import { Facts } from '../../controls/Facts.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { GuardHeaping } from '../../generated/api.ts';
import { type Bilingual, useBilingual } from '../../kernel/bilingual.ts';
import { useClassNames } from '../class-names.ts';
import { useGuardTexts } from './texts.ts';

type Group = GuardHeaping['findings'][number]['group'];
type Verdict = GuardHeaping['findings'][number]['verdict'];
type Finding = { group: Group; verdict: Verdict; says: Bilingual };

const SIZES = ['large', 'medium', 'small', 'micro'] as const;
const LEAST_CHANCE = 0.001;

/** Whom a finding is of. */
function useGroupName(groups: readonly Group[]) {
  const t = useGuardTexts();
  const sections = groups.flatMap(({ by, code }) => (by === 'industry' && code ? [code] : []));
  const classNames = useClassNames(sections);
  return ({ by, code }: Group): string => {
    if (by === 'all' || code === null) return t('everybody');
    const size = SIZES.find((one) => by === 'size' && one === code);
    return size ? t(`size_${size}`) : classNames(code);
  };
}

/** A chance as people read one. */
export function useChance() {
  const t = useGuardTexts();
  return (chance: number): string =>
    chance < LEAST_CHANCE
      ? t('less_than', { chance: '0.1%' })
      : `${(100 * chance).toFixed(chance < 0.1 ? 1 : 0)}%`;
}

type Props<One extends Finding> = {
  findings: readonly One[];
  least: number;
  keyOf: (one: One) => string;
  /** What comes before whom it is of: the item, where there are several. */
  headOf?: (one: One) => string;
  /** The figures under a finding. */
  under: (one: One) => ReactNode;
};

/** What was found first, then where nothing was; groups of too few are counted and not listed. */
export function Findings<One extends Finding>(props: Props<One>) {
  const { findings, least, keyOf, headOf, under } = props;
  const t = useGuardTexts();
  const read = useBilingual();
  const groupName = useGroupName(findings.map(({ group }) => group));
  const told = findings.filter(({ verdict }) => verdict !== 'too_few');
  const few = findings.length - told.length;
  if (told.length === 0) return <p className="muted">{t('all_few', { least })}</p>;
  const rank = ({ verdict }: One) => (verdict === 'found' ? 0 : 1);
  return (
    <>
      <ul className="guard-findings">
        {told
          .toSorted((one, other) => rank(one) - rank(other))
          .map((one) => (
            <li key={keyOf(one)}>
              <p>
                <Tag tone={one.verdict === 'found' ? 'late' : 'plain'}>{t(one.verdict)}</Tag>{' '}
                <span className="strong">
                  {[headOf?.(one), groupName(one.group)].filter(Boolean).join(' · ')}
                </span>
              </p>
              <p>{read(one.says)}</p>
              <div className="muted small">{under(one)}</div>
            </li>
          ))}
      </ul>
      {few > 0 && <p className="muted small">{t('few_left', { count: few, least })}</p>}
    </>
  );
}

type AboutProps = { about: Pick<GuardHeaping, 'rule' | 'source' | 'does_not_say'> };

/** By which rule a guard looks, and what it cannot tell. */
export function About({ about }: AboutProps) {
  const t = useGuardTexts();
  const read = useBilingual();
  return (
    <Facts
      rows={[
        [t('rule'), read(about.rule)],
        [t('does_not_say'), about.does_not_say.map((one) => <p key={one.en}>{read(one)}</p>)],
        [t('source'), read(about.source)],
      ]}
    />
  );
}
