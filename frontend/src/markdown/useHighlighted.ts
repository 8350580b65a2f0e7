import { useEffect, useState } from 'react';

import type { Highlighted } from './highlighter';

/** Longer code keeps one colour: telling its words apart would take too long. */
const LONGEST = 50_000;

interface Result {
  readonly text: string;
  readonly language: string;
  readonly parts: readonly Highlighted[] | null;
}

/** One piece of code after another, so that a page full of them stays awake. */
let turn: Promise<unknown> = Promise.resolve();

/** The coloured parts of code, once there was time for them; null as long as it is not finished, and where there are none. */
export function useHighlighted(text: string, language: string, finished: boolean): readonly Highlighted[] | null {
  const [result, setResult] = useState<Result | null>(null);
  const wanted = finished && language !== '' && text !== '' && text.length <= LONGEST;
  useEffect(() => {
    if (!wanted) {
      return;
    }
    let gone = false;
    turn = turn.then(idle).then(async () => {
      if (!gone) {
        const { highlight } = await import('./highlighter');
        setResult({ text, language, parts: highlight(text, language) });
      }
    }).catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [wanted, text, language]);
  return wanted && result?.text === text && result.language === language ? result.parts : null;
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
