import { X } from 'lucide-react';

import type { ConversationSession } from '../conversation/ConversationSession';
import type { Problem } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';

interface ProblemNoticeProps {
  readonly session: ConversationSession;
  readonly problem: Problem | null;
}

/** Why the last thing that the reader did came to nothing; nothing if that was the reader's own wish. */
export function ProblemNotice({ session, problem }: ProblemNoticeProps) {
  const { app, transcript } = useMessages();
  if (problem?.failure == null) {
    return null;
  }
  return (
    <div className="note failure problem" role="alert">
      <p dir="auto">{app.failure(problem.failure)}</p>
      <button
        type="button"
        className="icon"
        aria-label={transcript.dismiss}
        title={transcript.dismiss}
        onClick={() => {
          session.dismissProblem();
        }}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  );
}
