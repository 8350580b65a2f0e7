import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // The server's content security policy allows data: addresses for images alone.
  build: { assetsInlineLimit: 0 },
  server: { proxy: { '^/(v1|api|tokenize)': { target: process.env.CORRAL ?? 'http://localhost:8080', changeOrigin: false } } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    setupFiles: ['./test/setup.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
