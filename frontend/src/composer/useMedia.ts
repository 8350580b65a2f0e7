import { useCallback, useSyncExternalStore } from 'react';

/** Keyboards on the screen have no Shift+Enter to speak of. */
export const TOUCH = '(pointer: coarse)';

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => {
        media.removeEventListener('change', listener);
      };
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
