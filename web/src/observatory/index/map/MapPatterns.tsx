import type { Doubt } from './shade.ts';

/** The hatching of doubt, denser with more of it, on dark and on light grounds. */
const HATCHES = [
  { doubt: 'some', gap: 9 },
  { doubt: 'much', gap: 4 },
] as const;

export function MapPatterns() {
  return (
    <defs>
      {HATCHES.flatMap(({ doubt, gap }) =>
        [true, false].map((isDark) => (
          <pattern
            key={`${doubt} ${isDark}`}
            id={idOf(doubt, isDark)}
            width={gap}
            height={gap}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path className={isDark ? 'map-hatch is-dark' : 'map-hatch'} d={`M0 0V${gap}`} />
          </pattern>
        )),
      )}
    </defs>
  );
}

const idOf = (doubt: Doubt, isDark: boolean) => `map-${doubt}-${isDark ? 'dark' : 'light'}`;

/** What lies over the ground of an area; nothing where its rank is as good as known. */
export function hatchOf(doubt: Doubt, isDark: boolean): string | undefined {
  return doubt === 'little' ? undefined : `url(#${idOf(doubt, isDark)})`;
}

export const fillOf = (ink: number): string =>
  `color-mix(in srgb, var(--ink) ${ink}%, var(--card))`;
