import { vi } from 'vitest';

/** Has these media queries hold, and no other. */
export function fakeMedia(...holding: readonly string[]): void {
  vi.stubGlobal('matchMedia', (query: string) =>
    Object.assign(new EventTarget(), { matches: holding.includes(query), media: query }),
  );
}
