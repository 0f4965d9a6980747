/** The worst first: what may harm people, what we owe, then what others owe us, then papers. */
export const URGENT_GROUPS = [
  'recalls_to_answer',
  'held_goods_left',
  'late_deliveries',
  'overdue_payables',
  'late_supplies',
  'overdue_receivables',
  'disputes',
  'refused_documents',
] as const;

/** In the order of an order's life. */
export const WAITING_GROUPS = [
  'to_answer',
  'counter_offers',
  'to_despatch',
  'to_receive',
  'payments_to_confirm',
  'rights_to_answer',
] as const;

export type Group = (typeof URGENT_GROUPS)[number] | (typeof WAITING_GROUPS)[number];

/** Where all of a group are listed. */
export const GROUP_PAGES: Readonly<Record<Group, string>> = {
  recalls_to_answer: '/recalls?tab=received',
  held_goods_left: '/stock?disposition=recalled',
  late_deliveries: '/orders?side=selling',
  late_supplies: '/orders?side=buying',
  overdue_receivables: '/invoices?state=overdue',
  overdue_payables: '/invoices?tab=payables&state=overdue',
  disputes: '/invoices?state=disputed',
  refused_documents: '/documents?state=refused',
  to_answer: '/orders?side=selling&state=placed',
  counter_offers: '/orders?side=buying&state=countered',
  to_despatch: '/orders?side=selling&state=confirmed',
  to_receive: '/shipments?side=receiving&state=under_way',
  payments_to_confirm: '/invoices?tab=payments&side=payee&state=recorded',
  rights_to_answer: '/settings?tab=rights&side=received&state=open',
};
