import { useSyncExternalStore } from 'react';

import { deleteConversation } from '../api/conversations';
import { failureOf } from '../api/failure';
import { Deletions } from './Deletions';

/** The deletions of this page. */
export const deletions = new Deletions(async (id) => {
  try {
    await deleteConversation(id);
  } catch (error) {
    // Somebody else was faster.
    if (failureOf(error).kind !== 'not-found') {
      throw error;
    }
  }
});

// Also when a phone puts the page away, after which it may never run again.
window.addEventListener('pagehide', () => void deletions.finishAll());

/** The conversations that were deleted here, maybe not on the server yet. */
export function useDeleted(): ReadonlySet<string> {
  return useSyncExternalStore(deletions.subscribe, deletions.getHidden);
}
