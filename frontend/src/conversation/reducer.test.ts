import { expect, it } from 'vitest';

import { EMPTY_CONVERSATION, isReplying, type Conversation } from './conversation';
import { reduce, type ConversationEvent } from './reducer';

const ASKED: ConversationEvent = { type: 'asked', question: 'Hi' };
const FINISHED: ConversationEvent = { type: 'finished', finishReason: 'stop', statistics: null };

function after(...events: readonly ConversationEvent[]): Conversation {
  return events.reduce(reduce, EMPTY_CONVERSATION);
}

const text = (some: string): ConversationEvent => ({ type: 'text', text: some });

it('appends each text to the reply in progress', () => {
  const { turns } = after(ASKED, text('Hel'), text('lo '), text(' you'));

  expect(turns).toEqual([{ id: 0, question: 'Hi', reply: { text: 'Hello  you', status: { kind: 'streaming' } } }]);
});

it('drops the blanks before the first word of a reply', () => {
  expect(after(ASKED, text(' '), text('\n Hello')).turns[0]?.reply.text).toBe('Hello');
});

it.each<ConversationEvent>([FINISHED, { type: 'stopped' }, { type: 'failed', failure: { kind: 'connection-lost' } }])(
  'keeps the text and ends the reply when it is $type',
  (event) => {
    const conversation = after(ASKED, text('Hello'), event);

    expect(conversation.turns[0]?.reply).toMatchObject({ text: 'Hello', status: { kind: event.type } });
    expect(isReplying(conversation)).toBe(false);
  },
);

it('changes nothing by what arrives for a reply that is over', () => {
  const stopped = after(ASKED, text('Hel'), { type: 'stopped' });

  expect([text('lo'), FINISHED].reduce(reduce, stopped)).toBe(stopped);
});

it('changes nothing by what arrives for a conversation that was cleared', () => {
  expect(after(ASKED, { type: 'cleared' }, text('Hello'), { type: 'asked-again' })).toEqual(EMPTY_CONVERSATION);
});

it('replaces the last reply alone when asked again', () => {
  const { turns } = after(ASKED, text('One'), FINISHED, ASKED, text('Two'), FINISHED, { type: 'asked-again' });

  expect(turns.map((turn) => turn.reply.text)).toEqual(['One', '']);
  expect(turns[1]?.reply.status).toEqual({ kind: 'waiting' });
});

it('is still replying while the model is not ready', () => {
  expect(isReplying(after(ASKED, { type: 'postponed', seconds: 3 }))).toBe(true);
});
