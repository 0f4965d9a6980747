import type { Account } from '../../generated/api.ts';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';

/** The chart of accounts, and a reader of an account's name by its code. */
export function useAccounts(): {
  accounts: readonly Account[];
  accountName: (code: string) => string;
} {
  const read = useBilingual();
  const { data } = useApi('account.list', {});
  const accounts = data?.items ?? [];
  return {
    accounts,
    accountName: (code) => {
      const account = accounts.find((one) => one.code === code);
      return account ? `${code} ${read(account.name)}` : code;
    },
  };
}
