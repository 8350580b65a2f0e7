import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import { ToastsProvider, useToast, type Toast } from './Toasts';

let show: (toast: Toast) => void;

function Part() {
  const toast = useToast();
  return (
    <button
      ref={() => {
        show = toast;
      }}
    >
      Part
    </button>
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  render(
    <ToastsProvider>
      <Part />
    </ToastsProvider>,
  );
});

function pass(millis: number): void {
  act(() => {
    vi.advanceTimersByTime(millis);
  });
}

function say(toast: Toast): void {
  act(() => {
    show(toast);
  });
}

it('goes away by itself, and says so', () => {
  const onGone = vi.fn();
  say({ text: 'Deleted.', onGone });

  pass(7900);
  expect(onGone).not.toHaveBeenCalled();
  pass(200);

  expect(onGone).toHaveBeenCalledOnce();
  expect(screen.queryByText('Deleted.')).toBeNull();
});

it('stays while it is pointed at or has the focus, which returns to where it was', () => {
  const run = vi.fn();
  const onGone = vi.fn();
  say({ text: 'Deleted.', action: { label: 'Undo', run }, onGone });
  const part = screen.getByRole('button', { name: 'Part' });
  const undo = screen.getByRole('button', { name: 'Undo' });

  fireEvent.pointerEnter(undo);
  pass(20_000);
  fireEvent.pointerLeave(undo);
  act(() => {
    part.focus();
    undo.focus();
  });
  pass(20_000);
  fireEvent.click(undo);

  expect(run).toHaveBeenCalledOnce();
  expect(onGone).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(part);
});

it('lets the oldest go when there are many', () => {
  const gone: number[] = [];
  for (let index = 0; index < 6; index++) {
    say({ text: `${index}`, onGone: () => gone.push(index) });
  }

  expect(gone).toEqual([0, 1]);
  expect(screen.getByRole('status').children).toHaveLength(4);
});
