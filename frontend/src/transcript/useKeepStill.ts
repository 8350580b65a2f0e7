import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

import type { Message } from '../api/types';
import type { ConversationSession } from '../conversation/ConversationSession';

/** Does something that changes the messages, and keeps one of them, or what takes its place, where it is on the screen. */
export type KeepStill = (from: string, to: string, work: () => Promise<void>) => Promise<void>;

interface Held {
  readonly to: string;
  /** How far below the top of the page it was, right before the messages changed. */
  top: number | null;
}

/** Keeps the view still by hand: browsers do so for what is inserted above, but not all of them, and not for a message that is replaced. */
export function useKeepStill(
  session: ConversationSession,
  viewRef: RefObject<HTMLElement | null>,
  messages: readonly Message[],
): KeepStill {
  const held = useRef<Held | null>(null);

  useLayoutEffect(() => {
    const view = viewRef.current;
    const element = elementOf(held.current?.to);
    if (view !== null && held.current?.top != null && element !== null) {
      view.scrollTop += element.getBoundingClientRect().top - held.current.top;
    }
  }, [messages, viewRef]);

  return useCallback(
    async (from, to, work) => {
      const now: Held = { to, top: null };
      held.current = now;
      const measure = (): void => {
        now.top = elementOf(from)?.getBoundingClientRect().top ?? now.top;
      };
      measure();
      // Told before React draws what has changed.
      const unsubscribe = session.subscribe(measure);
      try {
        await work();
      } finally {
        unsubscribe();
        requestAnimationFrame(() => {
          if (held.current === now) {
            held.current = null;
          }
        });
      }
    },
    [session],
  );
}

/** The element of a message. */
export function elementOf(id: string | undefined): HTMLElement | null {
  return id === undefined ? null : document.getElementById(`m-${id}`);
}
