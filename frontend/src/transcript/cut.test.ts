import { expect, it } from 'vitest';

import { A_WINDOW, SOME_FACTS, turns } from '../../test/messages';
import type { Message, WindowReport } from '../api/types';
import { cutOf } from './cut';

const CONTENTS = ['One?', 'One.', 'Two?', 'Two.', 'Three?', 'Three.'];

function withWindow(index: number, window: Partial<WindowReport>): readonly Message[] {
  return turns(...CONTENTS).map((message, at) =>
    at === index ? { ...message, reply: { ...SOME_FACTS, window: { ...A_WINDOW, ...window } } } : message,
  );
}

it('begins where the newest reply says', () => {
  const cut = cutOf({ messages: withWindow(5, { first_kept_id: 'm2', kept_messages: 3 }), live: null });

  expect(cut).toMatchObject({ firstId: 'm2', replyId: 'm5' });
});

it('is counted back from the reply where the server names no message', () => {
  expect(cutOf({ messages: withWindow(5, { kept_messages: 3 }), live: null })?.firstId).toBe('m2');
  expect(cutOf({ messages: withWindow(3, { kept_messages: 1 }), live: null })?.firstId).toBe('m2');
});

it('is not shown where it lies in messages that are not', () => {
  expect(cutOf({ messages: withWindow(5, { kept_messages: 40 }), live: null })?.firstId).toBeNull();
});

it('comes after the first turn where that stays', () => {
  const messages = withWindow(5, { policy: 'sink-shift', first_kept_id: 'm0', kept_messages: 3 });

  expect(cutOf({ messages, live: null })?.firstId).toBe('m4');
});

it('is none when the model had everything', () => {
  expect(cutOf({ messages: withWindow(5, { cut_messages: 0 }), live: null })).toBeNull();
  expect(cutOf({ messages: turns(...CONTENTS), live: null })).toBeNull();
});

it('follows the reply that is written now as soon as its window is known', () => {
  const live = { stage: { kind: 'queued' as const, position: null }, before: [], trouble: null };
  const messages = withWindow(3, { first_kept_id: 'm2' });

  expect(cutOf({ messages, live: { ...live, window: null } })?.firstId).toBe('m2');
  expect(cutOf({ messages, live: { ...live, window: { ...A_WINDOW, first_kept_id: 'm4' } } })).toMatchObject({
    firstId: 'm4',
    replyId: 'm5',
  });
});
