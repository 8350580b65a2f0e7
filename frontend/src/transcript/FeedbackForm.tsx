import { useId, useState, type SubmitEvent } from 'react';

import type { Feedback } from '../api/types';
import { useMessages } from '../i18n/useMessages';

/** The server takes no longer reasons. */
const LONGEST = 1000;

interface FeedbackFormProps {
  readonly feedback: Feedback;
  readonly onSend: (reason: string | null) => void;
  readonly onClose: () => void;
}

/** Asks, once, why a reply is good or bad. */
export function FeedbackForm({ feedback, onSend, onClose }: FeedbackFormProps) {
  const { app, transcript } = useMessages();
  const [reason, setReason] = useState(feedback.reason ?? '');
  const id = useId();
  return (
    <form
      className="feedback"
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        onSend(reason.trim() === '' ? null : reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <label htmlFor={id}>{transcript.reasonLabel}</label>
      <textarea
        id={id}
        autoFocus
        rows={2}
        dir="auto"
        maxLength={LONGEST}
        placeholder={feedback.rating === 'up' ? transcript.reasonUp : transcript.reasonDown}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      <div className="edit-buttons">
        <button type="button" className="plain" onClick={onClose}>
          {app.close}
        </button>
        <button type="submit" className="plain strong">
          {transcript.sendReason}
        </button>
      </div>
    </form>
  );
}
