/** What `npm test` says of a test run in the end: how many tests ended how, and which took longest. A vitest reporter. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { ROOT } from './site-build.ts';

/** Parts of the tests that run beside each other. */
export type RunPart = 'units' | 'pages' | 'sites';

/** Where a part of the tests says what came of it. */
export function reportFile(part: string): string {
  return path.join(ROOT, `.cache/test-run-${part}.json`);
}

export interface Timed {
  readonly name: string;
  readonly ms: number;
}

export interface RunReport {
  readonly passed: number;
  /** Tests, and files or hooks that failed outside of a test. */
  readonly failed: number;
  readonly skipped: number;
  readonly slowestTests: readonly Timed[];
  readonly slowestFiles: readonly Timed[];
}

const LISTED = 10;

/** Reports of several parts as one. */
export function joinReports(reports: readonly RunReport[]): RunReport {
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    reports.reduce((so, report) => so + report[key], 0);
  const slowest = (key: 'slowestTests' | 'slowestFiles'): readonly Timed[] =>
    reports
      .flatMap((report) => report[key])
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, LISTED);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    slowestTests: slowest('slowestTests'),
    slowestFiles: slowest('slowestFiles'),
  };
}

/** Seconds of hooks count for the file, as those of its tests do. */
export default class RunReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number =>
      tests.filter((test) => test.result().state === state).length;
    const outside = modules.reduce((sum, module) => sum + countErrors(module), unhandled.length);
    const report: RunReport = {
      passed: count('passed'),
      failed: count('failed') + outside,
      skipped: count('skipped') + count('pending'),
      slowestTests: toSlowest(tests, nameTest, (test) => test.diagnostic()?.duration ?? 0),
      slowestFiles: toSlowest(modules, nameFile, (module) => module.diagnostic().duration),
    };
    const file = reportFile(process.env['TESTED_PART'] ?? 'alone');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(report));
  }
}

function countErrors(module: TestModule): number {
  const suites = [...module.children.allSuites()];
  return [module, ...suites].reduce((sum, place) => sum + place.errors().length, 0);
}

function nameFile(module: TestModule): string {
  return path.relative(ROOT, module.moduleId);
}

function nameTest(test: TestCase): string {
  return `${nameFile(test.module)}: ${test.fullName}`;
}

function toSlowest<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  msOf: (one: T) => number,
): readonly Timed[] {
  return all
    .map((one) => ({ name: nameOf(one), ms: msOf(one) }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, LISTED);
}
