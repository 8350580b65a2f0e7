import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

import './menu.css';

interface MenuProps {
  /** The button that opened it, beside which it is shown. */
  readonly anchor: HTMLElement;
  readonly label: string;
  readonly onClose: () => void;
  /** Elements with a role of `menuitem` or alike. */
  readonly children: ReactNode;
}

/** Pixels between the menu and what is around it. */
const GAP = 4;

/** A menu over the page. Arrows move in it, Escape and whatever happens outside close it. */
export function Menu({ anchor, label, onClose, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = menu.current;
    if (element !== null) {
      place(element, anchor);
      itemsOf(element)[0]?.focus({ preventScroll: true });
    }
  }, [anchor]);

  useEffect(() => {
    const onOutside = (event: Event): void => {
      const { target } = event;
      // A click on its own button closes it there.
      if (target instanceof Node && menu.current?.contains(target) !== true && !anchor.contains(target)) {
        onClose();
      }
    };
    document.addEventListener('pointerdown', onOutside);
    document.addEventListener('scroll', onOutside, true);
    window.addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', onOutside);
      document.removeEventListener('scroll', onOutside, true);
      window.removeEventListener('resize', onClose);
    };
  }, [anchor, onClose]);

  const giveFocusBack = (): void => {
    anchor.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // The keys of what lies below, as the one that stops a reply, are not meant.
    event.stopPropagation();
    const items = itemsOf(event.currentTarget);
    const at = items.findIndex((item) => item === document.activeElement);
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      items.at(move % items.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      giveFocusBack();
      onClose();
    } else if (event.key === ' ' && document.activeElement instanceof HTMLAnchorElement) {
      event.preventDefault();
      document.activeElement.click();
    }
  };

  return (
    <div
      ref={menu}
      className="menu"
      role="menu"
      aria-label={label}
      onKeyDown={onKeyDown}
      // Before an item does something, so that it can move the focus on.
      onClickCapture={giveFocusBack}
      onClick={onClose}
    >
      {children}
    </div>
  );
}

function itemsOf(menu: HTMLElement): readonly HTMLElement[] {
  return Array.from(menu.querySelectorAll<HTMLElement>('[role^="menuitem"]'));
}

/** Below the button where there is room, else above it, and never beyond the page. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const button = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = button.bottom + GAP;
  const top = below + height <= clientHeight ? below : Math.max(GAP, button.top - GAP - height);
  const start = getComputedStyle(anchor).direction === 'rtl' ? button.right - width : button.left;
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(GAP, Math.min(start, clientWidth - width - GAP))}px`;
}
