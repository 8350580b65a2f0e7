import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Drafts, MAX_DRAFTS, MAX_KEPT_CHARACTERS } from './drafts';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  localStorage.clear();
});

/** What a page that is opened now finds. */
function laterVisit(slot: string): string {
  return new Drafts().get(slot);
}

it('keeps each conversation its own draft from visit to visit', () => {
  const drafts = new Drafts();
  drafts.set('new', 'Hello');
  drafts.set('c1', 'Bonjour');

  vi.runAllTimers();

  expect([laterVisit('new'), laterVisit('c1'), laterVisit('c2')]).toEqual(['Hello', 'Bonjour', '']);
});

it('keeps what was typed right before the page is left', () => {
  const drafts = new Drafts();
  drafts.set('c1', 'half a sen');

  window.dispatchEvent(new Event('pagehide'));

  expect(laterVisit('c1')).toBe('half a sen');
});

it('keeps nothing of a draft that was sent', () => {
  const drafts = new Drafts();
  drafts.set('c1', 'Hello');
  vi.runAllTimers();

  drafts.set('c1', '');
  vi.runAllTimers();

  expect(localStorage).toHaveLength(0);
});

it('gives up the oldest drafts when there are too many', () => {
  const drafts = new Drafts();

  for (let number = 0; number < MAX_DRAFTS + 5; number++) {
    vi.setSystemTime(number);
    drafts.set(`c${number}`, 'text');
    drafts.flush();
  }

  expect(localStorage).toHaveLength(MAX_DRAFTS);
  expect([laterVisit('c4'), laterVisit('c5')]).toEqual(['', 'text']);
});

it('keeps the beginning of a draft that is too long, and all of it while the page is open', () => {
  const drafts = new Drafts();
  const text = 'x'.repeat(MAX_KEPT_CHARACTERS + 1);
  drafts.set('c1', text);
  drafts.flush();

  expect(drafts.get('c1')).toBe(text);
  expect(laterVisit('c1')).toHaveLength(MAX_KEPT_CHARACTERS);
});

it('makes room among older drafts where the browser has none', () => {
  const drafts = new Drafts();
  drafts.set('old', 'text');
  drafts.flush();
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });

  drafts.set('c1', 'newer');
  drafts.flush();

  expect(full).toHaveBeenCalledTimes(2);
  expect([laterVisit('old'), laterVisit('c1')]).toEqual(['', 'newer']);
});

it('holds drafts for the visit where the browser forbids storage', () => {
  const forbid = (): never => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(forbid);
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(forbid);
  const drafts = new Drafts();

  drafts.set('c1', 'Hello');
  drafts.flush();

  expect(drafts.get('c1')).toBe('Hello');
});

it('takes no harm from what others have written under its names', () => {
  localStorage.setItem('corral.draft.a', '{');
  localStorage.setItem('corral.draft.b', '{"text": 7}');

  expect([laterVisit('a'), laterVisit('b')]).toEqual(['', '']);
});

it('shows what another tab writes, but not over what is being written here', () => {
  const drafts = new Drafts();
  drafts.set('mine', 'typing');
  const written = (slot: string, text: string): StorageEvent =>
    new StorageEvent('storage', { key: `corral.draft.${slot}`, newValue: JSON.stringify({ text, at: 1 }) });

  window.dispatchEvent(written('mine', 'elsewhere'));
  window.dispatchEvent(written('other', 'elsewhere'));

  expect([drafts.get('mine'), drafts.get('other')]).toEqual(['typing', 'elsewhere']);
});

it('puts back what was not taken before what was typed since', () => {
  const drafts = new Drafts();
  drafts.set('c1', 'second');

  drafts.putBack('c1', 'first');

  expect(drafts.get('c1')).toBe('first\n\nsecond');
});
