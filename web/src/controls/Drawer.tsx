import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { useControlTexts } from './texts.ts';

type Props = {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
};

/**
 * A sheet from the side (from below on a phone). The browser's modal dialog keeps the focus in
 * it, closes it on Escape and gives the focus back.
 */
export function Drawer({ open, title, onClose, children, footer }: Props) {
  const t = useControlTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; a click beside it is extra.
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div className="drawer-sheet">
        <header className="drawer-head">
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={t('close')} onClick={onClose} />
        </header>
        <div className="drawer-body">{open && children}</div>
        {footer && <footer className="drawer-foot">{footer}</footer>}
      </div>
    </dialog>
  );
}
