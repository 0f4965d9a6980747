import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { PHONE, useMedia } from '../kernel/use-media.ts';
import { useShellTexts } from './texts.ts';

type Props = {
  title: string;
  /** One line that says what the page is about, in figures where it can. */
  subtitle?: ReactNode;
  /** Where the page belongs; on a phone it gets a bar with a way back. */
  back?: string;
  /** The next action: one button. On a phone it stands at the foot, in reach of the thumb. */
  action?: ReactNode;
  notice?: ReactNode;
  /** Steps that are possible but not the next one, folded up: a `Menu`. */
  menu?: ReactNode;
  /** The same, open: beside the title, on a phone below it. */
  tools?: ReactNode;
  children: ReactNode;
};

/** A page answers one question: its title, what is wrong, the next action, then the evidence. */
export function Page(props: Props) {
  const { title, subtitle, back, action, notice, menu, tools, children } = props;
  const t = useShellTexts();
  const phone = useMedia(PHONE);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  return (
    <div className={`page${action ? ' has-action' : ''}`}>
      {back && (
        <div className="page-bar">
          <Link to={back} className="icon-button" aria-label={t('back')}>
            <Icon name="back" size={22} />
          </Link>
          <span aria-hidden="true">{title}</span>
          {phone && menu}
        </div>
      )}
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {subtitle && <div className="muted">{subtitle}</div>}
        </div>
        {(menu || action || tools) && (
          <div className="page-actions">
            {tools && <div className="page-tools">{tools}</div>}
            {!phone && menu && <div className="page-aside">{menu}</div>}
            {action && <div className="page-action">{action}</div>}
          </div>
        )}
        {notice && <div className="page-notice">{notice}</div>}
      </header>
      {children}
    </div>
  );
}
