import type { SVGProps } from 'react';

/** Strokes on a field of 24; drawn for this console so that no icon font has to be loaded. */
const PATHS = {
  today: [
    'M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4',
    'M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0',
  ].join(''),
  chain: [
    'M6 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM18 21a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
    'M18 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM9 6h6M6 9v3a6 6 0 0 0 6 6h3',
  ].join(''),
  orders: 'M7 3h10a2 2 0 0 1 2 2v16l-3.5-2-3.5 2-3.5-2L5 21V5a2 2 0 0 1 2-2ZM9 8h6M9 12h6',
  shipments: [
    'M2 6h12v11H2ZM14 10h4l4 4v3h-8ZM6.5 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
    'M17.5 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  ].join(''),
  stock: 'M3 8l9-5 9 5v9l-9 5-9-5ZM3 8l9 5 9-5M12 13v9',
  money: 'M3 6h18v12H3ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM6.5 9v.01M17.5 15v.01',
  ledger: 'M5 4a1 1 0 0 1 1-1h13v18H6a1 1 0 0 1-1-1ZM9 3v18M13 8h3M13 12h3',
  observatory: 'M4 20V4M4 20h16M8 8h8M8 6v4M16 6v4M11 14h8M11 12v4M19 12v4',
  documents: 'M3 13h5l1.5 3h5L16 13h5M5 5h14l2 8v6H3v-6Z',
  settings: [
    'M4 7h10M18 7h2M4 17h2M10 17h10M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
    'M8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  ].join(''),
  more: 'M5 12v.01M12 12v.01M19 12v.01',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  filter: 'M4 6h16M7 12h10M10 18h4',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  upload: 'M12 20V9M7 13l5-5 5 5M5 4h14',
  alert: [
    'M12 8v5M12 16.5v.01',
    'M10.3 4 2.8 17.5A2 2 0 0 0 4.5 20.5h15a2 2 0 0 0 1.7-3L13.7 4a2 2 0 0 0-3.4 0Z',
  ].join(''),
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3 2',
  language: [
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18',
    'M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9c-3-3-3.6-6-3.6-9S9 6 12 3Z',
  ].join(''),
  light: 'M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM12 2v2M12 20v2M2 12h2M20 12h2',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  system: 'M4 5h16v11H4ZM9 20h6',
  leave: 'M14 4h5v16h-5M10 8l-4 4 4 4M6 12h9',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c1-4 4-6 8-6s7 2 8 6',
  external: 'M9 5h10v10M19 5 6 18',
  calendar: 'M4 6h16v14H4ZM4 10h16M8 3v4M16 3v4',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4ZM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  scan: 'M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16',
  key: 'M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 12h9M18 12v4M15 12v3',
  undo: 'M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3',
} satisfies Record<string, string>;

export type IconName = keyof typeof PATHS;

type Props = SVGProps<SVGSVGElement> & { name: IconName; size?: number };

export function Icon({ name, size = 18, ...rest }: Props) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentcolor"
      strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...rest}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
