import type { Token, Tokens as Marked } from 'marked';
import { Fragment, type ReactNode } from 'react';

import { Code } from './Code';
import { Formula } from './Formula';
import { DEEPEST, inline, type KnownToken } from './inline';
import { TableView } from './TableView';

interface TokensProps {
  readonly tokens: readonly Token[];
  /** How many quotes and lists they are in. */
  readonly depth?: number;
}

/** Elements of our own for the tokens of blocks: no text ever becomes markup by itself. */
export function Tokens({ tokens, depth = 0 }: TokensProps) {
  return tokens.map((token, index) => <Fragment key={index}>{block(token as KnownToken, depth + 1)}</Fragment>);
}

function block(token: KnownToken, depth: number): ReactNode {
  if (depth > DEEPEST) {
    return token.raw;
  }
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      // The page has a title, and each message a heading of its own.
      const Heading = HEADINGS[token.depth - 1] ?? 'h6';
      return <Heading dir="auto">{inline(token.tokens)}</Heading>;
    }
    case 'paragraph':
      return <p dir="auto">{inline(token.tokens)}</p>;
    case 'math':
      return <Formula tex={token.text} source={token.raw} display />;
    case 'code':
      return <Code text={token.text} language={token.lang ?? ''} finished />;
    case 'hr':
      return <hr />;
    case 'blockquote':
      return (
        <blockquote dir="auto">
          <Tokens tokens={token.tokens} depth={depth} />
        </blockquote>
      );
    case 'list':
      return <List list={token} depth={depth} />;
    case 'table':
      return <TableView table={token} />;
    case 'html':
      return <p dir="auto">{token.raw}</p>;
    case 'br':
    case 'checkbox':
    case 'codespan':
    case 'del':
    case 'em':
    case 'escape':
    case 'image':
    case 'link':
    case 'list_item':
    case 'strong':
    case 'text':
      return inline([token], depth);
  }
}

const HEADINGS = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6'] as const;

function List({ list, depth }: { readonly list: Marked.List; readonly depth: number }) {
  const items = list.items.map((item, index) => (
    <li key={index} className={item.task ? 'task' : undefined}>
      <Tokens tokens={item.tokens} depth={depth} />
    </li>
  ));
  const className = list.loose ? 'loose' : undefined;
  return list.ordered ? (
    <ol start={list.start === '' ? 1 : list.start} className={className} dir="auto">
      {items}
    </ol>
  ) : (
    <ul className={className} dir="auto">
      {items}
    </ul>
  );
}
