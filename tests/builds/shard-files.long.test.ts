/**
 * The ready files for several machines, run as they are: the workflow by a script that plays it, the Indexed Jobs by a
 * stand-in for `kubectl` that runs each pod, the arrays of jobs on a Slurm that is there. All make the bytes of one machine.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { copyTree } from '../support/other-machine.ts';
import { playWorkflow } from '../support/play-workflow.ts';
import { scratchFolder } from '../support/scratch.ts';
import { ROOT, runScript } from '../support/site-build.ts';
import { writeYearsOfTests } from '../support/years-of-tests.ts';

const root = scratchFolder('shard-files');
const dumps = path.join(root, 'dumps');
const sumsIn = (data: string): string => readFileSync(path.join(data, 'SHA256SUMS'), 'utf8');

/** A checkout with the scripts beside the docs. */
function checkOut(tree: string): void {
  copyTree(tree);
  cpSync(path.join(ROOT, 'docs/shards'), path.join(tree, 'docs/shards'), { recursive: true });
}

function run(
  tree: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): string {
  const { status, stdout, stderr } = spawnSync('bash', [script, ...args], {
    cwd: tree,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

/** What the build says that finds all made by the steps before. */
const ALL_MADE = 'Counted 0 of 33 cells of four weeks; 33 were kept.';

let alone = '';
beforeAll(async () => {
  await writeYearsOfTests(dumps);
  const data = path.join(root, 'data');
  await runScript(() => undefined, 'data', ['--dumps', dumps, '--out', data], {});
  alone = sumsIn(data);
});

describe('GitHub Actions', () => {
  it('fetches on one machine, shares the work, and joins it', () => {
    const artifacts = path.join(root, 'artifacts');
    cpSync(dumps, path.join(artifacts, 'dumps'), { recursive: true });
    const lines: string[] = [];
    const stage = {
      checkout: path.join(root, 'runner'),
      artifacts,
      log: (line: string) => {
        lines.push(line);
      },
    };
    // Without a network nothing is fetched.
    playWorkflow('.github/workflows/shards.yml', stage, (job) => job !== 'fetch');
    expect(lines.filter((line) => /^[\w/ ]+$/.test(line))).toEqual([
      ...['parts', 'picks', 'rows', 'counts'].flatMap((step) =>
        [1, 2, 3, 4].map((shard) => `${step} / shard ${String(shard)}`),
      ),
      'data',
    ]);
    expect(lines.join('\n')).toContain(ALL_MADE);
    expect(sumsIn(path.join(artifacts, 'data'))).toBe(alone);
  });
});

/** Runs the pods of an Indexed Job one after the other, with its volume at `VOLUME`, and knows which jobs are complete. */
const KUBECTL = `#!/usr/bin/env node
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync, existsSync } = require('node:fs');
const { parse } = require(process.env.PACKAGES + '/yaml');
const volume = process.env.VOLUME;
if (process.argv[2] === 'delete') process.exit(0);
if (process.argv[2] === 'wait') process.exit(existsSync(volume + '/done ' + process.argv.at(-1).split('/')[1]) ? 0 : 1);
const { kind, metadata, spec } = parse(readFileSync(0, 'utf8'));
if (kind !== 'Job' || spec.completionMode !== 'Indexed') throw new Error('This is no Indexed Job.');
const { command, args, workingDir, volumeMounts } = spec.template.spec.containers[0];
const place = (text) => text.replaceAll(volumeMounts[0].mountPath + '/', volume + '/');
for (let index = 0; index < spec.completions; index += 1)
  execFileSync(command[0], [...command.slice(1), ...args.map(place)], {
    cwd: place(workingDir),
    env: { ...process.env, JOB_COMPLETION_INDEX: String(index) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
writeFileSync(volume + '/done ' + metadata.name, '');
`;

describe('Kubernetes', () => {
  it('runs an Indexed Job for each step on a volume of all', () => {
    const volume = path.join(root, 'volume');
    checkOut(path.join(volume, 'atlas'));
    cpSync(dumps, path.join(volume, 'dumps'), { recursive: true });
    const tools = path.join(root, 'tools');
    mkdirSync(tools);
    writeFileSync(path.join(tools, 'kubectl'), KUBECTL);
    chmodSync(path.join(tools, 'kubectl'), 0o755);
    const printed = run(path.join(volume, 'atlas'), 'docs/shards/kubernetes.sh', [], {
      SHARDS: '3',
      PATH: `${tools}:${process.env['PATH'] ?? ''}`,
      PACKAGES: path.join(ROOT, 'node_modules'),
      VOLUME: volume,
    });
    expect(printed).toContain(ALL_MADE);
    expect(sumsIn(path.join(volume, 'data'))).toBe(alone);
  });
});

const slurm = spawnSync('sinfo', ['--noheader'], { encoding: 'utf8' });
const hasSlurm = slurm.status === 0 && slurm.stdout.trim() !== '';
if (!hasSlurm)
  console.log(
    'Skipped: no Slurm answers on this machine. Start slurmctld and slurmd to run the arrays of jobs.',
  );

describe.skipIf(!hasSlurm)('Slurm', () => {
  it('runs an array of jobs for each step, after the step before', async () => {
    const tree = path.join(root, 'cluster');
    checkOut(tree);
    const data = path.join(root, 'cluster-data');
    const given = ['--dumps', dumps, '--out', data];
    const job = run(tree, 'docs/shards/slurm.sh', given, { SHARDS: '3' }).trim();
    const state = (): string =>
      spawnSync('scontrol', ['show', 'job', job, '--oneliner'], { encoding: 'utf8' }).stdout;
    await expect
      .poll(state, { timeout: 600_000, interval: 1_000 })
      .toMatch(/JobState=(?:COMPLETED|FAILED|CANCELLED)/);
    expect(state()).toContain('JobState=COMPLETED');
    expect(readFileSync(path.join(tree, `slurm-${job}.out`), 'utf8')).toContain(ALL_MADE);
    expect(sumsIn(data)).toBe(alone);
  });
});
