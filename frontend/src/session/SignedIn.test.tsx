import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { renderInPage } from '../../test/inPage';
import { noteAnswer } from '../api/connection';
import { request } from '../api/request';
import type { Session } from '../api/types';
import { SignedIn } from './SignedIn';

const OPEN: Session = { key_required: false, signed_in: true, name: 'local', role: 'admin' };
const OUT: Session = { key_required: true, signed_in: false, name: null, role: null };
const IN: Session = { key_required: true, signed_in: true, name: 'ada', role: 'user' };

/** A server whose answer to who is signed in changes with each request to sign in. */
function serve(first: () => Response, onSignIn: (key: string) => Response = () => Response.json(IN)): void {
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (path !== '/api/session') {
      return Promise.resolve(new Response(null, { status: 401 }));
    }
    const { key } = JSON.parse(typeof init.body === 'string' ? init.body : '{}') as { key?: string };
    return Promise.resolve(init.method === 'POST' ? onSignIn(key ?? '') : first());
  });
}

const page = (
  <SignedIn>
    <textarea aria-label="Draft" />
  </SignedIn>
);

async function signIn(key: string): Promise<void> {
  await userEvent.type(await screen.findByLabelText('API key'), key);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

beforeEach(() => {
  noteAnswer(200);
});

it('shows the page where no key is asked for', async () => {
  serve(() => Response.json(OPEN));

  renderInPage(page);

  expect(await screen.findByLabelText('Draft')).toBeTruthy();
});

it('shows the page of a server that knows of no keys', async () => {
  serve(() => new Response(null, { status: 404 }));

  renderInPage(page);

  expect(await screen.findByLabelText('Draft')).toBeTruthy();
});

it('asks for a key until it is right', async () => {
  serve(
    () => Response.json(OUT),
    (key) => (key === 'right' ? Response.json(IN) : new Response(null, { status: 401 })),
  );
  renderInPage(page);

  await signIn('wrong');
  expect(await screen.findByText('This key is not right, or has been revoked.')).toBeTruthy();
  expect(screen.queryByLabelText('Draft')).toBeNull();
  // The wrong one is selected, so what is typed takes its place.
  const field = screen.getByLabelText<HTMLInputElement>('API key');
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5]);
  await userEvent.clear(field);
  await signIn('right');

  expect(await screen.findByLabelText('Draft')).toBeTruthy();
  expect(screen.queryByLabelText('API key')).toBeNull();
});

it('counts down after too many tries', async () => {
  let tries = 0;
  serve(
    () => Response.json(OUT),
    () => {
      tries++;
      return new Response(null, { status: 429, headers: { 'Retry-After': '2' } });
    },
  );
  renderInPage(page);

  await signIn('guess');
  expect(await screen.findByText(/Too many tries. Trying again in 2 seconds|Too many tries. Try again in/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(tries).toBe(1);
  await screen.findByText('Too many tries.');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(tries).toBe(2);
});

it('asks over the page when the key is taken no longer, and loses nothing', async () => {
  serve(() => Response.json(IN));
  renderInPage(page);
  await userEvent.type(await screen.findByLabelText('Draft'), 'half a thought');

  await act(() => request('/api/conversations').catch(() => undefined));
  expect(await screen.findByText(/Your key is taken no longer/)).toBeTruthy();
  await signIn('right');

  expect(screen.queryByLabelText('API key')).toBeNull();
  expect(screen.getByLabelText<HTMLTextAreaElement>('Draft').value).toBe('half a thought');
});

it('shows another person nothing of what was written before', async () => {
  serve(
    () => Response.json(IN),
    () => Response.json({ ...IN, name: 'grace' }),
  );
  renderInPage(page);
  await userEvent.type(await screen.findByLabelText('Draft'), 'half a thought');

  await act(() => request('/api/conversations').catch(() => undefined));
  await signIn('right');

  expect((await screen.findByLabelText<HTMLTextAreaElement>('Draft')).value).toBe('');
});

it('goes on trying while the server is away', async () => {
  let away = true;
  vi.stubGlobal('fetch', () =>
    away ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(Response.json(OPEN)),
  );
  renderInPage(page);

  expect(await screen.findByText('The server cannot be reached')).toBeTruthy();
  away = false;

  expect(await screen.findByLabelText('Draft')).toBeTruthy();
});
