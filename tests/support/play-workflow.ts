/**
 * Plays a workflow of GitHub Actions on this machine, as far as ours use them: jobs in the order of their needs, a matrix of
 * shards one after the other, artifacts as folders. Each job has a fresh checkout, always at the same path, as there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { copyTree } from './other-machine.ts';
import { ROOT } from './site-build.ts';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
}
interface Job {
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } };
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

function readWorkflow(file: string): Workflow {
  const read: unknown = parse(readFileSync(path.join(ROOT, file), 'utf8'));
  if (!isWorkflow(read)) throw new Error(`${file} has no jobs.`);
  return read;
}

function isWorkflow(read: unknown): read is Workflow {
  return typeof read === 'object' && read !== null && 'jobs' in read;
}

export interface Stage {
  /** Where every job has its checkout. */
  readonly checkout: string;
  /** Artifacts by name; those of jobs that are not played lie here already. */
  readonly artifacts: string;
  /** Told of each job, then of what its steps print. */
  readonly log: (line: string) => void;
}

/** Plays the jobs that `isPlayed` names. Throws where a step fails. */
export function playWorkflow(file: string, stage: Stage, isPlayed: (job: string) => boolean): void {
  const done = new Set<string>();
  const jobs = Object.entries(readWorkflow(file).jobs);
  for (const [name] of jobs) if (!isPlayed(name)) done.add(name);
  for (let before = -1; before !== done.size;) {
    before = done.size;
    for (const [name, job] of jobs) {
      if (done.has(name) || ![job.needs ?? []].flat().every((need) => done.has(need))) continue;
      if (job.uses === undefined) playJob(name, job, {}, stage);
      else
        for (const [own, called] of Object.entries(readWorkflow(job.uses).jobs))
          playJob(`${name} / ${own}`, called, job.with ?? {}, stage);
      done.add(name);
    }
  }
  const left = jobs.map(([name]) => name).filter((name) => !done.has(name));
  if (left.length > 0) throw new Error(`${left.join(', ')} need what no job is.`);
}

function playJob(
  name: string,
  { steps = [], strategy }: Job,
  inputs: Readonly<Record<string, string>>,
  stage: Stage,
): void {
  const shards = strategy?.matrix.shard ?? [null];
  for (const shard of shards) {
    stage.log(`${name}${shard === null ? '' : ` ${String(shard)}`}`);
    rmSync(stage.checkout, { recursive: true, force: true });
    const values: Readonly<Record<string, string>> = {
      'matrix.shard': String(shard),
      'strategy.job-total': String(shards.length),
      ...Object.fromEntries(Object.entries(inputs).map(([key, text]) => [`inputs.${key}`, text])),
    };
    const fill = (text: string): string =>
      text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (whole, key: string) => {
        const value = values[key];
        if (value === undefined) throw new Error(`${whole} is not known to who plays ${name}.`);
        return value;
      });
    for (const step of steps) playStep(step, fill, stage);
  }
}

function playStep(step: Step, fill: (text: string) => string, stage: Stage): void {
  const { checkout } = stage;
  const given = (key: string): string => fill(String(step.with?.[key] ?? ''));
  const [action] = step.uses?.split('@') ?? [];
  switch (action) {
    case 'actions/checkout':
      // With the packages of this checkout, as after `npm ci`.
      copyTree(checkout);
      return;
    case 'actions/setup-node':
      return;
    case 'actions/download-artifact':
      download(stage, given('name'), given('pattern'), path.join(checkout, given('path')));
      return;
    case 'actions/upload-artifact':
      upload(stage, given('name'), given('path').trim().split('\n'));
      return;
    case undefined:
      if (step.run !== 'npm ci') stage.log(runIn(checkout, fill(step.run ?? '')));
      return;
    default:
      throw new Error(`${action} is not known to who plays a workflow.`);
  }
}

function download({ artifacts }: Stage, name: string, pattern: string, target: string): void {
  const start = pattern.replace(/\*$/, '');
  const wanted = existsSync(artifacts)
    ? readdirSync(artifacts).filter((one) => (name === '' ? one.startsWith(start) : one === name))
    : [];
  if (name !== '' && wanted.length === 0) throw new Error(`There is no artifact ${name}.`);
  mkdirSync(target, { recursive: true });
  for (const one of wanted) cpSync(path.join(artifacts, one), target, { recursive: true });
}

/** Several paths keep their place below the folder that all have in common. */
function upload({ artifacts, checkout }: Stage, name: string, paths: readonly string[]): void {
  const shared = paths.length === 1 ? (paths[0] ?? '') : path.dirname(paths[0] ?? '');
  for (const one of paths) {
    const from = path.join(checkout, one);
    if (!existsSync(from)) continue;
    cpSync(from, path.join(artifacts, name, path.relative(shared, one)), { recursive: true });
  }
}

function runIn(folder: string, script: string): string {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${script} ended with ${String(status)}:\n${stdout}\n${stderr}`);
  return stdout;
}
