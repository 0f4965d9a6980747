/** What a party can be in a chain, in the order in which goods meet them. */
export const ROLES = [
  'core',
  'supplier',
  'manufacturer',
  'dealer',
  'shop',
  'carrier',
  'warehouse',
  'lender',
  'association',
  'statistician',
] as const;
