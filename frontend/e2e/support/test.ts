import { test as base, expect, type BrowserContext } from '@playwright/test';

import { CorralServer } from './CorralServer.ts';

export interface ServerOptions {
  readonly server: CorralServer;
}

interface Watched {
  /** What no page may do, as far as it has happened: break the server's rules for it, fail, or ask the reader something. */
  readonly offences: string[];
}

/** A test with a server, in which every page must keep the rules. */
export const test = base.extend<Watched, ServerOptions>({
  server: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what is needed from the pattern
    async ({}, provide) => {
      const server = await CorralServer.run();
      await provide(server);
      await server.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ server }, provide) => {
    await provide(server.origin);
  },
  offences: [
    async ({ context }, provide) => {
      const offences: string[] = [];
      await watch(context, offences);
      await provide(offences);
      expect(offences).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Notes what the pages of a context do that they may not. */
export async function watch(context: BrowserContext, offences: string[]): Promise<void> {
  await context.exposeBinding('reportViolation', (_, violation: string) => {
    offences.push(violation);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { reportViolation } = window as unknown as { reportViolation: (violation: string) => void };
      reportViolation(`${violatedDirective} forbids ${blockedURI}`);
    });
  });
  context.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      offences.push(message.text());
    }
  });
  context.on('weberror', (error) => {
    offences.push(String(error.error()));
  });
  context.on('dialog', (dialog) => {
    offences.push(`The page asks: ${dialog.message()}`);
    void dialog.dismiss();
  });
}
