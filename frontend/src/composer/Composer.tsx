import { useEffect, type KeyboardEvent, type RefObject, type SubmitEvent } from 'react';

import type { ConversationState } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import type { WindowBudget } from '../window/budget';
import { ComposerHint } from './ComposerHint';
import type { SendBlock } from './sendBlock';
import { isSendKey } from './sendKey';
import { useDraft } from './useDraft';
import { useDraftTokens, type DraftTokens } from './useDraftTokens';
import { TOUCH, useMedia } from './useMedia';
import './composer.css';

interface ComposerProps {
  readonly ref: RefObject<HTMLTextAreaElement | null>;
  readonly state: ConversationState;
  /** Who replies; undefined as long as the models are not known. */
  readonly model: string | undefined;
  /** Why no message can be sent; null if one can. */
  readonly block: SendBlock | null;
  /** What the window holds without the draft; null if that is not known. */
  readonly budget: WindowBudget | null;
  /** Whether nothing may be left out of the window. */
  readonly strict: boolean;
  /** Whether somebody looks at the window, so that short drafts are counted, too. */
  readonly counting: boolean;
  readonly onCount: (tokens: DraftTokens | null) => void;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
}

/** The mirror that makes the field grow holds no more: this fills the field on any screen. */
const MIRRORED_CHARACTERS = 4000;

/** Where the reader writes. The draft can be written at any time, also while a reply streams in. */
export function Composer({ ref, state, model, block, budget, strict, counting, onCount, onSend, onStop }: ComposerProps) {
  const { composer: messages } = useMessages();
  const draft = useDraft(state);
  const tokens = useDraftTokens(model, draft.text, counting);
  const touch = useMedia(TOUCH);
  useEffect(() => {
    onCount(tokens);
  }, [tokens, onCount]);

  const replying = block?.kind === 'replying';
  const reason = block === null ? (draft.text.trim() === '' ? messages.nothingToSend : null) : messages.block(block);

  const send = (): void => {
    if (reason === null) {
      onSend(draft.take().trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isSendKey(event.nativeEvent) && (!touch || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send();
    // On a touch screen that would bring back the keyboard over the reply.
    if (!touch) {
      ref.current?.focus();
    }
  };

  return (
    <form className="composer" onSubmit={onSubmit}>
      <div className="composer-box">
        <div className="composer-field" data-draft={draft.text.slice(0, MIRRORED_CHARACTERS)}>
          <textarea
            id="message"
            ref={ref}
            aria-label={messages.message}
            aria-describedby="composer-hint"
            placeholder={messages.placeholder}
            rows={1}
            enterKeyHint={touch ? 'enter' : 'send'}
            dir="auto"
            value={draft.text}
            onChange={(event) => {
              draft.write(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {replying ? (
          <button
            key="stop"
            type="button"
            className="round"
            aria-label={messages.stop}
            title={messages.stop}
            onClick={(event) => {
              // The second half of a double click on what was the send button is no wish to stop.
              if (event.detail < 2) {
                onStop();
              }
            }}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" />
            </svg>
          </button>
        ) : (
          // Still focusable when it cannot send, so that the reason can be found out with the keyboard, too.
          <button
            key="send"
            type="submit"
            className="round"
            aria-label={messages.send}
            aria-disabled={reason !== null}
            aria-describedby="composer-hint"
            title={reason ?? messages.send}
          >
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M12 18.5V6m0 0-5.5 5.5M12 6l5.5 5.5" />
            </svg>
          </button>
        )}
      </div>
      <ComposerHint block={block} text={draft.text} tokens={tokens} budget={budget} strict={strict} touch={touch} />
    </form>
  );
}
