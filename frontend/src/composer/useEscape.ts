import { useEffect } from 'react';

/** Calls back when Escape is pressed anywhere on the page, while active. */
export function useEscape(active: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!active) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      // An input method uses Escape to give up a word.
      if (event.key === 'Escape' && !event.isComposing) {
        onEscape();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [active, onEscape]);
}
