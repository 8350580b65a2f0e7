import { expect, it } from 'vitest';

import type { Conversation, Message } from '../api/types';
import { reduce, type ConversationEvent } from './reducer';
import { LOCAL_QUESTION, LOCAL_REPLY, NEW_CONVERSATION, type ConversationState } from './state';

const AT = new Date('2026-01-02T03:04:05Z');

const CONVERSATION: Conversation = {
  id: 'c',
  title: null,
  model: 'cria',
  system: null,
  pinned: false,
  archived: false,
  metadata: {},
  leaf_id: null,
  running_reply_id: null,
  created_at: AT.toISOString(),
  updated_at: AT.toISOString(),
  version: 1,
};

function message(id: string, parent: string | null, role: Message['role'], content: string): Message {
  return {
    id,
    conversation_id: 'c',
    parent_id: parent,
    depth: 0,
    role,
    content,
    status: 'complete',
    tokens: null,
    siblings: [id],
    reply: null,
    feedback: null,
    created_at: AT.toISOString(),
  };
}

const STORED = [
  message('q1', null, 'user', 'One?'),
  message('r1', 'q1', 'assistant', 'One.'),
  message('q2', 'r1', 'user', 'Two?'),
  message('r2', 'q2', 'assistant', 'Two.'),
];

const READ: ConversationEvent = { type: 'read', conversation: CONVERSATION, page: { messages: STORED, next: null } };
const SAID: ConversationEvent = { type: 'said', after: 'r2', content: 'Three?', at: AT };

function after(...events: readonly ConversationEvent[]): ConversationState {
  return events.reduce(reduce, NEW_CONVERSATION);
}

const delta = (content: string): ConversationEvent => ({ type: 'reply', event: { type: 'delta', content }, at: AT });
const queued: ConversationEvent = {
  type: 'reply',
  event: { type: 'queued', conversationId: 'c', messageId: 'q3', replyId: 'r3', position: null },
  at: AT,
};
const done: ConversationEvent = { type: 'reply', event: { type: 'done', status: 'complete', finishReason: 'stop' }, at: AT };

const texts = (state: ConversationState): readonly string[] => state.messages.map(({ content }) => content);

it('shows what is said at once, and names it when the server does', () => {
  const said = after(READ, SAID);
  const named = reduce(said, queued);

  expect(said.messages.slice(-2).map(({ id }) => id)).toEqual([LOCAL_QUESTION, LOCAL_REPLY]);
  expect(named.messages.slice(-2).map(({ id }) => id)).toEqual(['q3', 'r3']);
});

it('appends text to the reply, and ends it', () => {
  const state = after(READ, SAID, queued, delta('Th'), delta('ree.'), done);

  expect(texts(state).at(-1)).toBe('Three.');
  expect(state.messages.at(-1)?.status).toBe('complete');
  expect(state.live).toBeNull();
});

it('changes nothing by what arrives for a reply that is over', () => {
  const over = after(READ, SAID, queued, delta('Th'), done);

  expect(reduce(over, delta('ree.'))).toBe(over);
});

it('takes the place of what follows when an earlier message is edited', () => {
  const state = after(READ, { type: 'said', after: 'r1', content: 'Other?', at: AT });

  expect(texts(state)).toEqual(['One?', 'One.', 'Other?', '']);
});

it('edits the very first message', () => {
  expect(texts(after(READ, { type: 'said', after: null, content: 'Zero?', at: AT }))).toEqual(['Zero?', '']);
});

it('shows again what was there when the server does not take a message', () => {
  const state = after(READ, { type: 'said', after: null, content: 'Zero?', at: AT }, {
    type: 'refused',
    failure: { kind: 'too-long' },
    unsent: 'Zero?',
  });

  expect(texts(state)).toEqual(texts(after(READ)));
  expect(state.problem).toEqual({ failure: { kind: 'too-long' }, unsent: 'Zero?' });
});

it('keeps what has arrived when a reply that is stored cannot be read on', () => {
  const state = after(READ, SAID, queued, delta('Th'), { type: 'refused', failure: { kind: 'not-found' }, unsent: null });

  expect(texts(state).slice(-2)).toEqual(['Three?', 'Th']);
});

it('keeps earlier messages that were read when the newest are read again', () => {
  const page = { messages: STORED.slice(2), next: 'q2' };
  const state = after(READ, { type: 'read', conversation: CONVERSATION, page });

  expect(texts(state)).toEqual(['One?', 'One.', 'Two?', 'Two.']);
  expect(state.earlier).toBeNull();
});

it('shows another branch alone when it does not follow on what was read', () => {
  const other = [message('q9', 'r8', 'user', 'Nine?')];
  const state = after(READ, { type: 'read', conversation: CONVERSATION, page: { messages: other, next: 'q9' } });

  expect(texts(state)).toEqual(['Nine?']);
  expect(state.earlier).toBe('q9');
});

it('says until when it waits, and forgets it with the next sign of life', () => {
  const held = after(READ, SAID, { type: 'held', failure: { kind: 'busy', retryAfterSeconds: 4 }, seconds: 4, at: AT });

  expect(held.live?.trouble?.retryAt).toBe(AT.getTime() + 4000);
  expect(reduce(held, queued).live?.trouble).toBeNull();
});

it('stays stopping until the end, whatever still arrives', () => {
  const state = after(READ, SAID, queued, delta('Th'), { type: 'stopping' }, delta('ree'));

  expect(state.live?.stage).toEqual({ kind: 'stopping' });
  expect(texts(state).at(-1)).toBe('Three');
});

it('keeps what is shown when a conversation cannot be read just now', () => {
  const shown = after(READ);

  expect(reduce(shown, { type: 'unreadable', failure: { kind: 'unreachable' } })).toBe(shown);
  expect(after({ type: 'unreadable', failure: { kind: 'unreachable' } }).unreadable).toEqual({ kind: 'unreachable' });
});
