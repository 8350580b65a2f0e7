import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { CONVERSATIONS } from '../list/queries';
import { ConversationSession } from './ConversationSession';
import type { ConversationState } from './state';

/** How often the page looks for what other tabs and devices do. */
const REFRESH_MILLIS = 3000;

/** Opens a conversation, or a new one, and keeps it up to date while the page is looked at. */
export function useConversation(id: string | null): { readonly session: ConversationSession; readonly state: ConversationState } {
  const queries = useQueryClient();
  const [session] = useState(
    () => new ConversationSession(() => void queries.invalidateQueries({ queryKey: CONVERSATIONS })),
  );
  const state = useSyncExternalStore(session.subscribe, session.getState);

  useEffect(() => {
    session.open(id);
  }, [session, id]);

  useEffect(() => {
    const look = (): void => {
      if (!document.hidden) {
        void session.refresh();
      }
    };
    const timer = setInterval(look, REFRESH_MILLIS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('online', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('online', look);
      session.close();
    };
  }, [session]);

  return { session, state };
}
