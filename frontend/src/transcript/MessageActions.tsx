import { Check, Copy, Info, Pencil, Play, RefreshCw, ThumbsDown, ThumbsUp, type LucideIcon } from 'lucide-react';
import type { Ref } from 'react';

import type { Feedback, Message } from '../api/types';
import type { ConversationSession } from '../conversation/ConversationSession';
import { canContinue, isStored } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { useCopy } from '../markdown/useCopy';
import { Branches } from './Branches';

interface MessageActionsProps {
  readonly session: ConversationSession;
  readonly message: Message;
  /** Whether a reply is written now, so that nothing else can be asked for. */
  readonly replying: boolean;
  readonly last: boolean;
  readonly detailed: boolean;
  readonly editRef: Ref<HTMLButtonElement>;
  readonly onEdit: () => void;
  readonly onDetails: () => void;
  readonly onJudge: (rating: Feedback['rating']) => void;
  readonly onBranch: (from: string, to: string) => void;
}

/** What can be done with a message. What cannot be done now says why. */
export function MessageActions(props: MessageActionsProps) {
  const { session, message, replying, last, detailed, editRef, onEdit, onDetails, onJudge, onBranch } = props;
  const { transcript } = useMessages();
  const { copied, copy } = useCopy(message.content);
  const reason = replying ? transcript.whileReplying : isStored(message) ? null : transcript.notStoredYet;
  const created = new Date(message.created_at);
  const rating = message.feedback?.rating;
  return (
    <div className="actions" role="group" aria-label={transcript.actions}>
      <Branches message={message} reason={reason} onBranch={onBranch} />
      <Action icon={copied ? Check : Copy} label={copied ? transcript.copied : transcript.copy} onUse={copy} />
      {message.role === 'user' && (
        <Action ref={editRef} icon={Pencil} label={transcript.edit} reason={reason} onUse={onEdit} />
      )}
      {message.role === 'assistant' && (
        <>
          <Action
            icon={RefreshCw}
            label={transcript.regenerate}
            reason={reason}
            onUse={() => {
              session.regenerate(message);
            }}
          />
          {last && canContinue(message) && (
            <Action
              icon={Play}
              label={transcript.continue}
              reason={reason}
              onUse={() => {
                session.continueReply(message);
              }}
            />
          )}
          <Action
            icon={ThumbsUp}
            label={transcript.goodReply}
            pressed={rating === 'up'}
            onUse={() => {
              onJudge('up');
            }}
          />
          <Action
            icon={ThumbsDown}
            label={transcript.badReply}
            pressed={rating === 'down'}
            onUse={() => {
              onJudge('down');
            }}
          />
          {message.reply !== null && (
            <Action icon={Info} label={transcript.details} expanded={detailed} onUse={onDetails} />
          )}
        </>
      )}
      <span className="when">
        {message.reply !== null && message.reply.model !== '' && <span>{message.reply.model}</span>}
        <time dateTime={message.created_at} title={created.toLocaleString()}>
          {transcript.when(created, new Date())}
        </time>
      </span>
    </div>
  );
}

interface ActionProps {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly icon: LucideIcon;
  readonly label: string;
  /** Why it cannot be used now; null if it can. */
  readonly reason?: string | null;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly onUse: () => void;
}

/** A button that stays focusable while it cannot be used, so that the reason can be found out with the keyboard, too. */
export function Action({ ref, icon: Icon, label, reason = null, pressed, expanded, onUse }: ActionProps) {
  return (
    <button
      ref={ref}
      type="button"
      className="icon"
      aria-label={label}
      title={reason === null ? label : `${label}: ${reason}`}
      aria-disabled={reason !== null}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={() => {
        if (reason === null) {
          onUse();
        }
      }}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
