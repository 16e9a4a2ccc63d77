import { defineConfig } from 'vitest/config';

/** One walk after another: they share a screen. What hangs is ended; nothing else here is about time. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    environment: 'node',
    include: ['walks/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    bail: process.env.CI === 'true' ? 0 : 1,
  },
});
