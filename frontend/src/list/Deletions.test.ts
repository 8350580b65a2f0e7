import { expect, it, vi } from 'vitest';

import { Deletions } from './Deletions';

it('hides at once, and deletes when it is too late to undo', async () => {
  const remove = vi.fn(() => Promise.resolve());
  const deletions = new Deletions(remove);
  const onFailed = vi.fn();

  deletions.begin('c1', onFailed);
  expect([...deletions.getHidden()]).toEqual(['c1']);
  expect(remove).not.toHaveBeenCalled();
  await deletions.finish('c1');
  await deletions.finish('c1');

  expect(remove.mock.calls).toEqual([['c1']]);
  expect([...deletions.getHidden()]).toEqual(['c1']);
  expect(onFailed).not.toHaveBeenCalled();
});

it('deletes nothing that was undone', async () => {
  const remove = vi.fn(() => Promise.resolve());
  const deletions = new Deletions(remove);

  deletions.begin('c1', vi.fn());
  deletions.undo('c1');
  await deletions.finish('c1');
  await deletions.finishAll();

  expect(remove).not.toHaveBeenCalled();
  expect(deletions.getHidden().size).toBe(0);
});

it('shows again what the server did not delete', async () => {
  const deletions = new Deletions(() => Promise.reject(new Error('away')));
  const onFailed = vi.fn();
  const onChange = vi.fn();

  deletions.begin('c1', onFailed);
  deletions.subscribe(onChange);
  await deletions.finish('c1');

  expect(deletions.getHidden().size).toBe(0);
  expect(onFailed).toHaveBeenCalledWith(new Error('away'));
  expect(onChange).toHaveBeenCalledOnce();
});

it('cannot undo what is on its way', () => {
  const deletions = new Deletions(() => new Promise(() => undefined));

  deletions.begin('c1', vi.fn());
  void deletions.finish('c1');
  deletions.undo('c1');

  expect(deletions.getHidden().has('c1')).toBe(true);
});
