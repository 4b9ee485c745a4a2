/** `npm test`: every check that CI makes, in order of cost, each under its own heading. Stops at the first failure. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORT = path.join(ROOT, '.cache/vitest.json');

/** Milliseconds after which a step counts as hanging. */
const LONGEST = 25 * 60_000;

interface Step {
  readonly heading: string;
  readonly command: readonly [string, ...string[]];
}

const STEPS: readonly Step[] = [
  { heading: 'Browser', command: ['node', 'tests/support/ensure-browser.ts'] },
  { heading: 'Types', command: ['npm', 'run', '--silent', 'types'] },
  { heading: 'Lint', command: ['npm', 'run', '--silent', 'lint'] },
  { heading: 'Format', command: ['npm', 'run', '--silent', 'format-check'] },
  { heading: 'Dead code', command: ['npm', 'run', '--silent', 'dead-code'] },
  {
    heading: 'Tests: units, whole builds, pages in a browser, budgets',
    command: [
      'npm',
      'run',
      '--silent',
      'unit',
      '--',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORT}`,
    ],
  },
];

function runStep(step: Step, place: string): boolean {
  console.log(`\n== ${place} ${step.heading}`);
  const began = performance.now();
  const [command, ...args] = step.command;
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LONGEST,
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const good = done.status === 0;
  console.log(`== ${step.heading}: ${good ? 'passed' : 'FAILED'} in ${seconds} s`);
  return good;
}

/** `N passed, N failed, N skipped`, read from vitest's report; null when it wrote none. */
function formatCounts(): string | null {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return null;
  }
  const count = (key: string): number => {
    const value: unknown =
      typeof report === 'object' && report !== null ? Reflect.get(report, key) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  const skipped = count('numPendingTests') + count('numTodoTests');
  return `${count('numPassedTests')} passed, ${count('numFailedTests')} failed, ${skipped} skipped`;
}

mkdirSync(path.dirname(REPORT), { recursive: true });
rmSync(REPORT, { force: true });
const failed = STEPS.find((step, index) => !runStep(step, `${index + 1}/${STEPS.length}`));
const counts = formatCounts();
if (counts !== null) console.log(`\n${counts}`);
if (failed !== undefined) {
  console.error(
    `\nStopped at "${failed.heading}". Run \`${failed.command.join(' ')}\` alone to see only that.`,
  );
  process.exitCode = 1;
}
