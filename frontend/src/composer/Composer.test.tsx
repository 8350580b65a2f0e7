import { act, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { createRef, type ComponentProps } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';

import { fakeMedia } from '../../test/FakeMedia';
import type { Message } from '../api/types';
import { LOCAL_QUESTION, NEW_CONVERSATION, type ConversationState, type LiveReply } from '../conversation/state';
import { drafts } from '../preferences/drafts';
import { Composer } from './Composer';
import type { SendBlock } from './sendBlock';
import { TOUCH } from './useMedia';

const LIVE: LiveReply = { stage: { kind: 'sending' }, window: null, before: [], trouble: null };
const EMPTY_WINDOW = { total: 2048, system: 0, recap: 0, messages: 0, reserved: 512 };

const onSend = vi.fn<(text: string) => void>();
const onStop = vi.fn();

beforeEach(() => {
  fakeMedia();
  drafts.clear();
  onSend.mockReset();
  onStop.mockReset();
});

function show(state: ConversationState = NEW_CONVERSATION, some: Partial<ComponentProps<typeof Composer>> = {}) {
  const ref = createRef<HTMLTextAreaElement>();
  const element = (shown: ConversationState) => (
    <Composer
      ref={ref}
      state={shown}
      model="cria"
      block={null}
      budget={EMPTY_WINDOW}
      strict={false}
      counting={false}
      onCount={() => undefined}
      onSend={onSend}
      onStop={onStop}
      {...some}
    />
  );
  const { rerender, unmount } = render(element(state));
  return {
    field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }),
    showNow: (shown: ConversationState) => {
      rerender(element(shown));
    },
    unmount,
  };
}

function question(id: string, content: string): Message {
  return {
    id,
    conversation_id: '',
    parent_id: null,
    depth: 0,
    role: 'user',
    content,
    status: 'complete',
    tokens: null,
    reply: null,
    feedback: null,
    created_at: '2026-01-02T03:04:05Z',
  };
}

it('sends with Enter, and breaks the line with Shift', async () => {
  const { field } = show();

  await userEvent.type(field, 'one{Shift>}{Enter}{/Shift}two');
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.type(field, '{Enter}');

  expect(onSend).toHaveBeenCalledExactlyOnceWith('one\ntwo');
  expect(field.value).toBe('');
});

it('leaves Enter to an input method that composes', async () => {
  const { field } = show();
  await userEvent.type(field, 'にほん');

  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });

  expect(onSend).not.toHaveBeenCalled();
});

it('breaks the line with Enter on a touch keyboard, and sends by the button', async () => {
  fakeMedia(TOUCH);
  const { field } = show();

  await userEvent.type(field, 'one{Enter}two');
  expect(onSend).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));

  expect(onSend).toHaveBeenCalledExactlyOnceWith('one\ntwo');
});

it('brings the focus back after sending by the button', async () => {
  const { field } = show();
  await userEvent.type(field, 'Hello');

  await userEvent.click(screen.getByRole('button', { name: 'Send' }));

  expect(document.activeElement).toBe(field);
});

it.each<[string, SendBlock]>([
  ['Connecting to the server.', { kind: 'connecting' }],
  ['You are offline. Check your connection to the network. Trying again.', { kind: 'away', failure: { kind: 'offline' } }],
  ['The server serves no model. Whoever runs it can add one.', { kind: 'no-model' }],
  ['The model llama is no longer served. Choose another one above.', { kind: 'not-served', model: 'llama' }],
  ['The model cria is loading: 42 %.', { kind: 'loading', model: 'cria', progress: 0.426 }],
  ['The model cria could not be loaded: Not enough memory.', { kind: 'failed', model: 'cria', reason: 'Not enough memory.' }],
])('says why it cannot send and keeps the draft: %s', async (words, block) => {
  const { field } = show(NEW_CONVERSATION, { block });

  await userEvent.type(field, 'Hello{Enter}');

  expect(onSend).not.toHaveBeenCalled();
  expect(field.value).toBe('Hello');
  expect(screen.getByText(words)).toBeTruthy();
  const button = screen.getByRole('button', { name: 'Send' });
  expect(button.title).toBe(words);
  expect(button.getAttribute('aria-disabled')).toBe('true');
});

it('lets the next message be written while a reply runs, and stops by its button', async () => {
  const { field } = show({ ...NEW_CONVERSATION, live: LIVE }, { block: { kind: 'replying' } });

  await userEvent.type(field, 'Next{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Stop' }));

  expect(onSend).not.toHaveBeenCalled();
  expect(onStop).toHaveBeenCalledOnce();
  expect(field.value).toBe('Next');
});

it('does not stop what the first half of a double click has sent', () => {
  show({ ...NEW_CONVERSATION, live: LIVE }, { block: { kind: 'replying' } });

  fireEvent.click(screen.getByRole('button', { name: 'Stop' }), { detail: 2 });

  expect(onStop).not.toHaveBeenCalled();
});

it('gives each conversation its own draft', async () => {
  const { field, showNow } = show();
  await userEvent.type(field, 'in the new one');

  showNow({ ...NEW_CONVERSATION, id: 'c1' });
  expect(field.value).toBe('');
  await userEvent.type(field, 'in the first');
  showNow(NEW_CONVERSATION);

  expect(field.value).toBe('in the new one');
});

it('follows a new conversation that gets its name', async () => {
  const { field, showNow } = show({ ...NEW_CONVERSATION, live: LIVE });
  await userEvent.type(field, 'typed meanwhile');

  showNow({ ...NEW_CONVERSATION, id: 'c1', live: LIVE });

  expect(field.value).toBe('typed meanwhile');
  expect(drafts.get('new')).toBe('');
});

it('brings back what the server did not take, before what was typed since', async () => {
  const { field, showNow } = show();
  await userEvent.type(field, 'first{Enter}');
  showNow({ ...NEW_CONVERSATION, live: LIVE, messages: [question(LOCAL_QUESTION, 'first')] });
  await userEvent.type(field, 'second');

  showNow({ ...NEW_CONVERSATION, problem: { failure: { kind: 'too-long' }, unsent: 'first' } });

  expect(field.value).toBe('first\n\nsecond');
});

it('keeps for later what was sent and not taken when its writer leaves', async () => {
  const { field, showNow } = show();
  await userEvent.type(field, 'wait for me{Enter}');
  showNow({ ...NEW_CONVERSATION, live: LIVE, messages: [question(LOCAL_QUESTION, 'wait for me')] });

  showNow({ ...NEW_CONVERSATION, id: 'other' });

  expect(drafts.get('new')).toBe('wait for me');
});

it('does not bring back what the server has', async () => {
  const { field, showNow, unmount } = show();
  await userEvent.type(field, 'taken{Enter}');
  showNow({ ...NEW_CONVERSATION, live: LIVE, messages: [question(LOCAL_QUESTION, 'taken')] });
  showNow({ ...NEW_CONVERSATION, id: 'c1', live: LIVE, messages: [question('m1', 'taken')] });

  unmount();

  expect([drafts.get('new'), drafts.get('c1')]).toEqual(['', '']);
});

it('counts a long draft when its writer pauses, and asks for the newest only', async () => {
  vi.useFakeTimers();
  const fetch = vi.fn(() => Promise.resolve(Response.json({ tokens: new Array(90).fill(1) })));
  vi.stubGlobal('fetch', fetch);
  const { field } = show();

  fireEvent.change(field, { target: { value: 'a '.repeat(120) } });
  await act(() => vi.advanceTimersByTimeAsync(300));
  fireEvent.change(field, { target: { value: 'b '.repeat(120) } });
  await act(() => vi.advanceTimersByTimeAsync(400));

  expect(fetch).toHaveBeenCalledOnce();
  expect(screen.getByText('240 characters · 90 tokens · 1,446 left')).toBeTruthy();
});

it('warns of a message that does not fit by itself, and takes a sample of a very long one', async () => {
  vi.useFakeTimers();
  const bodies: string[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    bodies.push(init.body as string);
    return Promise.resolve(Response.json({ tokens: new Array(5000).fill(1) }));
  });
  const { field } = show();

  fireEvent.change(field, { target: { value: 'word '.repeat(40_000) } });
  await act(() => vi.advanceTimersByTimeAsync(400));

  expect(bodies[0]?.length).toBeLessThan(21_000);
  expect(screen.getByRole('status').textContent).toBe(
    'Too long for the model: about 50,000 tokens, and its window has 2,048. Shorten the message.',
  );
});
