import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{firmware,hal,boards,tools,test}/**/*.test.ts'],
    testTimeout: 120_000,
    // Two cores: more workers only make each other slow.
    maxWorkers: 2,
  },
});
