import { Link } from '@tanstack/react-router';
import { type ComponentProps, useEffect, useRef } from 'react';
import { useMay, useSession } from '../kernel/session.ts';
import { Page } from '../shell/Page.tsx';
import { useObservatoryTexts } from './texts.ts';
import './observatory.css';

type Part = {
  name: string;
  to: string;
  /** Who gets it: a permission of the seat, a role of the firm in its chain. */
  may?: string;
  role?: string;
};

const PARTS = [
  { name: 'home', to: '/observatory' },
  { name: 'share', to: '/observatory/share' },
  { name: 'unclassified', to: '/observatory/unclassified' },
  { name: 'index', to: '/observatory/index' },
  { name: 'matrix', to: '/observatory/matrix' },
  { name: 'classes', to: '/observatory/classes' },
  { name: 'releases', to: '/observatory/releases', may: 'publishing.release.read' },
  { name: 'reports', to: '/observatory/reports', may: 'collections.ask.read' },
  {
    name: 'collections',
    to: '/observatory/collections',
    may: 'collections.collection.read',
    role: 'statistician',
  },
  {
    name: 'guards',
    to: '/observatory/guards',
    may: 'guards.finding.read',
    role: 'statistician',
  },
  {
    name: 'forms',
    to: '/observatory/forms',
    may: 'collections.form_draft.read',
    role: 'statistician',
  },
] as const satisfies readonly Part[];

/** A page of the observatory: its frame, with the way to the others. */
export function ObservatoryPage({ children, ...page }: ComponentProps<typeof Page>) {
  const t = useObservatoryTexts();
  const may = useMay();
  const { party } = useSession();
  const parts = PARTS.filter(
    (part: Part) => (!part.may || may(part.may)) && (!part.role || party.roles.includes(part.role)),
  );
  const list = useRef<HTMLElement>(null);
  // On a phone the one that is open may lie beyond the edge.
  useEffect(() => {
    const open = list.current?.querySelector('[aria-current=page]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return (
    <Page {...page}>
      <nav className="tabs" aria-label={t('parts')} ref={list}>
        {parts.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            className="tab"
            activeOptions={{ exact: to === '/observatory', includeSearch: false }}
            activeProps={{ 'aria-current': 'page' }}
          >
            {t(name)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
