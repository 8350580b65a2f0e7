import { beforeEach, describe, expect, it, vi } from 'vitest';

import { streamReply, type StreamEvent } from './reply';

const text = (content: string): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
const END = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"completion_tokens":5}}\n\n';
const DONE = 'data: [DONE]\n\n';

const fetchMock = vi.fn<typeof fetch>();

function collect(events: StreamEvent[], signal = new AbortController().signal): Promise<void> {
  return (async () => {
    for await (const event of streamReply('cria', [{ role: 'user', content: 'Hi' }], signal)) {
      events.push(event);
    }
  })();
}

function error(status: number, body: object, headers: HeadersInit = {}): Response {
  return Response.json({ error: body }, { status, headers });
}

describe('streamReply', () => {
  beforeEach(() => {
    fetchMock.mockReset();
    vi.stubGlobal('fetch', fetchMock);
  });

  it('asks for a stream with usage', async () => {
    fetchMock.mockResolvedValue(new Response(END + DONE));

    await collect([]);

    expect(fetchMock).toHaveBeenCalledWith('/v1/chat/completions', expect.objectContaining({ method: 'POST' }));
    expect(JSON.parse(fetchMock.mock.calls[0]?.[1]?.body as string)).toEqual({
      model: 'cria',
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.7,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it('yields the texts, and the end with its statistics', async () => {
    fetchMock.mockResolvedValue(new Response(`: keep-alive\n\n${text('Hel')}${text('lo')}${END}${USAGE}${DONE}`));
    const events: StreamEvent[] = [];

    await collect(events);

    expect(events).toEqual([
      { type: 'text', text: 'Hel' },
      { type: 'text', text: 'lo' },
      { type: 'finished', finishReason: 'stop', statistics: { completionTokens: 5, tokensPerSecond: null } },
    ]);
  });

  it('keeps the text before an error in mid-reply and gives the words of the server', async () => {
    fetchMock.mockResolvedValue(new Response(`${text('Hel')}data: {"error":{"message":"Out of memory."}}\n\n`));
    const events: StreamEvent[] = [];

    const reply = collect(events);

    await expect(reply).rejects.toHaveProperty('failure', { kind: 'refused', message: 'Out of memory.' });
    expect(events).toEqual([{ type: 'text', text: 'Hel' }]);
  });

  it('takes a stream that ends without a finish reason for a lost connection', async () => {
    fetchMock.mockResolvedValue(new Response(text('Hel')));

    await expect(collect([])).rejects.toHaveProperty('failure.kind', 'connection-lost');
  });

  it('takes a stream that breaks for a lost connection', async () => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.error(new TypeError('network error'));
      },
    });
    fetchMock.mockResolvedValue(new Response(body));

    await expect(collect([])).rejects.toHaveProperty('failure.kind', 'connection-lost');
  });

  it.each([
    [error(429, { message: 'Queue full.', code: 'queue_full' }), { kind: 'busy' }],
    [error(400, { message: 'Too long.', code: 'context_length_exceeded' }), { kind: 'too-long' }],
    [error(404, { message: 'No such model.', code: null }), { kind: 'refused', message: 'No such model.' }],
    [error(503, { message: 'Shutting down.', code: null }), { kind: 'refused', message: 'Shutting down.' }],
    [new Response('<html>', { status: 502 }), { kind: 'refused', message: null }],
  ])('tells failures before the stream apart: %#', async (response, failure) => {
    fetchMock.mockResolvedValue(response);

    await expect(collect([])).rejects.toHaveProperty('failure', failure);
  });

  it.each([
    [true, 'unreachable'],
    [false, 'offline'],
  ])('tells a server out of reach from a browser without network: online %s', async (onLine, kind) => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    fetchMock.mockRejectedValue(new TypeError('Failed to fetch'));

    await expect(collect([])).rejects.toHaveProperty('failure.kind', kind);
  });

  it('asks again after the time that a server without a ready model gives', async () => {
    vi.useFakeTimers();
    const loading = error(503, { message: 'Loading.' }, { 'Retry-After': '4' });
    fetchMock.mockResolvedValueOnce(loading).mockResolvedValueOnce(new Response(text('Hello') + END + DONE));
    const events: StreamEvent[] = [];

    const reply = collect(events);
    await vi.advanceTimersByTimeAsync(3999);
    expect(fetchMock).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await reply;

    expect(events.map((event) => event.type)).toEqual(['postponed', 'text', 'finished']);
  });

  it('asks no more once it is aborted while it waits', async () => {
    const loading = error(503, { message: 'Loading.' }, { 'Retry-After': '60' });
    fetchMock.mockResolvedValueOnce(loading).mockRejectedValue(new DOMException('Aborted', 'AbortError'));
    const controller = new AbortController();
    const events = streamReply('cria', [], controller.signal);

    await events.next();
    controller.abort();

    await expect(events.next()).resolves.toHaveProperty('done', true);
    expect(fetchMock).toHaveBeenCalledTimes(1);
  });
});
