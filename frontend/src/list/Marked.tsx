import { Fragment } from 'react';

import { marksOf } from './marks';

interface MarkedProps {
  readonly text: string;
  readonly query: string;
}

/** A text in which the words of a search are marked. */
export function Marked({ text, query }: MarkedProps) {
  return marksOf(text, query).map(({ start, part, marked }) =>
    marked ? <mark key={start}>{part}</mark> : <Fragment key={start}>{part}</Fragment>,
  );
}
