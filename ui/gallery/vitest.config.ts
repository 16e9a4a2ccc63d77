import { defineConfig } from 'vitest/config';

/** Each picture takes seconds on a busy machine; what hangs is ended all the same. */
export default defineConfig({
  root: import.meta.dirname,
  test: { environment: 'node', include: ['*.test.ts'], testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false },
});
