import { useFormat } from '../../kernel/format/format.ts';
import { useClassNames } from '../class-names.ts';
import { SIZES, TOTAL, UNKNOWN } from './figures.ts';
import { useReleaseTexts } from './texts.ts';

/** What the engine of releases names the unit of a count. */
const COUNTED = '个';

const VARIABLES = ['industry', 'size', 'region'] as const;

/** What variables and their codes are called. Those of posted rows have no other name. */
export function useNames(industries: readonly string[]) {
  const t = useReleaseTexts();
  const sections = industries.filter((code) => /^[A-S]$/.test(code));
  const classNames = useClassNames(sections);
  const variable = (name: string) => {
    const known = VARIABLES.find((one) => one === name);
    return known ? t(known) : name;
  };
  const code = (name: string, own: string) => {
    if (own === TOTAL) return t('total');
    if (own === UNKNOWN) return t('unknown');
    const size = name === 'size' ? SIZES.find((one) => one === own) : undefined;
    if (size) return t(`size_${size}`);
    return name === 'industry' ? classNames(own) : own;
  };
  return { variable, code };
}

/**
 * Amounts of a collection are in fen and read in yuan, counts have no unit but themselves, and
 * quantities have a code of UN/ECE Recommendation 20. What else was posted reads as it is.
 */
export function useFigure(unit: string) {
  const t = useReleaseTexts();
  const format = useFormat();
  const isMoney = unit.includes('CNY/100');
  return {
    unit: isMoney ? t('yuan') : unit === COUNTED ? t('counted') : format.unit(unit, '2'),
    of: (value: number) => {
      const exact = isMoney ? (value / 100).toFixed(2) : String(value);
      return format.decimal(exact.replace(/\.00$/, ''));
    },
  };
}
