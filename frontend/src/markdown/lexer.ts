import { Lexer, Marked, type Links, type Token } from 'marked';

import { MATH, withoutMath } from './math';

/** Destinations of links by their labels, in the lexer's form. */
export type Definitions = Links;

export const NO_DEFINITIONS: Definitions = {};

const { defaults } = new Marked({
  gfm: true,
  extensions: [...MATH],
  hooks: { emStrongMask: withoutMath },
  // HTML is text like any other; tags within a line are told apart by the lexer, since links and emphasis keep out of them.
  tokenizer: { html: () => undefined },
});

/**
 * The tokens of a block of Markdown; null if it is too much for the lexer.
 *
 * @param definitions those of other blocks
 */
export function lex(text: string, definitions: Definitions): readonly Token[] | null {
  const lexer = new Lexer(defaults);
  Object.assign(lexer.tokens.links, definitions);
  try {
    return lexer.lex(text);
  } catch {
    // It recurses, so text that is nested deep enough ends its stack.
    return null;
  }
}

const DEFINITION = /^ {0,3}\[[^\]\n]{1,999}\]:/mu;

/** The destinations that blocks define for others. */
export function definitionsOf(blocks: readonly string[]): Definitions {
  const found: Links = {};
  for (const text of blocks) {
    if (DEFINITION.test(text)) {
      const lexer = new Lexer(defaults);
      try {
        // The first one of a label counts.
        Object.assign(found, { ...lexer.lex(text).links, ...found });
      } catch {
        // Such a block is shown as it stands.
      }
    }
  }
  return Object.keys(found).length === 0 ? NO_DEFINITIONS : found;
}
