import { ArrowUp, Square } from 'lucide-react';
import { useState, type KeyboardEvent, type Ref, type SubmitEvent } from 'react';

import { isSendKey } from '../composer/sendKey';
import { useMessages } from '../i18n/useMessages';

interface CompareFormProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly replying: boolean;
  /** Why nothing can be sent; null if it can. */
  readonly reason: string | null;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
}

/** Where the reader writes to both models. */
export function CompareForm({ ref, replying, reason, onSend, onStop }: CompareFormProps) {
  const { compare, composer } = useMessages();
  const [draft, setDraft] = useState('');
  const obstacle = reason ?? (draft.trim() === '' ? composer.nothingToSend : null);

  const send = (): void => {
    if (!replying && obstacle === null) {
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
    <form className="compare-form" onSubmit={onSubmit}>
      <div className="compare-box">
        <div className="compare-field" data-draft={draft}>
          <textarea
            id="message"
            ref={ref}
            aria-label={compare.message}
            placeholder={compare.placeholder}
            rows={1}
            dir="auto"
            value={draft}
            onChange={(event) => {
              setDraft(event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {replying ? (
          <button type="button" className="round" aria-label={compare.stopBoth} title={compare.stopBoth} onClick={onStop}>
            <Square aria-hidden="true" fill="currentColor" />
          </button>
        ) : (
          // Still focusable when it cannot send, so that the reason can be found out with the keyboard, too.
          <button
            type="submit"
            className="round"
            aria-label={compare.send}
            aria-disabled={obstacle !== null}
            title={obstacle ?? compare.send}
          >
            <ArrowUp aria-hidden="true" />
          </button>
        )}
      </div>
    </form>
  );
}
