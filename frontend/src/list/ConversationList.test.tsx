import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { aConversation } from '../../test/conversations';
import { renderInPage } from '../../test/inPage';
import type { Conversation } from '../api/types';
import { ConversationList } from './ConversationList';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly signal: AbortSignal | null;
}

/** A server with these conversations; what else it is asked, a test answers. */
function serve(rows: readonly Conversation[], answer: (asked: Asked) => Response | Promise<Response> | null = () => null): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const asked = { method: init.method ?? 'GET', path, signal: init.signal ?? null };
    all.push(asked);
    const archived = path.includes('archived=true');
    return Promise.resolve(
      answer(asked) ?? Response.json({ conversations: rows.filter((row) => row.archived === archived), next: null }),
    );
  });
  return all;
}

function listed(): readonly (string | null)[] {
  return screen.queryAllByRole('link').map((link) => link.textContent);
}

const ONE = aConversation({ id: 'one', title: 'One' });
const TWO = aConversation({ id: 'two', title: 'Two', updated_at: '2026-11-22T10:00:00Z', running_reply_id: 'r' });

beforeEach(() => {
  history.replaceState(null, '', '/c/two');
});

it('marks the conversation that is shown and those that are replied to', async () => {
  serve([ONE, TWO]);

  renderInPage(<ConversationList />);

  const shown = await screen.findByRole('link', { name: /Two/ });
  expect(shown.getAttribute('aria-current')).toBe('page');
  expect(within(shown).getByRole('img', { name: 'A reply is being written' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'One' }).getAttribute('aria-current')).toBeNull();
});

it('says so where there is nothing', async () => {
  serve([]);

  renderInPage(<ConversationList />);

  expect(await screen.findByText(/No conversations yet/)).toBeTruthy();
});

it('shows a change at once and takes it back when it is refused', async () => {
  let refuse: () => void = () => undefined;
  serve([ONE, TWO], ({ method }) =>
    method === 'PATCH'
      ? new Promise((resolve) => {
          refuse = () => {
            resolve(Response.json({ error: { message: 'No room.' } }, { status: 400 }));
          };
        })
      : null,
  );
  renderInPage(<ConversationList />);
  await screen.findByRole('link', { name: 'One' });

  await userEvent.click(screen.getByRole('button', { name: 'Actions for Two' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Pin' }));
  expect(await screen.findByText('Pinned')).toBeTruthy();
  expect(listed()).toEqual(['Two', 'One']);
  act(refuse);

  expect(await screen.findByText('The change was not kept. No room.')).toBeTruthy();
  expect(listed()).toEqual(['One', 'Two']);
});

it('renames in place, and not when Escape is pressed', async () => {
  let now = ONE;
  const asked = serve([], ({ method }) => {
    if (method === 'PATCH') {
      now = { ...ONE, title: 'New' };
      return Response.json(now);
    }
    return Response.json({ conversations: [now], next: null });
  });
  renderInPage(<ConversationList />);
  (await screen.findByRole('link', { name: 'One' })).focus();

  await userEvent.keyboard('{F2}Other{Escape}');
  expect(listed()).toEqual(['One']);
  screen.getByRole('link', { name: 'One' }).focus();
  await userEvent.keyboard('{F2}New{Enter}');

  await screen.findByRole('link', { name: 'New' });
  expect(asked.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
});

it('deletes only after there was time to undo it', async () => {
  // What is deleted stays hidden as long as the page is there.
  const gone = { ...TWO, id: 'gone', title: 'Gone' };
  history.replaceState(null, '', '/c/gone');
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  const asked = serve([ONE, gone], ({ method }) => (method === 'DELETE' ? new Response(null, { status: 204 }) : null));
  const deleted = () => asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  renderInPage(<ConversationList />);
  (await screen.findByRole('link', { name: /Gone/ })).focus();

  await user.keyboard('{Delete}');
  expect(listed()).toEqual(['One']);
  expect(location.pathname).toBe('/');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(listed()).toEqual(['One', 'Gone']);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(deleted()).toEqual([]);

  (await screen.findByRole('link', { name: /Gone/ })).focus();
  await user.keyboard('{Delete}');
  await act(() => vi.advanceTimersByTimeAsync(7000));
  expect(deleted()).toEqual([]);
  await act(() => vi.advanceTimersByTimeAsync(2000));

  expect(deleted()).toEqual(['/api/conversations/gone']);
  expect(listed()).toEqual(['One']);
});

it('moves archived conversations to a list of their own', async () => {
  let now = ONE;
  serve([], ({ method, path }) => {
    if (method === 'PATCH') {
      now = { ...ONE, archived: true };
      return Response.json(now);
    }
    return Response.json({ conversations: path.includes(`archived=${now.archived}`) ? [now] : [], next: null });
  });
  renderInPage(<ConversationList />);
  await screen.findByRole('link', { name: 'One' });

  await userEvent.click(screen.getByRole('button', { name: 'Actions for One' }));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Archive' }));
  expect(await screen.findByText(/No conversations yet/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Show archived conversations' }));

  expect(await screen.findByRole('link', { name: 'One' })).toBeTruthy();
});

it('searches for the last words alone and links to the message', async () => {
  const asked = serve([ONE, TWO], ({ path }) =>
    path.includes('/search?q=cap&')
      ? new Promise(() => undefined)
      : path.includes('/search')
        ? Response.json({ hits: [{ conversation: TWO, message_id: 'm 1', excerpt: 'its capital is <b>' }], next: null })
        : null,
  );
  renderInPage(<ConversationList />);
  const field = await screen.findByRole('textbox', { name: 'Search' });

  await userEvent.type(field, 'cap');
  await waitFor(() => {
    expect(asked.some(({ path }) => path.includes('/search?q=cap&'))).toBe(true);
  });
  await userEvent.type(field, 'ital');
  const hit = await screen.findByRole('link', { name: /its capital is <b>/ });

  expect(hit.getAttribute('href')).toBe('/c/two?m=m%201');
  expect(hit.querySelector('mark')?.textContent).toBe('capital');
  expect(asked.find(({ path }) => path.includes('q=cap&'))?.signal?.aborted).toBe(true);
  await userEvent.type(field, '{Escape}');
  expect(listed()).toEqual(['One', 'Two']);
});

it('moves through the rows with the arrows', async () => {
  serve([ONE, TWO]);
  renderInPage(<ConversationList />);
  const first = await screen.findByRole('link', { name: 'One' });

  first.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Two');
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Two');
  await userEvent.keyboard('{Home}');

  expect(document.activeElement).toBe(first);
  expect(first.tabIndex).toBe(0);
  expect(screen.getByRole('link', { name: /Two/ }).tabIndex).toBe(-1);
});
