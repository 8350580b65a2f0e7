import { useId } from 'react';

import { useMessages } from '../i18n/useMessages';

/** The summary that stands for what was left out. */
export function Recap({ text }: { readonly text: string }) {
  const { window: messages } = useMessages();
  const id = useId();
  return (
    <>
      <p id={id}>{messages.recapIs}</p>
      {/* Scrolled with the keyboard, so it can have the focus. */}
      <div className="recap-text" role="region" aria-labelledby={id} tabIndex={0} dir="auto">
        {text}
      </div>
    </>
  );
}
