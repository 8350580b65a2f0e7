import type { TokenizerExtension, Tokens } from 'marked';

/** A formula in TeX. */
export interface MathToken extends Tokens.Generic {
  readonly type: 'math';
  readonly text: string;
  /** Whether it has lines of its own. */
  readonly display: boolean;
}

const DISPLAY = /^ {0,3}(?:\$\$((?:\\[^]|[^\\$]){1,5000}?)\$\$|\\\[([^]{1,5000}?)\\\])[ \t]*(?:\n+|$)/u;
const WITHIN = /^(?:\$\$((?:\\[^]|[^\\$]){1,2000}?)\$\$|\\\[([^]{1,2000}?)\\\]|\\\(([^]{1,2000}?)\\\))/u;
/** As in Pandoc: no space inside of the dollars, no digit after them, so that sums of money are none. */
const DOLLARS = /^\$(?![\s$])((?:\\[^]|[^\\$\n]){1,1000}?)(?<!\s)\$(?![\w$])/u;
const MONEY = /^[\d.,]+[a-z]*[,.;:]?\s+\p{L}{2,}/iu;

const inline: TokenizerExtension = {
  name: 'math',
  level: 'inline',
  start: (src) => indexOf(src, /\$|\\[([]/u),
  tokenizer: (src, tokens) => {
    const found = WITHIN.exec(src);
    if (found !== null) {
      const display = found[3] === undefined;
      return token(found[0], found[1] ?? found[2] ?? found[3] ?? '', display);
    }
    const simple = DOLLARS.exec(src);
    const after = tokens.at(-1)?.raw ?? '';
    return simple?.[1] === undefined || MONEY.test(simple[1]) || /[\p{L}\p{N}]$/u.test(after)
      ? undefined
      : token(simple[0], simple[1], false);
  },
};

const block: TokenizerExtension = {
  name: 'displayMath',
  level: 'block',
  start: (src) => {
    const before = indexOf(src, /\n {0,3}(?:\$\$|\\\[)/u);
    return before === undefined ? undefined : before + 1;
  },
  tokenizer: (src) => {
    const found = DISPLAY.exec(src);
    return found === null ? undefined : token(found[0], found[1] ?? found[2] ?? '', true);
  },
};

/** Formulas in `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, within text and on lines of their own. */
export const MATH: readonly TokenizerExtension[] = [inline, block];

/** The text with its formulas blotted out, so that their stars and underscores are no emphasis. */
export function withoutMath(src: string): string {
  return src.replace(/\$[^$\n]+\$|\\\([^\n]+?\\\)/gu, (formula) => 'a'.repeat(formula.length));
}

function token(raw: string, text: string, display: boolean): MathToken {
  return { type: 'math', raw, text: text.trim(), display };
}

function indexOf(src: string, pattern: RegExp): number | undefined {
  const index = src.search(pattern);
  return index < 0 ? undefined : index;
}
