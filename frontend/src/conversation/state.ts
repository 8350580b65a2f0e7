import type { Failure } from '../api/failure';
import type { Conversation, Message, WindowReport } from '../api/types';

/** A reply that is asked for or written now. Its text so far is the content of the last message. */
export interface LiveReply {
  readonly stage: ReplyStage;
  /** What the model is given, once that is known. */
  readonly window: WindowReport | null;
  /** What was shown before it was asked for, and is again if the server does not take the request. */
  readonly before: readonly Message[];
  /** Why nothing comes at present, and when it is tried again; null while all is well. */
  readonly trouble: Trouble | null;
}

export type ReplyStage =
  /** Not yet with the server. */
  | { readonly kind: 'sending' }
  /** Stored, and waiting for the model. */
  | { readonly kind: 'queued'; readonly position: number | null }
  /** The prompt is read. */
  | { readonly kind: 'prefill'; readonly processed: number; readonly total: number; readonly cached: number }
  /** Text arrives. */
  | { readonly kind: 'streaming' }
  /** The reader has stopped it, and the server has yet to say so. */
  | { readonly kind: 'stopping' };

/** Something that is tried again by itself. */
export interface Trouble {
  readonly failure: Failure;
  /** When, in milliseconds since the epoch. */
  readonly retryAt: number;
}

/** What the page shows of one conversation. */
export interface ConversationState {
  /** Null as long as nothing was said in a new one. */
  readonly id: string | null;
  /** Null until it is read. */
  readonly conversation: Conversation | null;
  /** The newest messages of the active branch, from the oldest on; at most the last one is still written. */
  readonly messages: readonly Message[];
  /** Where the messages before those begin; null if there are none. */
  readonly earlier: string | null;
  readonly live: LiveReply | null;
  /** Why the conversation itself could not be read. */
  readonly unreadable: Failure | null;
  /** Why the last thing that the reader did came to nothing. */
  readonly problem: Problem | null;
}

export interface Problem {
  /** Null if the reader took back what the server had not stored yet. */
  readonly failure: Failure | null;
  /** What the reader had written, which was not stored; null if nothing is lost. */
  readonly unsent: string | null;
}

/** A conversation in which nobody has said anything. */
export const NEW_CONVERSATION: ConversationState = {
  id: null,
  conversation: null,
  messages: [],
  earlier: null,
  live: null,
  unreadable: null,
  problem: null,
};

/** A conversation of which nothing is known but its id. */
export function unreadConversation(id: string): ConversationState {
  return { ...NEW_CONVERSATION, id };
}

/** Ids of messages that the server has not named yet. */
export const LOCAL_QUESTION = 'local-question';
export const LOCAL_REPLY = 'local-reply';

/** Whether the server knows a message. */
export function isStored(message: Message): boolean {
  return message.id !== LOCAL_QUESTION && message.id !== LOCAL_REPLY;
}

/** Whether a message is still being written. */
export function isRunning(message: Message): boolean {
  return message.status === 'queued' || message.status === 'in_progress';
}

/** Whether a reply that has ended can be gone on with. */
export function canContinue(message: Message): boolean {
  switch (message.status) {
    case 'stopped':
    case 'failed':
    case 'interrupted':
      return true;
    case 'complete':
      return message.reply?.finish_reason === 'length';
    case 'queued':
    case 'in_progress':
      return false;
  }
}
