import type { Bilingual } from '../../kernel/index.ts';

export type AccountKind = 'asset' | 'liability' | 'equity' | 'revenue' | 'expense';

/** An account of the common chart; a party may open its own under one of them. */
export type ChartAccount = { code: string; name: Bilingual; kind: AccountKind };

const account = (code: string, kind: AccountKind, zh: string, en: string): ChartAccount => ({
  code,
  kind,
  name: { zh, en },
});

/**
 * Names and numbers of 企业会计准则—应用指南, 附录 会计科目 (Ministry of Finance, 2006), as far as
 * trade between firms needs them. The columns of VAT under 2221 have no number of their own there.
 */
export const CHART: readonly ChartAccount[] = [
  account('1001', 'asset', '库存现金', 'Cash on hand'),
  account('1002', 'asset', '银行存款', 'Bank deposits'),
  account('1012', 'asset', '其他货币资金', 'Other monetary funds'),
  account('1121', 'asset', '应收票据', 'Notes receivable'),
  account('1122', 'asset', '应收账款', 'Accounts receivable'),
  account('1123', 'asset', '预付账款', 'Prepayments to suppliers'),
  account('1132', 'asset', '应收利息', 'Interest receivable'),
  account('1221', 'asset', '其他应收款', 'Other receivables'),
  account('1403', 'asset', '原材料', 'Raw materials'),
  account('1405', 'asset', '库存商品', 'Merchandise'),
  account('1601', 'asset', '固定资产', 'Fixed assets'),
  account('2001', 'liability', '短期借款', 'Short-term loans'),
  account('2201', 'liability', '应付票据', 'Notes payable'),
  account('2202', 'liability', '应付账款', 'Accounts payable'),
  account('2203', 'liability', '预收账款', 'Advances from customers'),
  account('2221.01', 'liability', '应交税费—进项税额', 'Taxes payable: input VAT'),
  account('2221.02', 'liability', '应交税费—销项税额', 'Taxes payable: output VAT'),
  account('2231', 'liability', '应付利息', 'Interest payable'),
  account('2241', 'liability', '其他应付款', 'Other payables'),
  account('4001', 'equity', '实收资本', 'Paid-in capital'),
  account('4103', 'equity', '本年利润', 'Profit for the year'),
  account('6001', 'revenue', '主营业务收入', 'Revenue from main business'),
  account('6051', 'revenue', '其他业务收入', 'Revenue from other business'),
  account('6301', 'revenue', '营业外收入', 'Non-operating income'),
  account('6401', 'expense', '主营业务成本', 'Cost of main business'),
  account('6601', 'expense', '销售费用', 'Selling expenses'),
  account('6602', 'expense', '管理费用', 'Administrative expenses'),
  account('6603', 'expense', '财务费用', 'Financial expenses'),
  account('6711', 'expense', '营业外支出', 'Non-operating expenses'),
];

const ACCOUNT_BY_CODE: ReadonlyMap<string, ChartAccount> = new Map(
  CHART.map((entry) => [entry.code, entry]),
);

export function findChartAccount(code: string): ChartAccount | undefined {
  return ACCOUNT_BY_CODE.get(code);
}

/**
 * Each account that stands in the books of two parties with opposite signs: what one may claim,
 * the other owes. Over a pair of parties each of these sums to zero.
 */
export const MIRRORS: readonly (readonly [claim: string, duty: string])[] = [
  ['1122', '2202'],
  ['1123', '2203'],
  ['1132', '2231'],
];

/** Accounts that only commands between two parties write: by hand, their mirror would break. */
export const MIRRORED: ReadonlySet<string> = new Set(MIRRORS.flat());
