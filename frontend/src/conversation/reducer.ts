import type { Failure } from '../api/failure';
import type { StreamEvent } from '../api/reply';
import { EMPTY_CONVERSATION, isReplying, type Conversation, type Reply, type ReplyStatus } from './conversation';

/** Everything that can happen to a conversation. */
export type ConversationEvent =
  | StreamEvent
  /** The reader sent a message. */
  | { readonly type: 'asked'; readonly question: string }
  /** The reader wants another reply to the last question. */
  | { readonly type: 'asked-again' }
  /** The reader stopped the reply. */
  | { readonly type: 'stopped' }
  /** The reply broke off. */
  | { readonly type: 'failed'; readonly failure: Failure }
  /** The reader began a new conversation. */
  | { readonly type: 'cleared' };

const UNANSWERED: Reply = { text: '', status: { kind: 'waiting' } };

/** The conversation after an event. What arrives for a reply that is over already changes nothing. */
export function reduce(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return {
        turns: [...conversation.turns, { id: conversation.turns.length, question: event.question, reply: UNANSWERED }],
      };
    case 'asked-again':
      return withLastReply(conversation, () => UNANSWERED);
    case 'cleared':
      return EMPTY_CONVERSATION;
    case 'postponed':
      return whileReplying(conversation, { kind: 'postponed', seconds: event.seconds });
    case 'text':
      return whileReplying(conversation, { kind: 'streaming' }, event.text);
    case 'finished':
      return whileReplying(conversation, {
        kind: 'finished',
        finishReason: event.finishReason,
        statistics: event.statistics,
      });
    case 'stopped':
      return whileReplying(conversation, { kind: 'stopped' });
    case 'failed':
      return whileReplying(conversation, { kind: 'failed', failure: event.failure });
  }
}

function whileReplying(conversation: Conversation, status: ReplyStatus, more = ''): Conversation {
  if (!isReplying(conversation)) {
    return conversation;
  }
  // Many models begin a reply with the blank that parts it from the prompt.
  return withLastReply(conversation, ({ text }) => ({ text: text === '' ? more.trimStart() : text + more, status }));
}

function withLastReply(conversation: Conversation, change: (reply: Reply) => Reply): Conversation {
  const last = conversation.turns.at(-1);
  return last === undefined
    ? conversation
    : { turns: [...conversation.turns.slice(0, -1), { ...last, reply: change(last.reply) }] };
}
