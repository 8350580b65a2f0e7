import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

import { useMessages } from '../i18n/useMessages';

interface ReadMoreProps {
  /** What scrolls. */
  readonly view: RefObject<HTMLElement | null>;
  readonly label: string;
  /** Null at the end. */
  readonly readMore: (() => void) | null;
  readonly reading: boolean;
  /** Does not try again by itself. */
  readonly stuck: boolean;
}

/** How far below the view the next rows are read, in pixels. */
const AHEAD = '600px';

/** The end of what has been read, which reads on when it comes near; or when it is pressed. */
export function ReadMore({ view, label, readMore, reading, stuck }: ReadMoreProps) {
  const { app } = useMessages();
  const button = useRef<HTMLButtonElement>(null);
  const active = readMore !== null && !reading && !stuck;
  const onNear = useEffectEvent(() => {
    readMore?.();
  });

  // Watched anew after each page: one that does not fill the view is followed by the next.
  useEffect(() => {
    if (!active || button.current === null) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          onNear();
        }
      },
      { root: view.current, rootMargin: AHEAD },
    );
    observer.observe(button.current);
    return () => {
      observer.disconnect();
    };
  }, [active, view]);

  return (
    readMore !== null && (
      <button ref={button} type="button" className="plain read-more" onClick={readMore}>
        {reading ? app.loading : stuck ? app.retry : label}
      </button>
    )
  );
}
