import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { FakeResizeObserver } from '../../test/FakeResizeObserver';
import { useTail } from './useTail';

const VIEW_PIXELS = 100;

function Scrolled() {
  const { viewRef, contentRef, following, follow, letGo } = useTail();
  return (
    <div ref={viewRef} data-testid="view">
      <div ref={contentRef}>{following ? 'following' : 'let go'}</div>
      <button onClick={follow}>follow</button>
      <button onClick={letGo}>stay</button>
    </div>
  );
}

/** The document of the tests has no layout, so its measures are set by hand. */
function grow(view: HTMLElement, scrollHeight: number): void {
  Object.defineProperty(view, 'clientHeight', { configurable: true, value: VIEW_PIXELS });
  Object.defineProperty(view, 'scrollHeight', { configurable: true, value: scrollHeight });
  act(() => {
    FakeResizeObserver.resize();
  });
}

function scrollTo(view: HTMLElement, scrollTop: number): void {
  view.scrollTop = scrollTop;
  fireEvent.scroll(view);
}

let view: HTMLElement;

beforeEach(() => {
  render(<Scrolled />);
  view = screen.getByTestId('view');
  grow(view, 500);
  scrollTo(view, 400);
});

it('keeps the end in sight while the content grows', () => {
  grow(view, 600);

  expect(view.scrollTop).toBe(600);
});

it('lets go as soon as the reader scrolls up a little', () => {
  scrollTo(view, 390);
  grow(view, 600);

  expect(view.scrollTop).toBe(390);
  expect(screen.getByText('let go')).toBeDefined();
});

it('follows again once the reader is back at the end', () => {
  scrollTo(view, 300);
  scrollTo(view, 398);
  grow(view, 600);

  expect(view.scrollTop).toBe(600);
});

it('stays let go while the reader scrolls down but not to the end', () => {
  scrollTo(view, 100);
  scrollTo(view, 200);
  grow(view, 600);

  expect(view.scrollTop).toBe(200);
});

it('goes to the end and follows again on demand', () => {
  scrollTo(view, 100);
  fireEvent.click(screen.getByText('follow'));

  expect(view.scrollTop).toBe(500);
  expect(screen.getByText('following')).toBeDefined();
});

it('stays where it is on demand, until the end comes into sight by itself', () => {
  fireEvent.click(screen.getByText('stay'));
  grow(view, 600);

  expect(view.scrollTop).toBe(400);
  grow(view, 500);

  expect(screen.getByText('following')).toBeDefined();
});

it('has let go before that is drawn', () => {
  Object.defineProperty(view, 'scrollHeight', { configurable: true, value: 600 });
  act(() => {
    screen.getByText('stay').click();
    FakeResizeObserver.resize();
  });

  expect(view.scrollTop).toBe(400);
});
