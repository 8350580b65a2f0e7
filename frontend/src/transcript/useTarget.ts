import { useEffect, useRef } from 'react';
import { useSearch } from 'wouter';

import type { ConversationSession } from '../conversation/ConversationSession';
import type { ConversationState } from '../conversation/state';
import { elementOf } from './useKeepStill';

/** After so many pages of earlier messages, one is looked for no longer. */
const MOST_PAGES = 100;

/** The message that the page's address names, as `?m=` or `#m-`; null if it names none. */
export function useTarget(): string | null {
  const search = useSearch();
  return new URLSearchParams(search).get('m') ?? (/^#m-(.+)$/u.exec(location.hash)?.[1] ?? null);
}

/** Brings the message that the address names into view, from earlier pages or another branch if need be. */
export function useScrollToTarget(
  target: string | null,
  session: ConversationSession,
  { conversation, messages, earlier, live }: ConversationState,
  letGo: () => void,
): void {
  const search = useRef({ target, pages: 0, switched: false, done: false });
  const found = messages.some(({ id }) => id === target);
  const read = conversation !== null;

  useEffect(() => {
    if (search.current.target !== target) {
      search.current = { target, pages: 0, switched: false, done: false };
    }
    const now = search.current;
    if (target === null || now.done || !read) {
      return;
    }
    if (found) {
      now.done = true;
      letGo();
      const show = (): void => {
        elementOf(target)?.scrollIntoView({ block: 'center' });
      };
      show();
      elementOf(target)?.focus({ preventScroll: true });
      // What comes into view gets its real height, which moves it.
      requestAnimationFrame(() => {
        show();
        requestAnimationFrame(show);
      });
    } else if (earlier !== null && now.pages < MOST_PAGES) {
      now.pages++;
      letGo();
      void session.readEarlier();
    } else if (!now.switched && live === null) {
      now.switched = true;
      now.pages = 0;
      void session.switchTo(target);
    }
  }, [target, found, read, earlier, live, messages, session, letGo]);
}
