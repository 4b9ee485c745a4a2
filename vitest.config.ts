import { defineConfig } from 'vitest/config';

const PURE = [
  'contract',
  'parse',
  'normalize',
  'score',
  'catalog',
  'state',
  'view',
  'charts',
  'figures',
  'export',
  'i18n',
  'render',
].map((folder) => `tests/${folder}/**/*.test.ts`);
const DOM = ['tests/dom/**/*.test.ts'];
const PAGES = ['tests/e2e/**/*.test.ts'];

/** Groups run one after another, so that browsers and whole builds do not fight over two cores. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      { test: { name: 'pure', include: PURE, testTimeout: 20_000, sequence: { groupOrder: 0 } } },
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...PURE, ...DOM, ...PAGES],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'dom',
          include: DOM,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'pages',
          include: PAGES,
          globalSetup: ['tests/support/sample-site.ts'],
          // A browser that draws and a test that waits for it share two cores well; more do not.
          maxWorkers: 2,
          // Drawing takes as long as a busy machine needs; a second is too short.
          expect: { poll: { timeout: 15_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
