import { useId, useState } from 'react';

import { useMessages } from '../i18n/useMessages';

/** Longer messages of the reader's are shown in part: they are known, and in the way. */
const LONG = 1_200;
const LONG_LINES = 20;

/** What the reader has said, as it was written. */
export function UserText({ text }: { readonly text: string }) {
  const { transcript } = useMessages();
  const [open, setOpen] = useState(false);
  const id = useId();
  const end = shownLength(text);
  return (
    <div className="question">
      <div id={id} dir="auto">
        {open || end === text.length ? text : `${text.slice(0, end).trimEnd()} …`}
      </div>
      {end < text.length && (
        <button
          type="button"
          className="more"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? transcript.showLess : transcript.showAll}
        </button>
      )}
    </div>
  );
}

function shownLength(text: string): number {
  let line = 0;
  for (let at = 0; at >= 0 && at < LONG; at = text.indexOf('\n', at + 1)) {
    if (line++ > LONG_LINES) {
      return at;
    }
  }
  // A little more than what is shown is not worth a button.
  return text.length > LONG * 1.2 ? LONG : text.length;
}
