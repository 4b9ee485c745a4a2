/**
 * `npm test`: every check that CI makes, in order of cost, each under its own heading; those of the text of the tree two
 * at a time. Stops at the first failure.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORT = path.join(ROOT, '.cache/vitest.json');

/** Milliseconds after which a step counts as hanging. */
const LONGEST = 25 * 60_000;

interface Step {
  readonly heading: string;
  readonly command: readonly [string, ...string[]];
  /** Runs beside its neighbor that says the same. */
  readonly beside?: true;
}

const STEPS: readonly Step[] = [
  { heading: 'Browser', command: ['node', 'tests/support/ensure-browser.ts'] },
  { heading: 'Types', command: ['npm', 'run', '--silent', 'types'], beside: true },
  { heading: 'Lint', command: ['npm', 'run', '--silent', 'lint'], beside: true },
  { heading: 'Format', command: ['npm', 'run', '--silent', 'format-check'], beside: true },
  { heading: 'Dead code', command: ['npm', 'run', '--silent', 'dead-code'], beside: true },
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

/** Runs a step; what it prints is held back until it ends where another one runs beside it. */
async function runStep(step: Step, place: string, beside: boolean): Promise<boolean> {
  if (!beside) console.log(`\n== ${place} ${step.heading}`);
  const began = performance.now();
  const [command, ...args] = step.command;
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', beside ? 'pipe' : 'inherit', beside ? 'pipe' : 'inherit'],
    timeout: LONGEST,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      printed += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (beside) console.log(`\n== ${place} ${step.heading}\n${printed.trimEnd()}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${step.heading}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return status === 0;
}

/** The first step that fails, or undefined. Neighbors that run beside each other keep two processors busy. */
async function findFailed(): Promise<Step | undefined> {
  const queue = STEPS.map((step, index) => ({ step, place: `${index + 1}/${STEPS.length}` }));
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const group = [next];
    while (next.step.beside === true && queue[0]?.step.beside === true)
      group.push(...queue.splice(0, 1));
    const failures: Step[] = [];
    await Promise.all(
      [0, 1].map(async () => {
        for (let own = group.shift(); own !== undefined; own = group.shift())
          if (!(await runStep(own.step, own.place, own.step.beside === true)))
            failures.push(own.step);
      }),
    );
    if (failures[0] !== undefined) return failures[0];
  }
  return undefined;
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
const failed = await findFailed();
const counts = formatCounts();
if (counts !== null) console.log(`\n${counts}`);
if (failed !== undefined) {
  console.error(
    `\nStopped at "${failed.heading}". Run \`${failed.command.join(' ')}\` alone to see only that.`,
  );
  process.exitCode = 1;
}
