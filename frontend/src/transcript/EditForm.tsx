import { useState, type KeyboardEvent, type SubmitEvent } from 'react';

import { isSendKey } from '../composer/sendKey';
import { useMessages } from '../i18n/useMessages';

interface EditFormProps {
  readonly text: string;
  /** Why it cannot be sent now; null if it can. */
  readonly reason: string | null;
  readonly onSend: (text: string) => void;
  readonly onCancel: () => void;
}

/** A message of the reader's, to be written anew in its place. */
export function EditForm({ text, reason, onSend, onCancel }: EditFormProps) {
  const { app, transcript } = useMessages();
  const [draft, setDraft] = useState(text);
  const blank = draft.trim() === '';
  const send = (): void => {
    if (!blank && reason === null) {
      onSend(draft.trim());
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // It is meant for this form, not for the reply that it would stop.
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <form
      className="edit"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        autoFocus
        aria-label={transcript.editLabel}
        dir="auto"
        rows={Math.min(12, Math.max(2, draft.split('\n').length))}
        value={draft}
        onFocus={({ target }) => {
          target.setSelectionRange(target.value.length, target.value.length);
        }}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="edit-buttons">
        <span className="keys">{transcript.editHint}</span>
        <button type="button" className="plain" onClick={onCancel}>
          {app.cancel}
        </button>
        <button type="submit" className="plain strong" aria-disabled={blank || reason !== null} title={reason ?? undefined}>
          {transcript.sendEdit}
        </button>
      </div>
    </form>
  );
}
