import type { MarkedToken, Token } from 'marked';
import { Fragment, type ReactNode } from 'react';

import { decodeEntities, isEmbedded, safeAddress } from './links';
import type { MathToken } from './math';
import { Formula } from './Formula';
import { TaskMark } from './TaskMark';

/** Deeper than that, text is shown as it stands. */
export const DEEPEST = 50;

/** What the lexer gives, its own tokens and ours. */
export type KnownToken = MarkedToken | MathToken;

/** The elements for the tokens of a line. */
export function inline(tokens: readonly Token[] | undefined, depth = 0): ReactNode[] {
  return (tokens ?? []).map((token, index) => <Fragment key={index}>{inlineOne(token as KnownToken, depth + 1)}</Fragment>);
}

function inlineOne(token: KnownToken, depth: number): ReactNode {
  if (depth > DEEPEST) {
    return token.raw;
  }
  switch (token.type) {
    case 'text':
      return token.tokens !== undefined ? inline(token.tokens, depth) : decodeEntities(token.text);
    case 'escape':
      return token.text;
    case 'strong':
      return <strong>{inline(token.tokens, depth)}</strong>;
    case 'em':
      return <em>{inline(token.tokens, depth)}</em>;
    case 'del':
      return <del>{inline(token.tokens, depth)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return link(token.href, inline(token.tokens, depth));
    case 'image':
      return isEmbedded(token.href) ? (
        <img src={token.href} alt={decodeEntities(token.text)} loading="lazy" />
      ) : (
        link(token.href, token.text === '' ? token.href : decodeEntities(token.text))
      );
    case 'html':
      // The only way to break a line in a table, and so often meant that way that it is worth the exception.
      return /^<br\s*\/?>$/iu.test(token.raw) ? <br /> : token.raw;
    case 'checkbox':
      return <TaskMark done={token.checked} />;
    case 'math':
      return <Formula tex={token.text} source={token.raw} display={token.display} />;
    case 'blockquote':
    case 'code':
    case 'def':
    case 'heading':
    case 'hr':
    case 'list':
    case 'list_item':
    case 'paragraph':
    case 'space':
    case 'table':
      return token.raw;
  }
}

function link(href: string, children: ReactNode): ReactNode {
  const address = safeAddress(href);
  return address === null ? (
    children
  ) : (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
