import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** One primary button at most stands on a page: the next action. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: IconName;
  /** Shows that work goes on, and keeps a second click from starting it again. */
  busy?: boolean;
  children?: ReactNode;
};

export function Button(props: Props) {
  const {
    kind = 'plain',
    size = 'medium',
    icon,
    busy = false,
    children,
    className,
    ...rest
  } = props;
  const classes = ['button', `is-${kind}`, `is-${size}`, busy && 'is-busy', className];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter(Boolean).join(' ')}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
    >
      {busy ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={16} />
      )}
      {children}
    </button>
  );
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { icon: IconName; label: string };

/** A button that is only a sign; its label is for the pointer and for screen readers. */
export function IconButton({ icon, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} />
    </button>
  );
}
