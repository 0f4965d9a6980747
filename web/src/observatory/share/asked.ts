import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../../kernel/search.ts';

const RULES = ['third-sector', 'third-sector-without-trade', 'section-letter'] as const;
type Rule = (typeof RULES)[number];

export type Asked = {
  from?: string;
  to?: string;
  rule?: Rule;
  threshold?: string;
};

const isMonth = (text: string | undefined) => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text ?? '');

/** Period, rule and threshold stand in the address; what is no such thing there is not asked. */
export function useAsked() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const { from, to, threshold } = search;
  const rule = RULES.find((one) => one === search.rule);
  const asked: Asked = {
    ...(from && isMonth(from) ? { from } : {}),
    ...(to && isMonth(to) ? { to } : {}),
    ...(rule ? { rule } : {}),
    ...(threshold && /^(0(\.\d{1,4})?|1)$/.test(threshold) ? { threshold } : {}),
  };
  const change = (more: Readonly<Record<string, string>>) =>
    void navigate({
      to: '.',
      // The lines begin at their first page: a cursor of others would point nowhere.
      search: { ...search, ...more, after: undefined, page: undefined } as never,
      replace: true,
      resetScroll: false,
    });
  return { asked, change };
}
