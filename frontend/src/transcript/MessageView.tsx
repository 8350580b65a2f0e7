import { memo, useCallback, useRef, useState } from 'react';

import type { Feedback, Message } from '../api/types';
import type { ConversationSession } from '../conversation/ConversationSession';
import { isRunning, isStored } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { Markdown } from '../markdown/Markdown';
import { Details } from './Details';
import { EditForm } from './EditForm';
import { FeedbackForm } from './FeedbackForm';
import { likelyHeight } from './groups';
import { MessageActions } from './MessageActions';
import { PlainOnError } from './PlainOnError';
import { QuietMessage } from './QuietMessage';
import { ReplyEnd } from './ReplyEnd';
import { ToolCalls } from './ToolCalls';
import { UserText } from './UserText';

interface MessageViewProps {
  readonly session: ConversationSession;
  readonly message: Message;
  readonly last: boolean;
  /** Whether a reply is written now. */
  readonly replying: boolean;
  /** Whether the address names this message. */
  readonly marked: boolean;
  /** Whether it was brought back for the last reply. */
  readonly recalled: boolean;
  readonly onBranch: (from: string, to: string) => void;
  /** Takes the focus when what had it is gone. */
  readonly onGone: () => void;
}

/** One message with what can be done with it. Only a message that has changed is drawn again. */
export const MessageView = memo(function MessageView(props: MessageViewProps) {
  const { message, last, marked, recalled } = props;
  const { transcript } = useMessages();
  const classes = ['message', message.role, last && 'last', marked && 'marked'].filter(Boolean).join(' ');
  return (
    <div
      role="listitem"
      id={`m-${message.id}`}
      className={classes}
      aria-busy={isRunning(message)}
      tabIndex={marked ? -1 : undefined}
      style={last ? undefined : { containIntrinsicSize: `auto ${likelyHeight(message)}px` }}
    >
      {recalled && <p className="recalled">{transcript.recalled}</p>}
      {message.role === 'user' ? (
        <UserMessage {...props} />
      ) : message.role === 'assistant' ? (
        <Reply {...props} />
      ) : (
        <QuietMessage message={message} />
      )}
    </div>
  );
});

function UserMessage({ session, message, last, replying, onBranch, onGone }: MessageViewProps) {
  const { transcript } = useMessages();
  const [editing, setEditing] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  if (editing) {
    return (
      <EditForm
        text={message.content}
        reason={replying ? transcript.whileReplying : null}
        onSend={(text) => {
          setEditing(false);
          session.edit(message, text);
          onGone();
        }}
        onCancel={() => {
          setEditing(false);
          // The button is there again after the next frame.
          requestAnimationFrame(() => editButton.current?.focus());
        }}
      />
    );
  }
  return (
    <>
      <h2 className="visually-hidden">{transcript.you}</h2>
      <UserText text={message.content} />
      <MessageActions
        session={session}
        message={message}
        replying={replying}
        last={last}
        detailed={false}
        editRef={editButton}
        onEdit={() => {
          setEditing(true);
        }}
        onDetails={nothing}
        onJudge={nothing}
        onBranch={onBranch}
      />
      {last && !replying && isStored(message) && (
        <p className="note">
          {transcript.noReply}{' '}
          <button
            type="button"
            className="plain"
            onClick={() => {
              session.regenerate(message);
            }}
          >
            {transcript.askForReply}
          </button>
        </p>
      )}
    </>
  );
}

function Reply({ session, message, last, replying, onBranch }: MessageViewProps) {
  const { transcript } = useMessages();
  const [detailed, setDetailed] = useState(false);
  const [asking, setAsking] = useState(false);
  const running = isRunning(message);
  const judge = useCallback(
    (rating: Feedback['rating']) => {
      const again = message.feedback?.rating === rating;
      setAsking(!again);
      void session.judge(message, again ? null : { rating, reason: null });
    },
    [session, message],
  );
  return (
    <>
      <h2 className="visually-hidden">{transcript.reply}</h2>
      {message.content !== '' && (
        <div className="reply" dir="auto">
          <PlainOnError text={message.content}>
            <Markdown text={message.content} complete={!running} />
          </PlainOnError>
        </div>
      )}
      <ToolCalls calls={message.tool_calls ?? []} />
      {!running && (
        <>
          <ReplyEnd session={session} message={message} last={last} replying={replying} />
          <MessageActions
            session={session}
            message={message}
            replying={replying}
            last={last}
            detailed={detailed}
            editRef={null}
            onEdit={nothing}
            onDetails={() => {
              setDetailed(!detailed);
            }}
            onJudge={judge}
            onBranch={onBranch}
          />
          {asking && message.feedback !== null && (
            <FeedbackForm
              key={message.feedback.rating}
              feedback={message.feedback}
              onSend={(reason) => {
                setAsking(false);
                if (message.feedback !== null) {
                  void session.judge(message, { ...message.feedback, reason });
                }
              }}
              onClose={() => {
                setAsking(false);
              }}
            />
          )}
          {detailed && message.reply !== null && <Details facts={message.reply} feedback={message.feedback} />}
        </>
      )}
    </>
  );
}

const nothing = (): void => undefined;
