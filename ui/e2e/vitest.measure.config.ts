import { defineConfig } from 'vitest/config';

/** What `make bench` measures of the window: one after another, with the machine to itself. */
export default defineConfig({
  root: import.meta.dirname,
  test: {
    environment: 'node',
    include: ['measure/*.bench.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
