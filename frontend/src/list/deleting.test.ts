import { expect, it, vi } from 'vitest';

import { deletions } from './deleting';

it('deletes what waits when the page is left, in requests that outlive it', () => {
  const fetch = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
  vi.stubGlobal('fetch', fetch);
  deletions.begin('c1', vi.fn());
  deletions.begin('c2', vi.fn());
  deletions.undo('c2');

  window.dispatchEvent(new Event('pagehide'));

  expect(fetch.mock.calls).toEqual([['/api/conversations/c1', { method: 'DELETE', keepalive: true }]]);
});

it('has deleted what somebody else deleted before', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 })));
  const onFailed = vi.fn();

  deletions.begin('c3', onFailed);
  await deletions.finish('c3');

  expect(onFailed).not.toHaveBeenCalled();
  expect(deletions.getHidden().has('c3')).toBe(true);
});
