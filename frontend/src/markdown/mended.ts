/** A line that may become something else with its next character: a list, a heading, a rule, a fence, a table. */
const UNDECIDED = /(?:^|\n)[ \t]*(?:[-*_=+~`#>|:$!\\]+|\d{1,9}[.)]?)[ \t]*$/u;
/** A link that has no end yet. */
const HALF_LINK = /!?\[([^\]\n]{0,500})\]\([^)\n]{0,2000}$/u;

/**
 * The last block of a text that still comes in, as it will most likely go on: code, emphasis and links that are open end with it,
 * and a line that consists of marks alone waits for what they mark. So text does not change its look while it comes.
 */
export function mended(text: string): string {
  const known = text.replace(UNDECIDED, '').replace(HALF_LINK, '$1');
  const start = known.lastIndexOf('\n\n') + 1;
  const paragraph = known.slice(start).replace(/\\[^]/gu, '');
  if (odd(paragraph, /`/gu)) {
    return paragraph.endsWith('`') ? known.slice(0, -1) : `${known}\``;
  }
  const outside = paragraph.replace(/`[^`]*`/gu, '');
  if (odd(outside, /\*\*/gu)) {
    return outside.endsWith('**') ? known.slice(0, -2) : `${known.replace(/[ *]+$/u, '')}**`;
  }
  return known;
}

function odd(text: string, marks: RegExp): boolean {
  return (text.match(marks)?.length ?? 0) % 2 === 1;
}
