/**
 * `npm test`: every check that CI makes, each under its own heading; those before the tests two at a time. Stops at the
 * first failure. Ends with the slowest tests and files, and with one line that counts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { REPORT_FILE, type RunReport, type Timed } from './support/run-report.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Milliseconds after which a step counts as hanging. */
const LONGEST = 45 * 60_000;

interface Step {
  readonly heading: string;
  readonly command: readonly [string, ...string[]];
  /** Runs beside its neighbor that says the same. */
  readonly beside?: true;
}

const STEPS: readonly Step[] = [
  { heading: 'Browser', command: ['node', 'tests/support/ensure-browser.ts'] },
  // The longest first: what runs beside it is done by then.
  { heading: 'Sites', command: ['node', 'tests/support/build-sites.ts'], beside: true },
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
      '--reporter=tests/support/run-report.ts',
    ],
  },
];

/** Steps that run now, with what they have printed so far. */
const running = new Map<ChildProcess, { readonly step: Step; printed: string }>();

/** Runs a step; what it prints is held back until it ends where another one runs beside it. */
async function runStep(step: Step, place: string, beside: boolean): Promise<boolean> {
  console.log(beside ? `== ${place} ${step.heading}: begins` : `\n== ${place} ${step.heading}`);
  const began = performance.now();
  const [command, ...args] = step.command;
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', beside ? 'pipe' : 'inherit', beside ? 'pipe' : 'inherit'],
    timeout: LONGEST,
  });
  const own = { step, printed: '' };
  running.set(child, own);
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      own.printed += text;
    });
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      own.printed += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  running.delete(child);
  if (beside) console.log(`\n== ${place} ${step.heading}\n${own.printed.trimEnd()}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${step.heading}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return status === 0;
}

/** Whoever stops the run sees how far each step was, and no step goes on alone. */
function stop(signal: NodeJS.Signals): void {
  for (const [child, { step, printed }] of running) {
    console.error(`\n== ${step.heading}: stopped\n${printed.trimEnd()}`);
    child.kill(signal);
  }
  process.exitCode = 1;
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

/** What the tests say of themselves; null when they did not come to their end. */
function readReport(): RunReport | null {
  try {
    const report: RunReport = JSON.parse(readFileSync(REPORT_FILE, 'utf8'));
    return report;
  } catch {
    return null;
  }
}

function formatSlowest(what: string, all: readonly Timed[]): string {
  const lines = all.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return [`\nSlowest ${what}:`, ...lines].join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
rmSync(REPORT_FILE, { force: true });
const failed = await findFailed();
const report = readReport();
if (report !== null) {
  console.log(formatSlowest('files, with their hooks', report.slowestFiles));
  console.log(formatSlowest('tests', report.slowestTests));
}
if (failed !== undefined) {
  console.error(
    `\nStopped at "${failed.heading}". Run \`${failed.command.join(' ')}\` alone to see only that.`,
  );
  process.exitCode = 1;
}
if (report !== null)
  console.log(`\n${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
