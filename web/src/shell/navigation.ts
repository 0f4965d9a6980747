import type { IconName } from '../controls/Icon.tsx';

/** A page of the console that stands in the navigation. */
export type NavigationItem = {
  name:
    | 'today'
    | 'chain'
    | 'orders'
    | 'shipments'
    | 'stock'
    | 'events'
    | 'invoices'
    | 'ledger'
    | 'documents'
    | 'observatory'
    | 'settings';
  to: string;
  icon: IconName;
  /** Stands in the bar at the foot of a phone; the rest is behind "more". */
  short?: 'today' | 'orders' | 'shipments_short' | 'invoices_short';
};

export const NAVIGATION: readonly NavigationItem[] = [
  { name: 'today', to: '/', icon: 'today', short: 'today' },
  { name: 'chain', to: '/chain', icon: 'chain' },
  { name: 'orders', to: '/orders', icon: 'orders', short: 'orders' },
  { name: 'shipments', to: '/shipments', icon: 'shipments', short: 'shipments_short' },
  { name: 'stock', to: '/stock', icon: 'stock' },
  { name: 'events', to: '/events', icon: 'scan' },
  { name: 'invoices', to: '/invoices', icon: 'money', short: 'invoices_short' },
  { name: 'ledger', to: '/ledger', icon: 'ledger' },
  { name: 'documents', to: '/documents', icon: 'documents' },
  { name: 'observatory', to: '/observatory', icon: 'observatory' },
  { name: 'settings', to: '/settings', icon: 'settings' },
];

/** What waits on a page; `late` counts are shown in red. */
export type Waiting = { count: number; late: boolean };
export type WaitingByPage = Readonly<Partial<Record<NavigationItem['name'], Waiting>>>;
