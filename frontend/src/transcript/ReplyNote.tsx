import type { ReplyStatus } from '../conversation/conversation';
import { messages } from '../messages';

interface ReplyNoteProps {
  readonly status: ReplyStatus;
}

/** Says below a reply why there is no text yet, or why there is no more. */
export function ReplyNote({ status }: ReplyNoteProps) {
  switch (status.kind) {
    case 'waiting':
      return (
        <p className="waiting">
          <span className="visually-hidden">{messages.waiting}</span>
        </p>
      );
    case 'postponed':
      return <p className="note pending">{messages.postponed(status.seconds)}</p>;
    case 'streaming':
      return null;
    case 'finished':
      return status.finishReason === 'length' ? <p className="note">{messages.cutOff}</p> : null;
    case 'stopped':
      return <p className="note">{messages.stopped}</p>;
    case 'failed':
      return <p className="note failure">{messages.failure(status.failure)}</p>;
  }
}
