import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/**/*.corpus.test.ts'] } },
      { extends: true, test: { name: 'corpus', include: ['test/**/*.corpus.test.ts'], testTimeout: 120_000 } },
    ],
  },
});
