import type { ReactNode } from 'react';
import { Appearance } from './Appearance.tsx';
import { ThreadArt } from './ThreadArt.tsx';
import { useShellTexts } from './texts.ts';
import './sign-in.css';

/** What stands around every page before the sign-in. */
export function SignInFrame({ children }: { children: ReactNode }) {
  const t = useShellTexts();
  return (
    <main className="sign-in">
      <div className="sign-in-side">
        <p className="sign-in-brand">{t('product')}</p>
        <ThreadArt />
        <p className="sign-in-claim">{t('welcome')}</p>
        <p className="muted">{t('welcome_more')}</p>
      </div>
      <div className="sign-in-main">
        {children}
        <Appearance />
      </div>
    </main>
  );
}
