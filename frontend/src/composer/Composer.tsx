import { useState, type KeyboardEvent, type Ref, type SubmitEvent } from 'react';

import { messages } from '../messages';
import { isSendKey } from './sendKey';
import './composer.css';

interface ComposerProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  /** Whether a reply is in progress, which can be stopped and has to be over before the next message is sent. */
  readonly replying: boolean;
  /** Why no message can be sent now; null when one can. */
  readonly obstacle: string | null;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
}

/** Where the reader writes. The draft can be written at any time, also while a reply streams in. */
export function Composer({ ref, replying, obstacle, onSend, onStop }: ComposerProps) {
  const [draft, setDraft] = useState('');
  const blank = draft.trim() === '';
  const reason = obstacle ?? (blank ? messages.nothingToSend : null);

  const send = (): void => {
    if (!replying && reason === null) {
      onSend(draft.trim());
      setDraft('');
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      send();
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={onSubmit}>
      <div className="composer-box">
        <div className="composer-field" data-draft={draft}>
          <textarea
            ref={ref}
            aria-label={messages.message}
            aria-describedby="composer-hint"
            placeholder={messages.placeholder}
            rows={1}
            enterKeyHint="send"
            autoFocus
            dir="auto"
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {replying ? (
          <button type="button" className="round" aria-label={messages.stop} title={messages.stop} onClick={onStop}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" />
            </svg>
          </button>
        ) : (
          // Still focusable when it cannot send, so that the reason can be found out with the keyboard, too.
          <button
            type="submit"
            className="round"
            aria-label={messages.send}
            aria-disabled={reason !== null}
            title={reason ?? messages.send}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 18.5V6m0 0-5.5 5.5M12 6l5.5 5.5" />
            </svg>
          </button>
        )}
      </div>
      <p id="composer-hint" className={obstacle === null ? 'hint keys' : 'hint'}>
        {obstacle ?? (replying ? messages.stopHint : messages.keysHint)}
      </p>
    </form>
  );
}
