import type { Failure } from '../api/failure';
import type { ReplyEvent } from '../api/replies';
import type { Conversation, Message, MessagePage, ReplyFacts } from '../api/types';
import {
  isStored,
  LOCAL_QUESTION,
  LOCAL_REPLY,
  NEW_CONVERSATION,
  unreadConversation,
  type ConversationState,
  type LiveReply,
} from './state';

/** Everything that can happen to what the page shows of a conversation. */
export type ConversationEvent =
  | { readonly type: 'opened'; readonly id: string | null }
  | { readonly type: 'created'; readonly conversation: Conversation }
  | { readonly type: 'changed'; readonly conversation: Conversation }
  | { readonly type: 'read'; readonly conversation: Conversation; readonly page: MessagePage }
  | { readonly type: 'read-earlier'; readonly page: MessagePage }
  | { readonly type: 'message-changed'; readonly message: Message }
  | { readonly type: 'unreadable'; readonly failure: Failure }
  /** The reader says something, after these messages. */
  | { readonly type: 'said'; readonly after: string | null; readonly content: string; readonly at: Date }
  /** Another reply is wanted to this message. */
  | { readonly type: 'asked-again'; readonly question: string; readonly at: Date }
  /** The last reply is gone on with, or a reply that was found running is read. */
  | { readonly type: 'attached' }
  /** A stream of events, or one that will be, has something to tell. */
  | { readonly type: 'reply'; readonly event: ReplyEvent; readonly at: Date }
  /** The request for a reply was not taken and is made again. */
  | { readonly type: 'held'; readonly failure: Failure; readonly seconds: number; readonly at: Date }
  | { readonly type: 'stopping' }
  /** The reply is over, whatever it came to; what the server has of it is read next. */
  | { readonly type: 'settled' }
  /** What the reader did came to nothing. */
  | { readonly type: 'refused'; readonly failure: Failure | null; readonly unsent: string | null }
  | { readonly type: 'problem-seen' };

function sending(before: readonly Message[]): LiveReply {
  return { stage: { kind: 'sending' }, window: null, before, trouble: null };
}

/** What the page shows after an event. */
export function reduce(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'opened':
      return event.id === null ? NEW_CONVERSATION : unreadConversation(event.id);
    case 'created':
      return { ...state, id: event.conversation.id, conversation: event.conversation };
    case 'changed':
      return { ...state, conversation: event.conversation };
    case 'read':
      return {
        ...state,
        conversation: event.conversation,
        unreadable: null,
        ...joined(state, event.page),
      };
    case 'read-earlier':
      return { ...state, messages: [...event.page.messages, ...state.messages], earlier: event.page.next };
    case 'message-changed':
      return { ...state, messages: state.messages.map((each) => (each.id === event.message.id ? event.message : each)) };
    case 'unreadable':
      // What is shown already stays: most failures pass.
      return state.conversation === null || event.failure.kind === 'not-found'
        ? { ...state, unreadable: event.failure }
        : state;
    case 'said': {
      const before = upTo(state.messages, event.after);
      const question = draftOf(LOCAL_QUESTION, 'user', event.content, before.at(-1) ?? null, event.at);
      const reply = draftOf(LOCAL_REPLY, 'assistant', '', question, event.at);
      return { ...state, messages: [...before, question, reply], live: sending(state.messages), problem: null };
    }
    case 'asked-again': {
      const before = upTo(state.messages, event.question);
      const reply = draftOf(LOCAL_REPLY, 'assistant', '', before.at(-1) ?? null, event.at);
      return { ...state, messages: [...before, reply], live: sending(state.messages), problem: null };
    }
    case 'attached':
      return withLast(
        { ...state, live: { ...sending(state.messages), stage: { kind: 'queued', position: null } }, problem: null },
        (reply) => ({ ...reply, status: 'in_progress' }),
      );
    case 'reply':
      return state.live === null ? state : told(state, state.live, event.event, event.at);
    case 'held':
      return state.live === null
        ? state
        : { ...state, live: { ...state.live, trouble: { failure: event.failure, retryAt: later(event) } } };
    case 'stopping':
      return state.live === null
        ? state
        : { ...state, live: { ...state.live, stage: { kind: 'stopping' }, trouble: null } };
    case 'settled':
      return state.live === null ? state : { ...state, live: null };
    case 'refused':
      return {
        ...state,
        messages: state.live === null || state.messages.every(isStored) ? state.messages : state.live.before,
        live: null,
        problem: { failure: event.failure, unsent: event.unsent },
      };
    case 'problem-seen':
      return state.problem === null ? state : { ...state, problem: null };
  }
}

/** The live reply after an event of its stream. Stages only go forward; what is stopping stays so until its end. */
function told(state: ConversationState, live: LiveReply, event: ReplyEvent, at: Date): ConversationState {
  const ahead = (stage: LiveReply['stage']): ConversationState => ({
    ...state,
    live: { ...live, trouble: null, stage: live.stage.kind === 'stopping' ? live.stage : stage },
  });
  switch (event.type) {
    case 'queued':
      return named(
        live.stage.kind === 'streaming' ? state : ahead({ kind: 'queued', position: event.position }),
        event.messageId,
        event.replyId,
      );
    case 'window':
      return withFacts({ ...state, live: { ...live, trouble: null, window: event.window } }, { window: event.window });
    case 'prefill':
      return ahead({ kind: 'prefill', processed: event.processed, total: event.total, cached: event.cached });
    case 'delta':
      return withLast(ahead({ kind: 'streaming' }), (reply) => ({
        ...reply,
        status: 'in_progress',
        content: reply.content + event.content,
      }));
    case 'tool-call':
      return withLast(ahead({ kind: 'streaming' }), (reply) => ({
        ...reply,
        tool_calls: [...(reply.tool_calls ?? []).filter(({ id }) => id !== event.call.id), event.call],
      }));
    case 'usage':
      return withFacts(state, { usage: event.usage, timings: event.timings });
    case 'done':
      return withFacts(
        withLast({ ...state, live: null }, (reply) => ({ ...reply, status: event.status })),
        { finish_reason: event.finishReason, finished_at: at.toISOString() },
      );
    case 'error':
      return withFacts(
        withLast({ ...state, live: null }, (reply) => ({ ...reply, status: 'failed' })),
        { error: { code: event.code, message: event.message }, finished_at: at.toISOString() },
      );
    case 'reconnecting':
      return {
        ...state,
        live: { ...live, trouble: { failure: event.failure, retryAt: later({ seconds: event.seconds, at }) } },
      };
  }
}

/** The messages after a page of the newest was read: earlier ones that are there already stay if the page follows on them. */
function joined(state: ConversationState, page: MessagePage): Pick<ConversationState, 'messages' | 'earlier'> {
  const parent = page.messages[0]?.parent_id ?? null;
  const end = parent === null ? -1 : state.messages.findIndex(({ id }) => id === parent);
  return end < 0
    ? { messages: page.messages, earlier: page.next }
    : { messages: [...state.messages.slice(0, end + 1), ...page.messages], earlier: state.earlier };
}

function upTo(messages: readonly Message[], id: string | null): readonly Message[] {
  return messages.slice(0, messages.findIndex((message) => message.id === id) + 1);
}

/** The last question and reply get the names that the server has given them. */
function named(state: ConversationState, questionId: string | null, replyId: string | null): ConversationState {
  return {
    ...state,
    messages: state.messages.map((message) => {
      if (message.id === LOCAL_QUESTION && questionId !== null) {
        return { ...message, id: questionId, siblings: [questionId] };
      }
      return message.id === LOCAL_REPLY && replyId !== null ? { ...message, id: replyId } : message;
    }),
  };
}

function withLast(state: ConversationState, change: (reply: Message) => Message): ConversationState {
  const last = state.messages.at(-1);
  return last?.role === 'assistant' ? { ...state, messages: [...state.messages.slice(0, -1), change(last)] } : state;
}

const NO_FACTS: ReplyFacts = {
  model: '',
  window: null,
  usage: null,
  finish_reason: null,
  timings: null,
  time_to_first_token_millis: null,
  error: null,
  finished_at: null,
};

function withFacts(state: ConversationState, facts: Partial<ReplyFacts>): ConversationState {
  const model = state.conversation?.model ?? '';
  return withLast(state, (reply) => ({ ...reply, reply: { ...(reply.reply ?? { ...NO_FACTS, model }), ...facts } }));
}

function later({ seconds, at }: { readonly seconds: number; readonly at: Date }): number {
  return at.getTime() + seconds * 1000;
}

/** A message that is shown before the server has stored it. */
function draftOf(id: string, role: 'user' | 'assistant', content: string, parent: Message | null, at: Date): Message {
  return {
    id,
    conversation_id: parent?.conversation_id ?? '',
    parent_id: parent?.id ?? null,
    depth: (parent?.depth ?? -1) + 1,
    role,
    content,
    status: role === 'user' ? 'complete' : 'queued',
    tokens: null,
    siblings: [id],
    reply: null,
    feedback: null,
    created_at: at.toISOString(),
  };
}
