import type { Message } from '../api/types';
import type { ConversationSession } from '../conversation/ConversationSession';
import { canContinue } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { replyEnd } from './replyEnd';

interface ReplyEndProps {
  readonly session: ConversationSession;
  readonly message: Message;
  readonly last: boolean;
  readonly replying: boolean;
}

/** Says below a reply why there is no more of it, and offers to go on where that is possible. */
export function ReplyEnd({ session, message, last, replying }: ReplyEndProps) {
  const { transcript } = useMessages();
  const text = replyEnd(message, transcript);
  if (text === null) {
    return null;
  }
  return (
    <p className={message.status === 'failed' ? 'note failure' : 'note'}>
      {text}
      {last && !replying && canContinue(message) && (
        <button
          type="button"
          className="plain"
          onClick={() => {
            session.continueReply(message);
          }}
        >
          {transcript.continue}
        </button>
      )}
    </p>
  );
}
