import { act, fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { App } from './App';
import { messages } from './messages';
import { FakeServer } from '../test/FakeServer';

describe('the page', () => {
  let server: FakeServer;

  beforeEach(() => {
    server = new FakeServer();
    vi.stubGlobal('fetch', server.fetch);
  });

  async function open(): Promise<HTMLElement> {
    render(<App />);
    await screen.findByText(messages.suggestions[0] ?? '');
    return screen.getByLabelText(messages.message);
  }

  async function ask(question: string): Promise<void> {
    await userEvent.type(screen.getByLabelText(messages.message), `${question}{Enter}`);
  }

  it('shows a reply while it arrives and announces it once it is whole', async () => {
    await open();
    await ask('Hi');

    await server.sendText('Hel');
    expect(await screen.findByText('Hel')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe('');

    await server.sendText('lo');
    await server.finish(2);
    expect(await screen.findByText('2 tokens')).toBeDefined();
    expect(screen.getByRole('status').textContent).toBe('Reply: Hello');
  });

  it('sends the whole conversation with each question', async () => {
    await open();
    await ask('My name is Ada.');
    await server.sendText('Hello Ada.');
    await server.finish(3);
    await screen.findByText('3 tokens');
    await ask('What is my name?');

    expect(server.questions.at(-1)).toEqual(['My name is Ada.', 'Hello Ada.', 'What is my name?']);
  });

  it.each([
    ['Escape', () => userEvent.keyboard('{Escape}')],
    ['the stop button', () => userEvent.click(screen.getByRole('button', { name: messages.stop }))],
  ])('stops with %s, keeps the text and is ready for the next message', async (_, stop) => {
    const composer = await open();
    await ask('Hi');
    await server.sendText('Hel');
    await screen.findByText('Hel');

    await stop();

    expect(server.aborted).toBe(true);
    expect(screen.getByText('Hel')).toBeDefined();
    expect(screen.getByRole('button', { name: messages.send })).toBeDefined();
    expect(document.activeElement).toBe(composer);
  });

  it('begins a new line with Shift+Enter and sends with Enter alone', async () => {
    await open();
    await ask('one{Shift>}{Enter}{/Shift}two');

    expect(server.questions).toEqual([['one\ntwo']]);
  });

  it('leaves the Enter that picks a word to the input method', async () => {
    const composer = await open();
    await userEvent.type(composer, 'にほん');
    fireEvent.keyDown(composer, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(composer, { key: 'Enter', keyCode: 229 });

    expect(server.questions).toEqual([]);
  });

  it('takes the next draft during a reply but does not send it', async () => {
    const composer = await open();
    await ask('Hi');
    await ask('And then?');

    expect(server.questions).toEqual([['Hi']]);
    expect((composer as HTMLTextAreaElement).value).toBe('And then?');
  });

  it('offers a new conversation when this one is too long', async () => {
    await open();
    server.refuseNext(400, 'context_length_exceeded');
    await ask('Hi');

    expect(await screen.findByText(messages.failure({ kind: 'too-long' }), { selector: '.failure' })).toBeDefined();
    await userEvent.click(screen.getAllByRole('button', { name: messages.newConversation })[1] ?? document.body);
    expect(screen.getByText(messages.welcome)).toBeDefined();
  });

  it('keeps the text of a lost connection and replies anew on demand', async () => {
    await open();
    await ask('Hi');
    await server.sendText('Hel');
    await server.lose();
    await screen.findByText(messages.failure({ kind: 'connection-lost' }), { selector: '.failure' });
    expect(screen.getByText('Hel')).toBeDefined();

    await userEvent.click(screen.getByRole('button', { name: messages.tryAgain }));
    await server.sendText('Hello');

    expect(await screen.findByText('Hello')).toBeDefined();
    expect(server.questions).toEqual([['Hi'], ['Hi']]);
  });

  it('says why nothing can be sent, and comes to life with the server', async () => {
    vi.useFakeTimers();
    server.reachable = false;
    render(<App />);
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(screen.getByText(messages.reconnecting({ kind: 'unreachable' }))).toBeDefined();

    server.reachable = true;
    await act(() => vi.advanceTimersByTimeAsync(3000));

    expect(screen.getByText(messages.keysHint)).toBeDefined();
  });
});
