import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{firmware,hal,boards,tools,test}/**/*.test.ts'],
    // Nothing here asserts a time; this only ends what hangs, on a machine that may be slow.
    testTimeout: 300_000,
    // Two cores: more workers only make each other slow.
    maxWorkers: 2,
  },
});
