import { type ReactNode, useId, useRef } from 'react';

type Props = { label: string; trigger: ReactNode; className?: string; children: ReactNode };

/** A panel that opens from a button. The browser closes it on Escape and on a click beside. */
export function Menu({ label, trigger, className, children }: Props) {
  const id = `menu-${useId().replace(/[^\w-]/g, '')}`;
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        className={`menu-trigger ${className ?? ''}`}
        popoverTarget={id}
        aria-label={label}
        onClick={(event) => placeUnder(event.currentTarget, panel.current)}
      >
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: its buttons take the keys themselves. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a choice made in it closes it. */}
      <div
        ref={panel}
        id={id}
        className="menu"
        popover="auto"
        onClick={(event) => {
          if ((event.target as HTMLElement).closest('button, a')) panel.current?.hidePopover();
        }}
      >
        {children}
      </div>
    </>
  );
}

const AIR = 6;

/** Puts the panel at its button, turned to where there is room. */
function placeUnder(button: HTMLElement, panel: HTMLElement | null): void {
  if (!panel) return;
  const box = button.getBoundingClientRect();
  const below = box.bottom + AIR;
  const upwards = below > innerHeight * 0.6;
  panel.style.top = upwards ? 'auto' : `${below}px`;
  panel.style.bottom = upwards ? `${innerHeight - box.top + AIR}px` : 'auto';
  const leftwards = box.left > innerWidth * 0.6;
  panel.style.left = leftwards ? 'auto' : `${Math.max(AIR, box.left)}px`;
  panel.style.right = leftwards ? `${Math.max(AIR, innerWidth - box.right)}px` : 'auto';
}
