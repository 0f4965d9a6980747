import type { ReactNode } from 'react';

type Props = { tone?: 'plain' | 'late' | 'waiting'; children: ReactNode };

/** A state in one word. */
export function Tag({ tone = 'plain', children }: Props) {
  return <span className={`tag is-${tone}`}>{children}</span>;
}
