import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** A scrolled view that follows its growing content. */
export interface Tail {
  readonly viewRef: RefObject<HTMLDivElement | null>;
  readonly contentRef: RefObject<HTMLDivElement | null>;
  /** Whether the end is kept in sight. */
  readonly following: boolean;
  /** Goes to the end, and follows it again. */
  readonly follow: () => void;
  /** Stays where it is, until the reader is at the end again. */
  readonly letGo: () => void;
}

/** Closer to the end than this counts as the end: zoomed pages scroll by fractions of a pixel. */
const END_PIXELS = 4;

function isAtEnd(view: HTMLElement): boolean {
  return view.scrollHeight - view.scrollTop - view.clientHeight <= END_PIXELS;
}

/** Keeps the end of the content in sight, lets go when the reader scrolls up, and follows again from the end on. */
export function useTail(): Tail {
  const viewRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const [following, setFollowing] = useState(true);
  // What was decided last. What is drawn lags behind it, and sizes and scrolls that come in between go by the decision.
  const decided = useRef(true);
  const decide = useCallback((follows: boolean) => {
    decided.current = follows;
    setFollowing(follows);
  }, []);

  const toEnd = useCallback(() => {
    const view = viewRef.current;
    if (view !== null) {
      view.scrollTop = view.scrollHeight;
    }
  }, []);

  useEffect(() => {
    const view = viewRef.current;
    if (view === null) {
      return;
    }
    const onScroll = (): void => {
      const atEnd = isAtEnd(view);
      const movedUp = view.scrollTop < lastTop.current;
      lastTop.current = view.scrollTop;
      decide(atEnd || (decided.current && !movedUp));
    };
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      view.removeEventListener('scroll', onScroll);
    };
  }, [decide]);

  useEffect(() => {
    const view = viewRef.current;
    if (view === null || contentRef.current === null) {
      return;
    }
    // The content grows with the reply, the view shrinks with the composer and a phone's keyboard. What was let go is followed
    // again if its end comes into sight by itself.
    let changed = false;
    const sizes = new ResizeObserver(() => {
      if (decided.current) {
        toEnd();
      } else if (changed && isAtEnd(view)) {
        decide(true);
      }
      // An observer tells of the sizes at first, too.
      changed = true;
    });
    sizes.observe(view);
    sizes.observe(contentRef.current);
    return () => {
      sizes.disconnect();
    };
  }, [decide, toEnd]);

  const follow = useCallback(() => {
    decide(true);
    toEnd();
  }, [decide, toEnd]);

  const letGo = useCallback(() => {
    decide(false);
  }, [decide]);

  return { viewRef, contentRef, following, follow, letGo };
}
