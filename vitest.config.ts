import { availableParallelism } from 'node:os';
import { defineConfig, type UserWorkspaceConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { isLong } from './tests/support/long.ts';

const PURE = [
  'contract',
  'parse',
  'normalize',
  'publishers',
  'rollup/detectors',
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
/** Each builds a site of its own. */
const SITES = ['added-publisher', 'cc0-site', 'other-machine'].map(
  (name) => `tests/builds/${name}.test.ts`,
);

/** What takes minutes, and random tests with many more tries: `npm run test:long`. */
const LONG = ['tests/**/*.long.test.ts'];
const ALSO_LONG = [
  'tests/builds/forms.test.ts',
  'tests/builds/hostile-files.test.ts',
  'tests/convert/fuzz.test.ts',
  'tests/fuzz/fuzz.test.ts',
  'tests/query/fold.test.ts',
  'tests/rollup/kept-counts.test.ts',
  'tests/score/robustness.test.ts',
  'tests/write/added-day.test.ts',
];

/** In this order, from the longest: what takes more than half a minute. */
const SLOWEST = [
  'e2e/layout',
  'e2e/languages',
  'e2e/journeys',
  'e2e/figures',
  'e2e/real-data',
  'e2e/page-faults',
  'e2e/verify',
  'e2e/filter-bar',
  'write/earlier-releases',
  'write/build',
  'builds/cc0-site',
  'builds/other-machine',
  'write/unchanged',
  'write/added-day',
  'builds/forms',
  'convert/make-parts',
  'builds/added-publisher',
].map((name) => `/${name}.test.ts`);

/**
 * The slowest files begin first, so that no worker is left alone with one in the end. A fresh checkout knows no
 * durations, and by their size these files would begin last.
 */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = SLOWEST.findIndex((name) => moduleId.endsWith(name));
      return rank === -1 ? SLOWEST.length : rank;
    };
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

/** One core is left to others only where there are more than two. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Milliseconds after which a test hangs: builds that take a minute alone take six beside others. */
const PATIENCE = 600_000;

const DAILY: UserWorkspaceConfig[] = [
  {
    test: {
      name: 'pure',
      include: PURE,
      exclude: LONG,
      // Files leave nothing behind in modules, so they may share a worker: half the work is loading these.
      isolate: false,
      maxWorkers,
      testTimeout: PATIENCE,
      sequence: { groupOrder: 0 },
    },
  },
  {
    test: {
      name: 'node',
      include: ['tests/**/*.test.ts'],
      exclude: [...PURE, ...DOM, ...PAGES, ...SITES, ...LONG],
      isolate: false,
      maxWorkers,
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      sequence: { groupOrder: 0 },
    },
  },
  {
    test: {
      name: 'dom',
      include: DOM,
      maxWorkers,
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      sequence: { groupOrder: 0 },
    },
  },
  {
    test: {
      name: 'sites',
      include: SITES,
      isolate: false,
      maxWorkers,
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      sequence: { groupOrder: 0 },
    },
  },
  {
    test: {
      name: 'pages',
      include: PAGES,
      exclude: LONG,
      globalSetup: ['tests/support/sample-site.ts'],
      // Each file has a browser of its own; loading the modules again for each would take longer than the browser.
      isolate: false,
      // A browser that draws and a test that waits for it share two cores well; more do not.
      maxWorkers: 2,
      // Drawing takes as long as a busy machine needs; a second is too short.
      expect: { poll: { timeout: 45_000 } },
      testTimeout: PATIENCE,
      hookTimeout: PATIENCE,
      sequence: { groupOrder: 1 },
    },
  },
];

/** Groups run one after another, so that browsers and whole builds do not fight over two cores. */
export default defineConfig({
  test: {
    reporters: ['default'],
    globalSetup: ['tests/support/temporary-folder.ts'],
    sequence: { sequencer: SlowestFirst },
    projects: isLong
      ? [
          {
            test: {
              name: 'long',
              include: [...LONG, ...ALSO_LONG],
              maxWorkers: 2,
              testTimeout: 1_200_000,
              hookTimeout: 3_600_000,
            },
          },
        ]
      : DAILY,
  },
});
