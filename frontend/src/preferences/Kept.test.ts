import { beforeEach, expect, it, vi } from 'vitest';

import { numberOrNull } from '../api/json';
import { Kept } from './Kept';
import { changePreset, deletePreset, presets, savePreset } from './presets';
import { replyDefaults } from './replyDefaults';

const aNumber = (kept: unknown): number => numberOrNull(kept) ?? 1;

beforeEach(() => {
  localStorage.clear();
});

it('finds what an earlier visit has kept', () => {
  new Kept('n', aNumber).set(7);

  expect(new Kept('n', aNumber).get()).toBe(7);
});

it.each(['{', '"seven"', 'null', ''])('begins anew where it finds %j', (garbage) => {
  localStorage.setItem('n', garbage);

  expect(new Kept('n', aNumber).get()).toBe(1);
});

it('holds for the visit where the browser forbids storage', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  const kept = new Kept('n', aNumber);

  kept.set(7);

  expect(kept.get()).toBe(7);
});

it('tells of what another tab changes', () => {
  const kept = new Kept('n', aNumber);
  const listener = vi.fn();
  kept.subscribe(listener);

  window.dispatchEvent(new StorageEvent('storage', { key: 'n', newValue: '9' }));

  expect(kept.get()).toBe(9);
  expect(listener).toHaveBeenCalledOnce();
});

it('takes of kept defaults only what the server would take', () => {
  const kept = { model: 7, system: '', temperature: 3, top_k: 40, min_p: 'a', window: 'recap', stop: ['a', ''], other: 1 };

  window.dispatchEvent(new StorageEvent('storage', { key: 'corral.defaults', newValue: JSON.stringify(kept) }));

  expect(replyDefaults.get()).toEqual({ system: '', top_k: 40, window: 'recap' });
});

it('saves, renames and deletes system prompts by their names', () => {
  savePreset({ name: 'b', text: '1' });
  savePreset({ name: 'a', text: '2' });
  savePreset({ name: 'b', text: '3' });
  expect(presets.get()).toEqual([
    { name: 'a', text: '2' },
    { name: 'b', text: '3' },
  ]);

  changePreset('b', { name: 'c', text: '4' });
  deletePreset('a');

  expect(presets.get()).toEqual([{ name: 'c', text: '4' }]);
});
