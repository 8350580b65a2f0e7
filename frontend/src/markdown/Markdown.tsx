import { memo, useMemo, useState } from 'react';

import { BlockReader, type Block } from './blocks';
import { Code } from './Code';
import { definitionsOf, lex, NO_DEFINITIONS, type Definitions } from './lexer';
import { mended } from './mended';
import { Tokens } from './Tokens';
import './code.css';
import './markdown.css';

interface MarkdownProps {
  readonly text: string;
  /** Whether nothing will be added to it. */
  readonly complete: boolean;
}

/** A text in Markdown. While it comes in, only its last block is lexed and drawn again. */
export const Markdown = memo(function Markdown({ text, complete }: MarkdownProps) {
  const [reader] = useState(() => new BlockReader());
  const blocks = reader.read(text);
  // Links may be defined below of where they are used, so those wait for the end.
  const definitions = useMemo(
    () => (complete ? definitionsOf(blocks.filter(({ kind }) => kind === 'markdown').map((each) => each.text)) : NO_DEFINITIONS),
    [blocks, complete],
  );
  return (
    <div className={complete ? 'markdown' : 'markdown growing'}>
      {blocks.map((block) => (
        <BlockView
          key={block.start}
          kind={block.kind}
          text={block.text}
          language={block.language}
          finished={complete || block.closed}
          definitions={definitions}
        />
      ))}
    </div>
  );
});

interface BlockViewProps extends Pick<Block, 'kind' | 'text' | 'language'> {
  readonly finished: boolean;
  readonly definitions: Definitions;
}

const BlockView = memo(function BlockView({ kind, text, language, finished, definitions }: BlockViewProps) {
  const shown = kind === 'markdown' && !finished ? mended(text) : text;
  const tokens = useMemo(() => (kind === 'markdown' ? lex(shown, definitions) : null), [kind, shown, definitions]);
  if (kind === 'code') {
    return <Code text={text} language={language} finished={finished} />;
  }
  return tokens === null ? (
    <p className="as-is" dir="auto">
      {shown}
    </p>
  ) : (
    <Tokens tokens={tokens} />
  );
});
