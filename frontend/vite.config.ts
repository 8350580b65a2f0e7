import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { fakeApi } from './test/fakeApi.ts';

/** Answers the API from `test/fakeApi.ts`, to look at the page without a server. */
function fakeServer(): Plugin {
  return {
    name: 'fake-server',
    configureServer: (server) => void server.middlewares.use(fakeApi),
    configurePreviewServer: (server) => void server.middlewares.use(fakeApi),
  };
}

export default defineConfig(({ mode }) => ({
  plugins: mode === 'fake' ? [react(), fakeServer()] : [react()],
  // The server's content security policy allows data: addresses for images alone.
  build: { assetsInlineLimit: 0 },
  server: { proxy: { '/v1': 'http://localhost:8080' } },
  test: {
    environment: 'jsdom',
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    setupFiles: ['./test/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
}));
