import { useSyncExternalStore } from 'react';

/** Below this, the list of conversations has no room beside them; `page.css` has the same number. */
const NARROW = '(max-width: 52rem)';

/** Whether the page is as narrow as on a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener('change', listener);
  return () => {
    query.removeEventListener('change', listener);
  };
}
