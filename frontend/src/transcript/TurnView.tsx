import { memo } from 'react';

import { isInProgress, type Turn } from '../conversation/conversation';
import { messages } from '../messages';
import { ReplyNote } from './ReplyNote';

interface TurnViewProps {
  readonly turn: Turn;
}

/** One question and its reply. Only the turn in progress is drawn again while text arrives. */
export const TurnView = memo(function TurnView({ turn }: TurnViewProps) {
  const { text, status } = turn.reply;
  return (
    <li className="turn" aria-busy={isInProgress(turn.reply)}>
      <h2 className="visually-hidden">{messages.you}</h2>
      <p className="question" dir="auto">
        {turn.question}
      </p>
      <h2 className="visually-hidden">{messages.reply}</h2>
      {text !== '' && (
        <div className={status.kind === 'streaming' ? 'reply streaming' : 'reply'} dir="auto">
          {text.trimEnd()}
        </div>
      )}
      <ReplyNote status={status} />
    </li>
  );
});
