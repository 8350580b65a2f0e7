import { useEffect, useRef, type RefObject } from 'react';

/** Pointers that hit small things belong to computers, whose keyboard covers nothing when a field gets the focus. */
const COMPUTER = '(hover: hover) and (pointer: fine)';

/**
 * After the reader went somewhere else, moves the focus to what is shown there: to the message field where there is a keyboard,
 * else to the heading. Who is in the page's main part already stays where they are, such as in a new conversation that gets its
 * address.
 */
export function useMovedFocus(main: RefObject<HTMLElement | null>, location: string): void {
  const shown = useRef(location);
  useEffect(() => {
    const element = main.current;
    if (shown.current === location || element === null) {
      return;
    }
    shown.current = location;
    if (!element.contains(document.activeElement)) {
      const field = matchMedia(COMPUTER).matches ? element.querySelector<HTMLElement>('#message') : null;
      const heading = element.querySelector<HTMLElement>('h1');
      if (heading !== null) {
        heading.tabIndex = -1;
      }
      (field ?? heading ?? element).focus({ preventScroll: true });
    }
  }, [main, location]);
}
