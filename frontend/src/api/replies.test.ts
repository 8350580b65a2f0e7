import { expect, it, vi } from 'vitest';

import { cut, frame, streamed } from '../../test/sse';
import { RequestFailed } from './failure';
import { readReply, type ReplyEvent } from './replies';

const TEXT = 'Grüße, 世界! 🦙 "quoted"\n\n```js\nconst a = 1;\r\n```\n مرحبا';
const QUEUED = { conversation_id: 'c', message_id: 'm', reply_id: 'r', position: 2 };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function frames(text: string): string {
  const letters = Array.from(text);
  let told = 0;
  return [
    ': keep-alive\n\n',
    frame('0-0', 'queued', QUEUED),
    frame('3-0', 'prefill', { processed_tokens: 8, prompt_tokens: 9, cached_tokens: 4 }),
    frame('3-0', 'news-of-later-versions', { anything: true }),
    ...letters.map((content) => frame(`4-${(told += content.length)}`, 'delta', { content })),
    frame(`7-${told}`, 'done', { status: 'complete', finish_reason: 'stop' }),
  ].join('');
}

async function all(response: Response, replyId: string | null = null, signal = new AbortController().signal) {
  const events: ReplyEvent[] = [];
  for await (const event of readReply(response, replyId, signal)) {
    events.push(event);
  }
  return events;
}

function textOf(events: readonly ReplyEvent[]): string {
  return events.map((event) => (event.type === 'delta' ? event.content : '')).join('');
}

it('reads the same text however the bytes are cut', async () => {
  const whole = bytes(frames(TEXT));

  for (let seed = 0; seed < 200; seed++) {
    const events = await all(streamed(cut(whole, seed)));

    expect(textOf(events), `seed ${seed}`).toBe(TEXT);
    expect(events.at(-1)).toEqual({ type: 'done', status: 'complete', finishReason: 'stop' });
  }
});

it('tells ids, the place in the queue and how much of the prompt is read', async () => {
  const events = await all(streamed([bytes(frames('Hi'))]));

  expect(events.slice(0, 2)).toEqual([
    { type: 'queued', conversationId: 'c', messageId: 'm', replyId: 'r', position: 2 },
    { type: 'prefill', processed: 8, total: 9, cached: 4 },
  ]);
});

it('goes on where the connection broke, and loses or doubles nothing', async () => {
  const whole = bytes(frames(TEXT));
  for (let end = bytes(frame('0-0', 'queued', QUEUED)).length + 20; end < whole.length; end += 7) {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      const after = new Headers(init.headers).get('Last-Event-ID') ?? '';
      asked.push(after);
      const rest = TEXT.slice(Number(after.split('-')[1]));
      const done = frame(`7-${TEXT.length}`, 'done', { status: 'complete', finish_reason: 'stop' });
      const delta = frame(`4-${TEXT.length}`, 'delta', { content: rest });
      return Promise.resolve(streamed([bytes(rest === '' ? done : delta + done)]));
    });

    const events = await all(streamed(cut(whole.subarray(0, end), end), 'breaks'));

    expect(textOf(events), `cut at ${end}`).toBe(TEXT);
    expect(asked).toHaveLength(1);
  }
});

it('tries again until the server is back, and says so', async () => {
  vi.useFakeTimers();
  let tries = 0;
  vi.stubGlobal('fetch', () => {
    tries++;
    return tries < 4 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(streamed([bytes(frames('Hi'))]));
  });

  const read = all(streamed([bytes(frame('0-0', 'queued', QUEUED))], 'breaks'));
  await vi.runAllTimersAsync();
  const events = await read;

  const pauses = events.flatMap((event) => (event.type === 'reconnecting' ? [event.seconds] : []));
  expect(pauses).toEqual([0.5, 1, 2]);
  expect(textOf(events)).toBe('Hi');
});

it('ends where the server has nothing more to tell', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })));

  expect(await all(streamed([], 'breaks'), 'r')).toEqual([]);
});

it('gives up on a reply that is gone', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ error: { code: 'not_found' } }, { status: 404 })));

  await expect(all(streamed([], 'breaks'), 'r')).rejects.toEqual(new RequestFailed({ kind: 'not-found' }));
});

it('cannot go on with a reply that has no name yet', async () => {
  await expect(all(streamed([], 'breaks'))).rejects.toEqual(new RequestFailed({ kind: 'connection-lost' }));
});

it('asks no more once the reader has left', async () => {
  const fetch = vi.fn();
  vi.stubGlobal('fetch', fetch);

  expect(await all(streamed([], 'breaks'), 'r', AbortSignal.abort())).toEqual([]);
  expect(fetch).not.toHaveBeenCalled();
});
