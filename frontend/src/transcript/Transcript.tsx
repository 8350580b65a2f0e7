import { useEffect } from 'react';

import type { ConversationSession } from '../conversation/ConversationSession';
import type { ConversationState } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { useTail } from './useTail';
import './transcript.css';

interface TranscriptProps {
  readonly session: ConversationSession;
  readonly state: ConversationState;
}

/** The conversation so far, scrolled to its end unless the reader has scrolled away. */
export function Transcript({ state }: TranscriptProps) {
  const { app } = useMessages();
  const { viewRef, contentRef, follow } = useTail();
  useEffect(follow, [state.id, follow]);
  return (
    <div className="transcript-frame">
      <div ref={viewRef} className="transcript" role="region" aria-label={app.name} tabIndex={0}>
        <div ref={contentRef} className="column">
          <ol className="turns">
            {state.messages.map((message) => (
              <li key={message.id} className={message.role === 'user' ? 'question' : 'reply'} dir="auto">
                {message.content}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </div>
  );
}
