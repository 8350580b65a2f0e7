import type { ReplyStatus } from '../conversation/conversation';
import { messages } from '../messages';

interface ReplyActionsProps {
  readonly status: ReplyStatus;
  /** Null while no model can be asked. */
  readonly onTryAgain: (() => void) | null;
  readonly onNewConversation: () => void;
}

/** What can be done about the last reply once it is over, and what it took. */
export function ReplyActions({ status, onTryAgain, onNewConversation }: ReplyActionsProps) {
  const tooLong = status.kind === 'failed' && status.failure.kind === 'too-long';
  return (
    <div className="reply-actions">
      {tooLong ? (
        <button type="button" className="plain" onClick={onNewConversation}>
          {messages.newConversation}
        </button>
      ) : (
        onTryAgain !== null && (
          <button type="button" className="plain" onClick={onTryAgain}>
            {messages.tryAgain}
          </button>
        )
      )}
      {status.kind === 'finished' && status.statistics !== null && (
        <p className="statistics">{messages.statistics(status.statistics)}</p>
      )}
    </div>
  );
}
