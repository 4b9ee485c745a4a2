/** The R client against a served release, where R is installed. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readingNotes } from '../../site/export/llms-text.ts';
import { serveHandData, type ServedData } from '../support/hand-data.ts';
import { isThere, runScript } from '../support/run-script.ts';

const CLIENT = path.resolve(import.meta.dirname, '../../clients/r');
const there = isThere('Rscript', ['--version']);
const skipped = there ? '' : ': skipped, Rscript is not installed';

let data: ServedData;
beforeAll(async () => {
  data = await serveHandData('r-client');
  writeFileSync(path.join(data.folder, 'reading.txt'), readingNotes(true).join('\n'));
});
afterAll(async () => {
  await data.server.close();
  await rm(data.folder, { recursive: true, force: true });
});

async function run(code: string): Promise<readonly string[]> {
  const [library, cache] = ['library', 'cache'].map((name) => {
    const folder = path.join(data.folder, name);
    mkdirSync(folder, { recursive: true });
    return JSON.stringify(folder);
  });
  const head = `if (!requireNamespace("atlasclient", lib.loc = ${library ?? ''}, quietly = TRUE))
  suppressMessages(install.packages(${JSON.stringify(CLIENT)}, lib = ${library ?? ''}, repos = NULL, type = "source", quiet = TRUE))
library(atlasclient, lib.loc = ${library ?? ''})
atlas <- atlas_open("${data.server.origin}/", cache = ${cache ?? ''})`;
  return (await runScript('Rscript', ['-'], `${head}\n${code}`)).trim().split('\n');
}

it.skipIf(!there)(
  `installs, reads a slice with its licence and caveats, and refuses one that was altered${skipped}`,
  async () => {
    const first =
      await run(`frame <- atlas_slice(atlas, "country", "NA", "interference_country_daily")
about <- atlas_about(frame)
cat(unique(frame$probe_cc), sum(frame$measurement_count), class(frame$day), about$licence, about$licence_url, length(about$caveats), sep = "\\n")
cat(about$release, grepl("OONI", about$attribution), nrow(atlas_slices(atlas)) > 3, sep = "\\n")`);
    expect(first).toEqual([
      'NA',
      '14',
      'Date',
      'CC-BY-NC-SA-4.0',
      'https://creativecommons.org/licenses/by-nc-sa/4.0/',
      String(readingNotes(true).length),
      expect.stringMatching(/^\d{4}-\d\d-\d\d-\w{8}$/),
      'TRUE',
      'TRUE',
    ]);
    appendFileSync(path.join(data.folder, 'data/country/NO/interference_country_daily.csv'), 'x');
    const [refused] = await run(
      'cat(tryCatch(atlas_slice(atlas, "country", "NO", "interference_country_daily"), error = conditionMessage))',
    );
    expect(refused).toContain('is not the file that the release names');
  },
);
