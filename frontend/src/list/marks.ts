/** A part of a text, which is a word that was searched for, or what is between such words. */
export interface Mark {
  readonly start: number;
  readonly part: string;
  readonly marked: boolean;
}

/** Words are what the server takes for words. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Takes a text apart at the words of a search, in upper or lower case, also where they are parts of longer words. */
export function marksOf(text: string, query: string): readonly Mark[] {
  // A word that begins with another one would otherwise be marked in part.
  const words = (query.match(WORD) ?? []).sort((one, other) => other.length - one.length);
  if (words.length === 0) {
    return [{ start: 0, part: text, marked: false }];
  }
  // A capturing group keeps what is split at, at each odd place.
  const parts = text.split(new RegExp(`(${words.join('|')})`, 'giu'));
  const marks: Mark[] = [];
  let start = 0;
  parts.forEach((part, index) => {
    if (part !== '') {
      marks.push({ start, part, marked: index % 2 === 1 });
    }
    start += part.length;
  });
  return marks;
}
