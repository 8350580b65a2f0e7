import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

import type { ConversationSession } from '../conversation/ConversationSession';
import type { KeepStill } from './useKeepStill';

/** So far above what is seen, earlier messages are read. */
const AHEAD = '800px 0px 0px 0px';

interface Earlier {
  /** What stands above the first message as long as there are earlier ones. */
  readonly edgeRef: RefObject<HTMLDivElement | null>;
  readonly loading: boolean;
  readonly load: () => void;
}

/** Reads earlier messages when the reader comes near to the first one that is shown. */
export function useEarlier(
  session: ConversationSession,
  viewRef: RefObject<HTMLElement | null>,
  earlier: string | null,
  keepStill: KeepStill,
): Earlier {
  const edgeRef = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState(false);
  const busy = useRef(false);

  const load = useCallback(() => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    setLoading(true);
    const first = firstInView(session, viewRef.current);
    void keepStill(first, first, () => session.readEarlier()).finally(() => {
      busy.current = false;
      setLoading(false);
    });
  }, [session, viewRef, keepStill]);

  useEffect(() => {
    const edge = edgeRef.current;
    if (edge === null || earlier === null || loading || !('IntersectionObserver' in window)) {
      return;
    }
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          load();
        }
      },
      { root: viewRef.current, rootMargin: AHEAD },
    );
    near.observe(edge);
    return () => {
      near.disconnect();
    };
    // Anew for each page, since an observer tells of changes only. A page that could not be read waits for the reader.
  }, [earlier, loading, load, viewRef]);

  return { edgeRef, loading, load };
}

/** The topmost message that is seen; what is above of it may change its height. */
function firstInView(session: ConversationSession, view: HTMLElement | null): string {
  const top = view?.getBoundingClientRect().top ?? 0;
  const seen = (element: Element): boolean => element.getBoundingClientRect().bottom > top;
  // By groups first: to be asked for its place makes an element laid out.
  const group = [...(view?.querySelectorAll('.group') ?? [])].find(seen);
  const message = [...(group?.querySelectorAll('.message') ?? [])].find(seen);
  return message?.id.replace(/^m-/u, '') ?? session.getState().messages[0]?.id ?? '';
}
