import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Drawer } from '../controls/Drawer.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Toasts } from '../controls/toast.tsx';
import { PHONE, useMedia } from '../kernel/use-media.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Appearance } from './Appearance.tsx';
import { ChainSwitcher } from './ChainSwitcher.tsx';
import { NAVIGATION, type NavigationItem, type WaitingByPage } from './navigation.ts';
import { useShellTexts } from './texts.ts';
import './shell.css';

type Props = { waiting: WaitingByPage; children: ReactNode };

/** The frame of every page behind the sign-in: a side bar, or on a phone a bar at the foot. */
export function Shell({ waiting, children }: Props) {
  const t = useShellTexts();
  const phone = useMedia(PHONE);
  return (
    <div className="shell">
      <a className="skip-link" href="#page">
        {t('skip')}
      </a>
      {phone ? <TopBar /> : <SideBar waiting={waiting} />}
      <main id="page" className="shell-page" tabIndex={-1}>
        {children}
      </main>
      {phone && <FootBar waiting={waiting} />}
      <Toasts />
    </div>
  );
}

function SideBar({ waiting }: { waiting: WaitingByPage }) {
  const t = useShellTexts();
  return (
    <aside className="side-bar">
      <ChainSwitcher />
      <nav aria-label={t('navigation')}>
        <ul>
          {NAVIGATION.map((item) => (
            <li key={item.name}>
              <Link
                to={item.to}
                className="side-link"
                activeOptions={{ exact: item.to === '/' }}
                activeProps={{ 'aria-current': 'page' }}
              >
                {t(item.name)}
                <Count item={item} waiting={waiting} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <AccountMenu />
    </aside>
  );
}

function TopBar() {
  return (
    <header className="top-bar">
      <ChainSwitcher />
    </header>
  );
}

function FootBar({ waiting }: { waiting: WaitingByPage }) {
  const t = useShellTexts();
  const [open, setOpen] = useState(false);
  const behind = NAVIGATION.filter(({ short }) => !short);
  return (
    <>
      <nav className="foot-bar" aria-label={t('navigation')}>
        {NAVIGATION.map(
          (item) =>
            item.short && (
              <Link
                key={item.name}
                to={item.to}
                className="foot-link"
                activeOptions={{ exact: item.to === '/' }}
                activeProps={{ 'aria-current': 'page' }}
              >
                <Icon name={item.icon} size={22} />
                <span>{t(item.short)}</span>
                <Count item={item} waiting={waiting} />
              </Link>
            ),
        )}
        <button type="button" className="foot-link" onClick={() => setOpen(true)}>
          <Icon name="more" size={22} />
          <span>{t('more')}</span>
        </button>
      </nav>
      <Drawer open={open} title={t('more')} onClose={() => setOpen(false)}>
        <ul className="more-list">
          {behind.map((item) => (
            <li key={item.name}>
              <Link to={item.to} className="menu-item" onClick={() => setOpen(false)}>
                <Icon name={item.icon} />
                {t(item.name)}
                <Count item={item} waiting={waiting} />
              </Link>
            </li>
          ))}
        </ul>
        <Appearance />
        <AccountMenu inline />
      </Drawer>
    </>
  );
}

function Count({ item, waiting }: { item: NavigationItem; waiting: WaitingByPage }) {
  const t = useShellTexts();
  const due = waiting[item.name];
  if (!due || due.count === 0) return null;
  return (
    <span className={`count${due.late ? ' is-late' : ''}`}>
      <span aria-hidden="true">{due.count > 99 ? '99+' : due.count}</span>
      <span className="hidden-text">{t('waiting', { count: due.count })}</span>
    </span>
  );
}
