import { useEffect } from 'react';

import { isInProgress, type Turn } from '../conversation/conversation';
import { messages } from '../messages';
import { ReplyActions } from './ReplyActions';
import { TurnView } from './TurnView';
import { useTail } from './useTail';
import './transcript.css';

interface TranscriptProps {
  readonly turns: readonly Turn[];
  /** Null while no model can be asked. */
  readonly onTryAgain: (() => void) | null;
  readonly onNewConversation: () => void;
}

/** The conversation so far, scrolled to its end unless the reader has scrolled away. */
export function Transcript({ turns, onTryAgain, onNewConversation }: TranscriptProps) {
  const { viewRef, contentRef, following, follow } = useTail();
  const last = turns.at(-1);

  useEffect(follow, [turns.length, follow]);

  return (
    <div className="transcript-frame">
      <div ref={viewRef} className="transcript" role="region" aria-label={messages.conversation} tabIndex={0}>
        <div ref={contentRef} className="column">
          <ol className="turns">
            {turns.map((turn) => (
              <TurnView key={turn.id} turn={turn} />
            ))}
          </ol>
          {last !== undefined && !isInProgress(last.reply) && (
            <ReplyActions status={last.reply.status} onTryAgain={onTryAgain} onNewConversation={onNewConversation} />
          )}
        </div>
      </div>
      {!following && (
        <button
          type="button"
          className="round jump"
          aria-label={messages.jumpToLatest}
          title={messages.jumpToLatest}
          onClick={follow}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M12 5.5V18m0 0 5.5-5.5M12 18l-5.5-5.5" />
          </svg>
        </button>
      )}
    </div>
  );
}
