import { useEffect, useState } from 'react';

import { countTokens } from '../api/models';

/** How many tokens a draft has. */
export interface DraftTokens {
  readonly tokens: number;
  /** Whether it is the number of a part, scaled up. */
  readonly estimated: boolean;
}

/** Shorter drafts are counted only if somebody wants to know. */
export const COUNTED_FROM = 200;
/** Of longer drafts, only this many characters go to the server. */
export const SAMPLE_CHARACTERS = 20_000;
const REST_MILLIS = 400;

/**
 * Counts the tokens of a draft for a model when its writer pauses; in the meantime, what was counted last. Null where it is not
 * counted, or not yet.
 *
 * @param always whether short drafts are counted, too
 */
export function useDraftTokens(model: string | undefined, text: string, always: boolean): DraftTokens | null {
  const [counted, setCounted] = useState<DraftTokens | null>(null);
  const wanted = model !== undefined && text !== '' && (always || text.length > COUNTED_FROM);

  useEffect(() => {
    if (!wanted) {
      return;
    }
    const asked = new AbortController();
    const timer = setTimeout(() => {
      const sample = text.slice(0, SAMPLE_CHARACTERS);
      void countTokens(model, sample, asked.signal).then(
        (tokens) => {
          const scale = text.length / sample.length;
          setCounted({ tokens: Math.round(tokens * scale), estimated: scale > 1 });
        },
        // A count is no more than a convenience: the next one may succeed.
        () => undefined,
      );
    }, REST_MILLIS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [wanted, model, text]);

  return wanted ? counted : null;
}
