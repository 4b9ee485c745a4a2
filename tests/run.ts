/**
 * `npm test`: every check that CI makes, each under its own heading, in two lanes that keep two processors busy: a page
 * test waits for its browser half of the time, and a build does not. The lane that is done first takes what is left. Stops at
 * the first failure. Ends with the slowest tests and files, and with one line that counts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  joinReports,
  reportFile,
  type RunPart,
  type RunReport,
  type Timed,
} from './support/run-report.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Milliseconds after which a step counts as hanging. */
const LONGEST = 45 * 60_000;

/** Dozens of processes and workers load the same files: types are taken out of each file once. */
const COMPILED = { NODE_COMPILE_CACHE: path.join(ROOT, '.cache/compiled') };

interface Step {
  readonly heading: string;
  readonly command: readonly [string, ...string[]];
  /** The part of the tests that it runs: it says line by line how far it is. */
  readonly tests?: RunPart;
}

function runTests(heading: string, part: RunPart, projects: readonly string[]): Step {
  const reporters = ['default', 'tests/support/run-report.ts'];
  const options = [
    ...projects.map((project) => `--project=${project}`),
    ...reporters.map((reporter) => `--reporter=${reporter}`),
  ];
  return { heading, command: ['npm', 'run', '--silent', 'unit', '--', ...options], tests: part };
}

const FIRST: Step = { heading: 'Browser', command: ['node', 'tests/support/ensure-browser.ts'] };
const LANES: readonly (readonly Step[])[] = [
  [
    { heading: 'Sites', command: ['node', 'tests/support/build-sites.ts'] },
    runTests('Pages in a browser, budgets', 'pages', ['pages']),
  ],
  [
    { heading: 'Types', command: ['npm', 'run', '--silent', 'types'] },
    { heading: 'Lint', command: ['npm', 'run', '--silent', 'lint'] },
    { heading: 'Format', command: ['npm', 'run', '--silent', 'format-check'] },
    { heading: 'Dead code', command: ['npm', 'run', '--silent', 'dead-code'] },
    runTests('Units, whole builds', 'units', ['pure', 'node', 'dom']),
  ],
];
/** What belongs to no lane: machines differ in which lane is done first. */
const LEFT: Step[] = [runTests('Sites of their own', 'sites', ['sites'])];
const PARTS: readonly RunPart[] = ['units', 'pages', 'sites'];

/** Steps that run now, with what they have printed and not yet shown. */
const running = new Map<ChildProcess, { readonly step: Step; printed: string }>();

/** The step that failed, if one did: what ran beside it was stopped. */
const failures: Step[] = [];

/** Runs a step; what it prints is held back until it ends, so that lanes do not talk at once. Tests say each line whole. */
async function runStep(step: Step): Promise<void> {
  console.log(`== ${step.heading}: begins`);
  const began = performance.now();
  const [command, ...args] = step.command;
  const child = spawn(command, args, {
    cwd: ROOT,
    env: {
      ...process.env,
      ...COMPILED,
      ...(step.tests === undefined ? {} : { TESTED_PART: step.tests }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST,
    // A group of its own, so that all that npm starts can be stopped.
    detached: true,
  });
  const own = { step, printed: '' };
  running.set(child, own);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      own.printed += text;
      if (step.tests === undefined) return;
      const whole = own.printed.lastIndexOf('\n') + 1;
      process.stdout.write(own.printed.slice(0, whole));
      own.printed = own.printed.slice(whole);
    });
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      own.printed += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  running.delete(child);
  if (process.exitCode === 1) return;
  console.log(`\n== ${step.heading}\n${own.printed.trimEnd()}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`== ${step.heading}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (status === 0) return;
  failures.push(step);
  stopAll('SIGTERM');
}

/** Whoever stops the run sees how far each step was, and no step goes on alone. */
function stopAll(signal: NodeJS.Signals): void {
  for (const [child, { step, printed }] of running) {
    console.error(`\n== ${step.heading}: stopped\n${printed.trimEnd()}`);
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  }
  process.exitCode = 1;
}

async function runLane(steps: readonly Step[]): Promise<void> {
  for (const step of steps) if (process.exitCode !== 1) await runStep(step);
  for (let step = LEFT.shift(); step !== undefined && process.exitCode !== 1; step = LEFT.shift())
    await runStep(step);
}

/** What a part of the tests says of itself; null when it did not come to its end. */
function readReport(part: RunPart): RunReport | null {
  try {
    const report: RunReport = JSON.parse(readFileSync(reportFile(part), 'utf8'));
    return report;
  } catch {
    return null;
  }
}

function formatSlowest(what: string, all: readonly Timed[]): string {
  const lines = all.map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return [`\nSlowest ${what}:`, ...lines].join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopAll);
for (const part of PARTS) rmSync(reportFile(part), { force: true });
await runStep(FIRST);
await Promise.all(LANES.map(runLane));
const reports = PARTS.map(readReport).filter((report) => report !== null);
const report = joinReports(reports);
if (reports.length > 0) {
  console.log(formatSlowest('files, with their hooks', report.slowestFiles));
  console.log(formatSlowest('tests', report.slowestTests));
}
for (const { heading, command } of failures)
  console.error(`\nStopped at "${heading}". Run \`${command.join(' ')}\` alone to see only that.`);
if (reports.length > 0)
  console.log(`\n${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`);
