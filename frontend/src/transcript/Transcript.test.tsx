import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { A_WINDOW, showing, SOME_FACTS, turns, withLast } from '../../test/messages';
import type { Message } from '../api/types';
import { ConversationSession } from '../conversation/ConversationSession';
import { LOCAL_REPLY, type ConversationState, type LiveReply } from '../conversation/state';
import { Transcript } from './Transcript';

const TWO_TURNS = turns('One?', 'One **bold** reply.', 'Two?', 'Two.');

let session: ConversationSession;
let rerender: (state: ConversationState) => void;

beforeEach(() => {
  session = new ConversationSession();
  Element.prototype.scrollIntoView = vi.fn();
});

function show(state: ConversationState): void {
  const page = (shown: ConversationState) => (
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Transcript session={session} state={shown} />
    </QueryClientProvider>
  );
  const result = render(page(state));
  rerender = (shown) => {
    result.rerender(page(shown));
  };
}

function live(stage: LiveReply['stage'], change: Partial<LiveReply> = {}): LiveReply {
  return { stage, window: null, before: [], trouble: null, ...change };
}

function replying(stage: LiveReply['stage'], content = '', change: Partial<LiveReply> = {}): ConversationState {
  return showing(withLast(TWO_TURNS, { content, status: 'in_progress', reply: null }), { live: live(stage, change) });
}

function item(index: number) {
  const found = screen.getAllByRole('listitem').filter(({ id }) => id.startsWith('m-'))[index];
  if (found === undefined) {
    throw new Error(`There is no message ${index}.`);
  }
  return within(found);
}

it('shows what the reader said as it is, and replies as Markdown', () => {
  show(showing(turns('One **plain**?', 'One **bold** reply.')));

  expect(screen.getByText('One **plain**?')).toBeDefined();
  expect(screen.getByText('bold').tagName).toBe('STRONG');
});

it('sends an edited message with Enter', async () => {
  const edit = vi.spyOn(session, 'edit').mockImplementation(() => undefined);
  show(showing(TWO_TURNS));
  await userEvent.click(item(2).getByRole('button', { name: 'Edit' }));
  const field = screen.getByRole('textbox', { name: 'Edit your message' });

  expect(document.activeElement).toBe(field);
  await userEvent.type(field, ' And three?{Enter}');

  expect(edit).toHaveBeenCalledExactlyOnceWith(TWO_TURNS[2], 'Two? And three?');
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Conversation' }));
});

it('leaves a message as it was with Escape, and the focus where it came from', async () => {
  const edit = vi.spyOn(session, 'edit').mockImplementation(() => undefined);
  const stop = vi.fn();
  window.addEventListener('keydown', stop);
  show(showing(TWO_TURNS));
  await userEvent.click(item(0).getByRole('button', { name: 'Edit' }));
  stop.mockClear();
  await userEvent.keyboard('x{Escape}');
  await vi.waitFor(() => {
    expect(document.activeElement).toBe(item(0).getByRole('button', { name: 'Edit' }));
  });

  expect(screen.getByText('One?')).toBeDefined();
  expect(edit).not.toHaveBeenCalled();
  expect(stop.mock.calls.flat().map((event: KeyboardEvent) => event.key)).not.toContain('Escape');
  window.removeEventListener('keydown', stop);
});

it('asks for another reply', async () => {
  const regenerate = vi.spyOn(session, 'regenerate').mockImplementation(() => undefined);
  show(showing(TWO_TURNS));
  await userEvent.click(item(1).getByRole('button', { name: 'Write another reply' }));

  expect(regenerate).toHaveBeenCalledExactlyOnceWith(TWO_TURNS[1]);
});

it('says why something cannot be done while a reply is written, and does not do it', async () => {
  const regenerate = vi.spyOn(session, 'regenerate').mockImplementation(() => undefined);
  show(replying({ kind: 'streaming' }, 'Tw'));
  const button = item(1).getByRole('button', { name: 'Write another reply' });
  await userEvent.click(button);

  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.title).toContain('Not possible while a reply is written.');
  expect(regenerate).not.toHaveBeenCalled();
});

it('keeps a judgement with its reason, and takes it back', async () => {
  const judge = vi.spyOn(session, 'judge').mockResolvedValue();
  show(showing(TWO_TURNS));
  await userEvent.click(item(3).getByRole('button', { name: 'Bad reply' }));

  expect(judge).toHaveBeenLastCalledWith(TWO_TURNS[3], { rating: 'down', reason: null });
  const judged = withLast(TWO_TURNS, { feedback: { rating: 'down', reason: null } });
  rerender(showing(judged));
  await userEvent.type(screen.getByRole('textbox', { name: 'Why? (optional)' }), 'It is wrong.');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));

  expect(judge).toHaveBeenLastCalledWith(judged[3], { rating: 'down', reason: 'It is wrong.' });
  await userEvent.click(item(3).getByRole('button', { name: 'Bad reply', pressed: true }));

  expect(judge).toHaveBeenLastCalledWith(judged[3], null);
});

it('switches between the versions of a message', async () => {
  const switchTo = vi.spyOn(session, 'switchTo').mockResolvedValue();
  show(showing(withLast(TWO_TURNS, { siblings: ['a', 'm3', 'b'] })));

  expect(item(3).getByRole('group', { name: 'Version 2 of 3' }).textContent).toContain('2/3');
  await userEvent.click(item(3).getByRole('button', { name: 'Next version' }));
  await userEvent.click(item(3).getByRole('button', { name: 'Previous version' }));

  expect(switchTo.mock.calls).toEqual([['b'], ['a']]);
  expect(item(1).queryByRole('button', { name: 'Next version' })).toBeNull();
});

it('tells on demand what a reply has cost', async () => {
  show(showing(TWO_TURNS));
  await userEvent.click(item(3).getByRole('button', { name: 'Details' }));

  expect(screen.getByText('50 tokens, 25 per second')).toBeDefined();
  expect(screen.getByText('20 tokens, 16 of them from the cache')).toBeDefined();
  expect(screen.getByText('60 ms')).toBeDefined();
});

it('shows a long message in part until all of it is wanted', async () => {
  show(showing(turns('word '.repeat(1_000))));

  expect(item(0).queryByText(/(?:word ){999}/u)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));

  expect(screen.getByRole('button', { name: 'Show less' }).previousElementSibling?.textContent).toHaveLength(5_000);
});

it.each<readonly [Partial<Message>, string]>([
  [{ status: 'stopped' }, 'Stopped.'],
  [{ status: 'interrupted' }, 'The server ended in the middle of this reply.'],
  [{ status: 'failed', reply: { ...SOME_FACTS, error: { code: 'x', message: 'Out of memory.' } } }, 'Out of memory.'],
  [{ reply: { ...SOME_FACTS, finish_reason: 'length' } }, 'The reply reached the longest length allowed.'],
])('offers to go on with a reply that has ended early: %j', async (change, words) => {
  const continueReply = vi.spyOn(session, 'continueReply').mockImplementation(() => undefined);
  const messages = withLast(TWO_TURNS, change);
  show(showing(messages));

  expect(screen.getByText(new RegExp(words, 'u'))).toBeDefined();
  await userEvent.click(screen.getByText(new RegExp(words, 'u')).getElementsByTagName('button')[0] ?? document.body);

  expect(continueReply).toHaveBeenCalledExactlyOnceWith(messages[3]);
});

it.each<readonly [LiveReply['stage'], string]>([
  [{ kind: 'sending' }, 'Sending'],
  [{ kind: 'queued', position: null }, 'Waiting for the model'],
  [{ kind: 'queued', position: 2 }, 'Waiting for the model: 2 before you.'],
  [{ kind: 'prefill', processed: 120, total: 300, cached: 80 }, 'Reading: 120 of 300 tokens, 80 from the cache'],
  [{ kind: 'stopping' }, 'Stopping'],
])('says what becomes of a reply: %j', (stage, words) => {
  show(replying(stage));

  expect(screen.getAllByText(words).length).toBeGreaterThan(0);
});

it('counts down to the next try when the server is busy', () => {
  vi.useFakeTimers();
  const failure = { kind: 'busy' as const, retryAfterSeconds: 3 };
  show(replying({ kind: 'sending' }, '', { trouble: { failure, retryAt: Date.now() + 3000 } }));

  expect(screen.getByText('Trying again in 3 seconds.')).toBeDefined();
  act(() => {
    vi.advanceTimersByTime(2100);
  });

  expect(screen.getByText('Trying again in 1 second.')).toBeDefined();
});

it('says that it reads on when the connection is lost in the middle of a reply', () => {
  const trouble = { failure: { kind: 'unreachable' as const }, retryAt: 0 };
  show(replying({ kind: 'streaming' }, 'Tw', { trouble }));

  expect(screen.getAllByText('Connection lost. Reading on as soon as the server is back.')).not.toEqual([]);
});

it('shows what the server has refused until the reader has seen it', async () => {
  const dismiss = vi.spyOn(session, 'dismissProblem');
  show(showing(TWO_TURNS, { problem: { failure: { kind: 'refused', message: 'No.' }, unsent: 'Three?' } }));

  expect(screen.getByRole('alert').textContent).toBe('No.');
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));

  expect(dismiss).toHaveBeenCalledOnce();
});

it('says nothing of a message that the reader took back', () => {
  show(showing(TWO_TURNS, { problem: { failure: null, unsent: 'Three?' } }));

  expect(screen.queryByRole('alert')).toBeNull();
});

it('leads away from a conversation that is not there', () => {
  show(showing([], { conversation: null, unreadable: { kind: 'not-found' } }));

  expect(screen.getByRole('alert').textContent).toContain('There is nothing at this address.');
  expect(screen.getByRole('link', { name: 'Begin a new conversation' }).getAttribute('href')).toBe('/');
});

it('says where the window begins, and what has become of what is above', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...A_WINDOW, recap: 'They spoke of one.' })));
  const window = { ...A_WINDOW, policy: 'recap' as const, recap_tokens: 9, first_kept_id: 'm2', recalled_ids: ['m0'] };
  show(showing(withLast(TWO_TURNS, { reply: { ...SOME_FACTS, window } })));
  const line = screen.getByText('The model no longer sees the 2 messages above');

  expect(line.closest('[role=listitem]')?.nextElementSibling?.id).toBe('m-m2');
  expect(item(0).getByText('Brought back for the last reply')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Show the summary' }));

  expect(await screen.findByText('They spoke of one.')).toBeDefined();
});

it('announces a reply once it is whole, and not piece by piece', () => {
  show(replying({ kind: 'streaming' }, 'Tw'));

  expect(screen.getByRole('status').textContent).toBe('Writing a reply');
  rerender(replying({ kind: 'streaming' }, `Two. ${'And more. '.repeat(100)}`));

  expect(screen.getByRole('status').textContent).toBe('Writing a reply');
  rerender(showing(withLast(TWO_TURNS, { content: `Two. ${'And more. '.repeat(100)}`, status: 'stopped' })));

  expect(screen.getByRole('status').textContent).toMatch(/^Reply: Two\. .{490,} … Stopped\.$/u);
});

it('announces nothing when a conversation is opened', () => {
  show(showing(TWO_TURNS));

  expect(screen.getByRole('status').textContent).toBe('');
});

it('reads earlier messages on demand', async () => {
  const readEarlier = vi.spyOn(session, 'readEarlier').mockResolvedValue();
  show(showing(TWO_TURNS, { earlier: 'm0' }));
  await userEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));

  expect(readEarlier).toHaveBeenCalledOnce();
});

it('looks for the message that the address names on earlier pages, then on other branches', () => {
  const readEarlier = vi.spyOn(session, 'readEarlier').mockResolvedValue();
  const switchTo = vi.spyOn(session, 'switchTo').mockResolvedValue();
  history.replaceState(null, '', '/c/c?m=far');
  show(showing(TWO_TURNS, { earlier: 'm0' }));

  expect(readEarlier).toHaveBeenCalledOnce();
  rerender(showing(TWO_TURNS, { earlier: null }));

  expect(switchTo).toHaveBeenCalledExactlyOnceWith('far');
  rerender(showing(TWO_TURNS.map((message) => (message.id === 'm0' ? { ...message, id: 'far' } : message))));

  expect(document.activeElement?.id).toBe('m-far');
  history.replaceState(null, '', '/');
});

it('draws only the last message again while text comes in', () => {
  show(replying({ kind: 'streaming' }, 'Tw'));
  const before = screen.getByText('bold');
  rerender(replying({ kind: 'streaming' }, 'Two.'));

  expect(screen.getByText('bold')).toBe(before);
  expect(screen.getByText('Two.')).toBeDefined();
});

it('offers a reply to a message that has none', async () => {
  const regenerate = vi.spyOn(session, 'regenerate').mockImplementation(() => undefined);
  const messages = turns('One?');
  show(showing(messages));
  await userEvent.click(screen.getByRole('button', { name: 'Have it replied to' }));

  expect(regenerate).toHaveBeenCalledExactlyOnceWith(messages[0]);
});

it('shows calls of tools and their results quietly', () => {
  const call = { id: 'x', name: 'weather', arguments: '{"city":"Paris"}' };
  const called = withLast(turns('Weather?', ''), { tool_calls: [call] });
  show(showing([...called, ...withLast(turns('Rain'), { id: 't', role: 'tool' })]));

  expect(screen.getByText('Calls weather').tagName).toBe('SUMMARY');
  expect(screen.getByText('Result of a tool').tagName).toBe('SUMMARY');
});

it('cannot do with a message what the server does not know yet', () => {
  show(showing(withLast(TWO_TURNS, { id: LOCAL_REPLY })));

  expect(item(3).getByRole('button', { name: 'Write another reply' }).title).toContain('until the message is stored');
});
