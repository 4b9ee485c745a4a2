/**
 * `npm run bench`: measures on generated data, prints tables, writes them to `bench/` and to the tables of `docs/performance.md`;
 * `npm run bench -- events`: the detectors alone, with exit code 1 where an aim is missed; `--seed N` makes other series.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatDetectors, missesOf } from './detector-table.ts';
import { compareEvents, formatConfusion } from './events.ts';
import { benchIngest } from './ingest.ts';
import { benchNights } from './nights.ts';
import { benchQueries } from './queries.ts';
import { formatTable, writeDocs, type BenchRow } from './report.ts';
import { benchRollUp } from './roll-up.ts';
import { runDetectors } from './run-detectors.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCRATCH = path.join(ROOT, '.cache/bench');

function runCommand(...args: readonly string[]): void {
  const done = spawnSync(process.execPath, ['data-build/cli.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (done.status !== 0) {
    throw new Error(
      `data-build/cli.ts ${args.join(' ')} ended with ${String(done.status)}. Run it by hand to see why.`,
    );
  }
}

function runNode(env: Readonly<Record<string, string>>, ...args: readonly string[]): void {
  const done = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  if (done.status !== 0)
    throw new Error(
      `${args.join(' ')} ended with ${String(done.status)}. Run it by hand to see why.`,
    );
}

const dumps = path.join(SCRATCH, 'dumps');
const data = path.join(SCRATCH, 'data');
mkdirSync(SCRATCH, { recursive: true });
mkdirSync(path.join(ROOT, 'bench'), { recursive: true });
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1000' } },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed))
  throw new Error(`--seed ${values.seed} is no whole number. Give one, as in --seed 7000.`);
const detectors = await runDetectors(seed);
writeFileSync(path.join(ROOT, 'bench/detectors.json'), `${JSON.stringify(detectors, null, 2)}\n`);
console.log(`${formatDetectors(detectors, seed)}\n`);
if (detectors.some((row) => missesOf(row).length > 0)) process.exitCode = 1;
if (!positionals.includes('events')) await benchAll();

async function benchAll(): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  if (!existsSync(dumps)) runCommand('sample', '--size', 'small', '--out', dumps);
  const ingest = await benchIngest(SCRATCH);
  runCommand('data', '--dumps', dumps, '--out', data);
  const rollUp = await benchRollUp(SCRATCH);
  const nights = await benchNights(SCRATCH);
  const rows = [...ingest, ...rollUp, ...nights, ...(await benchQueries(data))];
  const events = await compareEvents(dumps, data, SCRATCH);

  const [processor] = cpus();
  const machine = {
    node: process.version,
    cores: cpus().length,
    processor: processor?.model ?? 'unknown',
  };
  console.log(
    `${machine.processor}, ${machine.cores} cores, Node.js ${machine.node}\n\n${formatTable(rows)}\n\n${formatConfusion(events)}`,
  );
  const dist = path.join(SCRATCH, 'dist');
  runNode(
    { DATA_DIR: data, PICTURES: 'off' },
    'node_modules/astro/bin/astro.mjs',
    'build',
    '--outDir',
    dist,
  );
  runNode({}, 'tests/e2e/time-pages.ts', dist);
  const pages: readonly BenchRow[] = JSON.parse(
    readFileSync(path.join(ROOT, 'bench/pages.json'), 'utf8'),
  );
  const docs = path.join(ROOT, 'docs/performance.md');
  writeDocs(docs, 'reader', pages);
  writeDocs(docs, 'build', rows);
  writeFileSync(
    path.join(ROOT, 'bench/results.json'),
    `${JSON.stringify({ machine, rows, events }, null, 2)}\n`,
  );
}
