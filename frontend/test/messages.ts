import type { Conversation, Message, ReplyFacts, WindowReport } from '../src/api/types';
import { NEW_CONVERSATION, type ConversationState } from '../src/conversation/state';

const AT = '2026-01-02T03:04:05Z';

export const A_CONVERSATION: Conversation = {
  id: 'c',
  title: null,
  model: 'cria',
  system: null,
  pinned: false,
  archived: false,
  metadata: {},
  leaf_id: null,
  running_reply_id: null,
  created_at: AT,
  updated_at: AT,
  version: 1,
};

export const A_WINDOW: WindowReport = {
  policy: 'rolling',
  context_tokens: 2048,
  reserved_tokens: 512,
  prompt_tokens: 900,
  kept_messages: 1,
  cut_messages: 2,
  recap_tokens: 0,
  recalled_messages: 0,
  truncated_tokens: 0,
};

export const SOME_FACTS: ReplyFacts = {
  model: 'cria',
  window: null,
  usage: { prompt_tokens: 20, completion_tokens: 50, total_tokens: 70, prompt_tokens_details: { cached_tokens: 16 } },
  finish_reason: 'stop',
  timings: { queue_millis: 5, prefill_millis: 40, decode_millis: 2000 },
  time_to_first_token_millis: 60,
  error: null,
  finished_at: AT,
};

/** Messages that follow one another: what the reader says, and replies to it, in turn. */
export function turns(...contents: readonly string[]): readonly Message[] {
  return contents.map((content, index) => ({
    id: `m${index}`,
    conversation_id: 'c',
    parent_id: index === 0 ? null : `m${index - 1}`,
    depth: index,
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
    status: 'complete',
    tokens: null,
    siblings: [`m${index}`],
    reply: index % 2 === 0 ? null : SOME_FACTS,
    feedback: null,
    created_at: AT,
  }));
}

/** The messages with the last one changed. */
export function withLast(messages: readonly Message[], change: Partial<Message>): readonly Message[] {
  return messages.map((message, index) => (index === messages.length - 1 ? { ...message, ...change } : message));
}

/** A conversation that is read. */
export function showing(messages: readonly Message[], change: Partial<ConversationState> = {}): ConversationState {
  return { ...NEW_CONVERSATION, id: 'c', conversation: A_CONVERSATION, messages, ...change };
}
