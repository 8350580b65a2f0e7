import { gzipSync } from 'node:zlib';

import type { APIRequestContext } from '@playwright/test';

import { expect, test } from '../support/test.ts';

const FIRST_LOAD_BYTES = 300_000;

test('the first load is small, and leaves out what few messages need', async ({ request }) => {
  const scripts = await firstLoad(request);

  const bytes = scripts.map((script) => gzipSync(script).length).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  // Something that only these libraries have in them.
  expect(scripts.filter((script) => script.includes('KaTeX parse error'))).toEqual([]);
  expect(scripts.filter((script) => script.includes('VBScript'))).toEqual([]);
});

/** The scripts that a browser gets before the page does anything: the entry with all that it imports statically. */
async function firstLoad(request: APIRequestContext): Promise<readonly string[]> {
  const index = await (await request.get('/')).text();
  const waiting = Array.from(index.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g), ([, path = '']) => path);
  const read = new Map<string, string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (!read.has(path)) {
      const script = await (await request.get(path)).text();
      read.set(path, script);
      const imported = script.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g);
      waiting.push(...Array.from(imported, ([, name = '']) => `/assets/${name}`));
    }
  }
  return [...read.values()];
}
