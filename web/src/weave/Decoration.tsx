import type { ReactNode } from 'react';

/** Drawing that says nothing which its knots do not say: not read out. */
export function Decoration({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of shapes cannot take the focus.
  return <g aria-hidden="true">{children}</g>;
}
