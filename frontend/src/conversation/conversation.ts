import type { Failure } from '../api/failure';
import type { Statistics } from '../api/stopwatch';

/** Where a reply stands. */
export type ReplyStatus =
  /** Asked for; no text has arrived. */
  | { readonly kind: 'waiting' }
  /** The model is not ready; it is asked again every so often. */
  | { readonly kind: 'postponed'; readonly seconds: number }
  /** Text is arriving. */
  | { readonly kind: 'streaming' }
  | { readonly kind: 'finished'; readonly finishReason: string; readonly statistics: Statistics | null }
  /** The reader stopped it; the text so far stays. */
  | { readonly kind: 'stopped' }
  /** It broke off, maybe before its first text; the text so far stays. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What the model said to a question. */
export interface Reply {
  readonly text: string;
  readonly status: ReplyStatus;
}

/** One question and the reply to it. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly reply: Reply;
}

/** The turns, oldest first. Only the last can be in progress. */
export interface Conversation {
  readonly turns: readonly Turn[];
}

/** The conversation in which nobody has said anything. */
export const EMPTY_CONVERSATION: Conversation = { turns: [] };

/** Whether the reply may still grow. */
export function isInProgress(reply: Reply): boolean {
  switch (reply.status.kind) {
    case 'waiting':
    case 'postponed':
    case 'streaming':
      return true;
    case 'finished':
    case 'stopped':
    case 'failed':
      return false;
  }
}

/** Whether a reply is being generated. */
export function isReplying(conversation: Conversation): boolean {
  const last = conversation.turns.at(-1);
  return last !== undefined && isInProgress(last.reply);
}
