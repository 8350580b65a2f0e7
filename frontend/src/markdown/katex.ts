import katex from 'katex';

/** Longer formulas are shown as their source. */
const LONGEST = 5_000;

/**
 * Puts a formula into an element; false if it is none that KaTeX knows, and then the element is empty.
 */
export function renderFormula(tex: string, display: boolean, element: HTMLElement): boolean {
  if (tex.length > LONGEST) {
    return false;
  }
  try {
    katex.render(tex, element, {
      output: 'mathml',
      displayMode: display,
      // No links, no images, no attributes of the text's choosing.
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 20,
    });
    return true;
  } catch {
    element.replaceChildren();
    return false;
  }
}
