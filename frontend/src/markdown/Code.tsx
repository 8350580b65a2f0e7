import { Check, Copy } from 'lucide-react';
import { memo, type ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';
import type { Highlighted } from './highlighter';
import { useCopy } from './useCopy';
import { useHighlighted } from './useHighlighted';

interface CodeProps {
  readonly text: string;
  /** What the text says of the language; only its first word is meant for a reader. */
  readonly language: string;
  /** Whether all of it is there. */
  readonly finished: boolean;
}

/** A block of code with its language and a button that copies it. */
export const Code = memo(function Code({ text, language, finished }: CodeProps) {
  const { transcript } = useMessages();
  const { copied, copy } = useCopy(text);
  const name = (/^[^\s{,]{1,40}/u.exec(language)?.[0] ?? '').toLowerCase();
  const parts = useHighlighted(text, name, finished);
  const label = copied ? transcript.copied : transcript.copyCode;
  return (
    <figure className="code" aria-label={transcript.code(name)}>
      <figcaption>
        <span>{name}</span>
        <button type="button" className="icon" aria-label={label} title={label} onClick={copy}>
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        </button>
      </figcaption>
      <pre tabIndex={0} dir="ltr">
        <code>{parts === null ? <Lines text={text} /> : parts.map(coloured)}</code>
      </pre>
    </figure>
  );
});

/** So many characters of code are laid out at once; the browser keeps what it has of the others. */
const PIECE = 4_000;

/** Code in pieces of whole lines, so that a line more costs the same in a long piece of code as in a short one. */
function Lines({ text }: { readonly text: string }) {
  const pieces: ReactNode[] = [];
  for (let start = 0; start < text.length; ) {
    const wanted = start + PIECE < text.length ? text.indexOf('\n', start + PIECE) : -1;
    const end = wanted < 0 ? text.length : wanted + 1;
    pieces.push(<Piece key={start} text={text.slice(start, end)} />);
    start = end;
  }
  return pieces;
}

const Piece = memo(function Piece({ text }: { readonly text: string }) {
  return <span className="piece">{text}</span>;
});

function coloured(part: Highlighted, index: number): ReactNode {
  if (part.type === 'text') {
    return part.value;
  }
  const names = part.properties.className;
  return (
    <span key={index} className={Array.isArray(names) ? names.join(' ') : undefined}>
      {part.children.map(coloured)}
    </span>
  );
}
