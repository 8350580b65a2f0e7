import { beforeEach, expect, it, vi } from 'vitest';

import type { ConversationChange } from '../api/conversations';
import type { Failure } from '../api/failure';
import { PendingChanges } from './PendingChanges';

beforeEach(() => {
  vi.useFakeTimers();
});

/** A server that answers when the test says so. */
function aServer() {
  const sent: ConversationChange[] = [];
  const answers: ((failure: Failure | null) => void)[] = [];
  const pending = new PendingChanges((change) => {
    sent.push(change);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async (failure: Failure | null): Promise<void> => {
    answers.shift()?.(failure);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { pending, sent, answer };
}

it('shows a change at once and sends it when it rests', async () => {
  const { pending, sent } = aServer();

  pending.add({ temperature: 0.5 });
  await vi.advanceTimersByTimeAsync(400);
  pending.add({ temperature: 0.6 });
  await vi.advanceTimersByTimeAsync(400);

  expect(pending.get().change).toEqual({ temperature: 0.6 });
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(sent).toEqual([{ temperature: 0.6 }]);
});

it('sends changes that come together in one request', async () => {
  const { pending, sent } = aServer();

  pending.add({ temperature: 0.5 });
  pending.add({ top_p: null });
  await vi.runAllTimersAsync();

  expect(sent).toEqual([{ temperature: 0.5, top_p: null }]);
});

it('goes on showing what is sent until the server has taken it', async () => {
  const { pending, answer } = aServer();
  pending.add({ temperature: 0.5 });
  pending.flush();

  expect(pending.get().change).toEqual({ temperature: 0.5 });
  await answer(null);

  expect(pending.get()).toEqual({ change: {}, refused: null });
});

it('sends one request after the other', async () => {
  const { pending, sent, answer } = aServer();
  pending.add({ temperature: 0.5 });
  pending.flush();
  pending.add({ temperature: 0.7 });
  pending.flush();

  expect(sent).toEqual([{ temperature: 0.5 }]);
  await answer(null);

  expect(sent).toEqual([{ temperature: 0.5 }, { temperature: 0.7 }]);
  expect(pending.get().change).toEqual({ temperature: 0.7 });
});

it('rolls back what was refused, tells why at the field, and keeps what came later', async () => {
  const { pending, answer } = aServer();
  const failure: Failure = { kind: 'refused', message: "'top_p' must be above 0 and at most 1, but is 7." };
  pending.add({ temperature: 0.5, top_p: 7 });
  pending.flush();
  pending.add({ seed: 1 });

  await answer(failure);

  expect(pending.get()).toEqual({ change: { seed: 1 }, refused: { names: ['top_p'], failure } });
});

it('blames all fields where the server names none', async () => {
  const { pending, answer } = aServer();
  pending.add({ temperature: 0.5, top_p: 1 });
  pending.flush();

  await answer({ kind: 'changed' });

  expect(pending.get().refused?.names).toEqual(['temperature', 'top_p']);
});

it('forgets a refusal with the next change', async () => {
  const { pending, answer } = aServer();
  pending.add({ temperature: 0.5 });
  pending.flush();
  await answer({ kind: 'unreachable' });

  pending.add({ temperature: 0.6 });

  expect(pending.get().refused).toBeNull();
});
