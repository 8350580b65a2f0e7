import { useLayoutEffect, useRef, useState } from 'react';

interface FormulaProps {
  readonly tex: string;
  /** What stands in the text, which is shown until the formula can be, or if it cannot. */
  readonly source: string;
  readonly display: boolean;
}

/** KaTeX, once it has come. */
let renderer: typeof import('./katex') | null = null;

/** A formula as MathML, which browsers draw by themselves: no fonts, no styles, nothing but elements. */
export function Formula({ tex, source, display }: FormulaProps) {
  const element = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState(false);
  // Before the browser paints, so that a formula does not flash as its source once KaTeX is there.
  useLayoutEffect(() => {
    let wanted = true;
    const show = (): void => {
      if (wanted && element.current !== null && renderer !== null) {
        setShown(renderer.renderFormula(tex, display, element.current));
      }
    };
    if (renderer === null) {
      void import('./katex').then(
        (loaded) => {
          renderer = loaded;
          show();
        },
        // Its source is as much as there is without it.
        () => undefined,
      );
    } else {
      show();
    }
    return () => {
      wanted = false;
    };
  }, [tex, display]);
  return (
    <span className={display ? 'formula display' : 'formula'}>
      <span ref={element} hidden={!shown} />
      {!shown && <code>{source.trim()}</code>}
    </span>
  );
}
