import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

import { FakeResizeObserver } from './FakeResizeObserver';

configure({ asyncUtilTimeout: 30_000 });

beforeEach(() => {
  vi.stubGlobal('ResizeObserver', FakeResizeObserver);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
