import { useState, type KeyboardEvent, type Ref, type SubmitEvent } from 'react';

import type { ConversationSession } from '../conversation/ConversationSession';
import type { ConversationState } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { isSendKey } from './sendKey';
import './composer.css';

interface ComposerProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly session: ConversationSession;
  readonly state: ConversationState;
  /** Who replies; undefined as long as the models are not known. */
  readonly model: string | undefined;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
}

/** Where the reader writes. The draft can be written at any time, also while a reply streams in. */
export function Composer({ ref, state, model, onSend, onStop }: ComposerProps) {
  const { composer: messages } = useMessages();
  const [draft, setDraft] = useState('');
  const replying = state.live !== null;
  const blank = draft.trim() === '';
  const reason = model === undefined ? messages.connecting : blank ? messages.nothingToSend : null;

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
            id="message"
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
      <p id="composer-hint" className="hint keys">
        {replying ? messages.stopHint : messages.keysHint}
      </p>
    </form>
  );
}
