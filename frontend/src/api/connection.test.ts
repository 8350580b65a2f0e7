import { beforeEach, expect, it, vi } from 'vitest';

import { getConnection, noteAnswer, noteSilence, onConnection, onSignedOut } from './connection';
import { requestJson } from './request';

beforeEach(() => {
  noteAnswer(200);
});

it('takes one unanswered request for an accident, two for a server that is away', () => {
  const listener = vi.fn();
  onConnection(listener);

  noteSilence();
  expect(getConnection()).toBe('up');
  noteSilence();
  noteSilence();
  expect(getConnection()).toBe('down');
  noteAnswer(500);

  expect(getConnection()).toBe('up');
  expect(listener).toHaveBeenCalledTimes(2);
});

it('takes an answer of a proxy that has lost the server for none', () => {
  noteAnswer(502);
  noteAnswer(504);

  expect(getConnection()).toBe('down');
});

it('says offline where the browser says so', () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

  noteSilence();

  expect(getConnection()).toBe('offline');
});

it('learns nothing from requests that the page gave up itself', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new DOMException('', 'AbortError')));

  for (let times = 0; times < 3; times++) {
    await expect(requestJson('/', { signal: AbortSignal.abort() })).rejects.toThrow();
  }

  expect(getConnection()).toBe('up');
});

it('tells when a key is wanted', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 401 })));
  const listener = vi.fn();
  const stop = onSignedOut(listener);

  await expect(requestJson('/')).rejects.toThrow();
  stop();
  await expect(requestJson('/')).rejects.toThrow();

  expect(listener).toHaveBeenCalledOnce();
});
