import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { ScriptedServer } from '../../test/ScriptedServer';
import { ConversationSession } from './ConversationSession';

let server: ScriptedServer;
let session: ConversationSession;

beforeEach(() => {
  server = new ScriptedServer();
  vi.stubGlobal('fetch', server.fetch);
  session = new ConversationSession();
});
afterEach(() => {
  session.close();
});

const texts = (): readonly string[] => session.getState().messages.map(({ content }) => content);
const live = () => session.getState().live;

async function said(text: string): Promise<void> {
  session.open(null);
  session.send(text, { model: 'cria', temperature: 0 });
  await vi.waitFor(() => {
    expect(live()?.stage.kind).toBe('queued');
  });
}

it('makes a conversation with its settings when the first thing is said', async () => {
  await said('Hi');

  expect(server.requests.slice(0, 2)).toEqual(['POST /api/conversations', 'POST /api/conversations/c1/messages']);
  expect(server.bodies[0]).toEqual({ model: 'cria', temperature: 0 });
  expect(session.getState().id).toBe('c1');
});

it('shows the reply as it comes, and what the server has of it at the end', async () => {
  await said('Hi');
  server.send('4-2', 'delta', { content: 'He' });
  server.send('4-5', 'delta', { content: 'llo' });
  await vi.waitFor(() => {
    expect(texts()).toEqual(['Hi', 'Hello']);
  });
  server.finish('Hello');

  await vi.waitFor(() => {
    expect(live()).toBeNull();
    expect(session.getState().messages.at(-1)).toEqual(server.messages.at(-1));
  });
});

it('reads on where a reply is that was begun elsewhere', async () => {
  server.begin('Hi', 'Hel');

  session.open('c1');
  await vi.waitFor(() => {
    expect(live()).not.toBeNull();
  });
  server.send('4-5', 'delta', { content: 'lo' });

  await vi.waitFor(() => {
    expect(texts()).toEqual(['Hi', 'Hello']);
  });
});

it('notices what another tab has said', async () => {
  session.open('c1');
  await vi.waitFor(() => {
    expect(session.getState().conversation).not.toBeNull();
  });
  server.begin('Elsewhere');
  await session.refresh();

  await vi.waitFor(() => {
    expect(texts()).toEqual(['Elsewhere', '']);
    expect(live()).not.toBeNull();
  });
});

it('shows what was asked and answered elsewhere between two looks', async () => {
  session.open('c1');
  await vi.waitFor(() => {
    expect(session.getState().conversation).not.toBeNull();
  });
  server.begin('Elsewhere');
  server.finish('Done.');
  await session.refresh();

  await vi.waitFor(() => {
    expect(texts()).toEqual(['Elsewhere', 'Done.']);
  });
});

it('asks again for as long as the server is too busy, and makes one conversation only', async () => {
  vi.useFakeTimers();
  server.refuse(429, 'queue_full', { 'Retry-After': '2' });
  server.refuse(503, 'model_loading', { 'Retry-After': '5' });
  session.open(null);
  session.send('Hi', {});
  await vi.advanceTimersByTimeAsync(0);
  expect(live()?.trouble?.failure).toEqual({ kind: 'busy', retryAfterSeconds: 2 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(live()?.trouble?.failure).toEqual({ kind: 'not-ready', retryAfterSeconds: 5 });
  await vi.advanceTimersByTimeAsync(5000);

  expect(live()?.stage.kind).toBe('queued');
  expect(server.requests.filter((request) => request === 'POST /api/conversations')).toHaveLength(1);
});

it('gives back what the server did not take', async () => {
  server.refuse(400, 'context_length_exceeded');
  session.open(null);
  session.send('Too long', {});

  await vi.waitFor(() => {
    expect(session.getState().problem).toEqual({ failure: { kind: 'too-long' }, unsent: 'Too long' });
    expect(texts()).toEqual([]);
  });
});

it('gives back what was stopped before the server had it', async () => {
  server.refuse(503, 'model_loading', { 'Retry-After': '30' });
  session.open(null);
  session.send('Hi', {});
  await vi.waitFor(() => {
    expect(live()?.trouble).not.toBeNull();
  });
  await session.stop();

  expect(session.getState().problem).toEqual({ failure: null, unsent: 'Hi' });
  expect(texts()).toEqual([]);
});

it('stops a reply at the server', async () => {
  await said('Hi');
  await session.stop();

  await vi.waitFor(() => {
    expect(session.getState().messages.at(-1)?.status).toBe('stopped');
  });
  expect(server.requests).toContain('POST /api/replies/assistant-2/stop');
});

it('says one thing at a time', async () => {
  await said('Hi');
  session.send('Again', {});

  expect(texts()).toEqual(['Hi', '']);
});

it('leaves a conversation without ending its reply', async () => {
  await said('Hi');
  session.open(null);
  await vi.waitFor(() => {
    expect(server.left).toBe(true);
  });

  expect(session.getState().messages).toEqual([]);
  expect(server.requests).not.toContain('POST /api/replies/assistant-2/stop');
});

it('tells that a conversation is not there', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({}, { status: 404 })));
  session.open('c1');

  await vi.waitFor(() => {
    expect(session.getState().unreadable).toEqual({ kind: 'not-found' });
  });
});
