/** A build whose steps several machines share is the build of one machine, and finds all of it made. */
import { cpSync, readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeAhead } from '../../data-build/ahead.ts';
import { buildData } from '../../data-build/build.ts';
import { makeParts } from '../../data-build/convert/make-parts.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { STEPS, type Shard, type Step } from '../../data-build/shard.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { writeYearsOfTests } from '../support/years-of-tests.ts';

const OF = 2;
const root = scratchFolder('shards');
const dumps = path.join(root, 'dumps');
const out = path.join(root, 'data');
/** What the machines have in common between the steps. */
const common = path.join(root, 'common');
const OPTIONS = { edition: 'all', since: null, until: null, strict: false } as const;

function requestIn(cacheDir: string, shard: Shard | null) {
  return { dumps: [dumps], cacheDir, jobs: 1, shard, effects: recordEffects() };
}

/** On a machine of its own, which has what all had made before. */
async function runStep(shard: Shard, step: Step): Promise<readonly string[]> {
  const own = path.join(root, `machine-${String(shard.index)}`);
  cpSync(common, own, { recursive: true });
  const effects = recordEffects();
  if (step === 'parts') await makeParts({ ...requestIn(own, shard), effects });
  else
    await makeAhead(
      await readDumps(requestIn(own, null)),
      { out, cacheDir: own, ...OPTIONS },
      shard,
      step,
      effects,
    );
  return effects.lines;
}

async function build(cacheDir: string, into: string): Promise<readonly string[]> {
  const effects = recordEffects();
  const options = { out: into, cacheDir, ...OPTIONS };
  await buildData(() => readDumps(requestIn(cacheDir, null)), options, effects);
  return effects.lines;
}

const keptIn = (cacheDir: string): readonly string[] =>
  readdirSync(path.join(cacheDir, 'built'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => path.basename(name))
    .toSorted();

describe('a build in shards', () => {
  let alone: readonly string[] = [];
  const said = new Map<string, readonly string[]>();
  beforeAll(async () => {
    await writeYearsOfTests(dumps);
    alone = await build(path.join(root, 'alone'), path.join(root, 'data-alone'));
    await mkdir(common, { recursive: true });
    for (const step of STEPS) {
      for (let index = 1; index <= OF; index += 1)
        said.set(`${step} ${String(index)}`, await runStep({ index, of: OF }, step));
      for (let index = 1; index <= OF; index += 1)
        cpSync(path.join(root, `machine-${String(index)}`), common, { recursive: true });
    }
  });

  it('shares spans and cells among the machines', () => {
    const made = (step: Step) =>
      [1, 2].map(
        (index) =>
          said
            .get(`${step} ${String(index)}`)
            ?.at(-1)
            ?.split(' are in ')[0],
      );
    expect(made('picks')).toEqual(['picks: 2 of 3 spans of days', 'picks: 1 of 3 spans of days']);
    expect(made('rows')).toEqual(['rows: 2 of 3 spans of days', 'rows: 1 of 3 spans of days']);
    expect(made('counts')).toEqual([
      'counts: 17 of 33 cells of four weeks',
      'counts: 16 of 33 cells of four weeks',
    ]);
  });

  it('is byte for byte the build of one machine, which then makes nothing of it again', async () => {
    const ahead = keptIn(common);
    const lines = await build(common, out);
    const sums = (folder: string) => readFile(path.join(folder, 'SHA256SUMS'), 'utf8');
    expect(await sums(out)).toBe(await sums(path.join(root, 'data-alone')));
    expect(lines).toContain('Counted 0 of 33 cells of four weeks; 33 were kept.');
    expect(alone).toContain('Counted 33 of 33 cells of four weeks; 0 were kept.');
    expect(keptIn(common)).toEqual(ahead);
  });
});
