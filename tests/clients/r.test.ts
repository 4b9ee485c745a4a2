/** The R client against a served release, as a researcher would use it, where R is installed. */
import { appendFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readingNotes } from '../../site/export/llms-text.ts';
import { serveHandData, type ServedData } from '../support/hand-data.ts';
import { isThere, runScript } from '../support/run-script.ts';

const CLIENT = path.resolve(import.meta.dirname, '../../clients/r');
const there = isThere('Rscript', ['-e', 'library(jsonlite)']);
const skipped = there ? '' : ': skipped, Rscript with jsonlite is not installed';

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
cat(about$release, about$synthetic, grepl("OONI", about$attribution), grepl(about$release, about$citation), sep = "\\n")`);
    expect(first).toEqual([
      'NA',
      '14',
      'Date',
      'CC-BY-NC-SA-4.0',
      'https://creativecommons.org/licenses/by-nc-sa/4.0/',
      String(readingNotes(true).length),
      expect.stringMatching(/^\d{4}-\d\d-\d\d-\w{8}$/),
      'FALSE',
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

it.skipIf(!there)(
  `gives columns the types of the dictionary, whatever is in them${skipped}`,
  async () => {
    const said =
      await run(`frame <- atlas_slice(atlas, "country", "KE", "interference_domain_daily")
cat(sort(frame$domain), sep = "\\n")
daily <- atlas_slice(atlas, "country", "KE", "interference_country_daily")
cat(class(daily$reconciled), class(daily$only_probe_asn), class(frame$category_code), sep = "\\n")`);
    expect(said).toEqual([
      'a#b.example',
      'example.org',
      'xn--e1afmkfd.example',
      'пример.example',
      'logical',
      'numeric',
      'character',
    ]);
  },
);

it.skipIf(!there)(
  `keeps what is said of a frame when rows and columns are chosen, and joins no licences${skipped}`,
  async () => {
    const said =
      await run(`frames <- lapply(c("KE", "NA"), function(place) atlas_slice(atlas, "country", place, "interference_country_daily"))
part <- subset(frames[[1]], measurement_count > 0, select = c(day, measurement_count))
cat(nrow(part) > 0, identical(atlas_about(part), atlas_about(frames[[1]])), class(part[[2]]), sep = "\\n")
both <- do.call(rbind, frames)
cat(nrow(both) == nrow(frames[[1]]) + nrow(frames[[2]]), length(atlas_about(both)$url), sep = "\\n")
other <- frames[[2]]
attr(other, "atlas")$licence <- "CC0-1.0"
cat(tryCatch(rbind(frames[[1]], other), warning = conditionMessage), sep = "\\n")
cat(is.null(atlas_about(suppressWarnings(rbind(frames[[1]], other)))))`);
    expect(said).toEqual([
      'TRUE',
      'TRUE',
      'numeric',
      'TRUE',
      '2',
      expect.stringContaining('different licences'),
      'TRUE',
    ]);
  },
);

it.skipIf(!there)(
  `hands out the Parquet files that can match, checked, and says what is wrong${skipped}`,
  async () => {
    const said = await run(`files <- atlas_files(atlas, "interference_country_daily")
cat(unique(readBin(files[1], "raw", 4) == charToRaw("PAR1")), length(atlas_files(atlas, "measurements", until = "2000-01-01")), sep = "\\n")
cat(tryCatch(atlas_slice(atlas, "country", "XX", "events"), error = conditionMessage), sep = "\\n")
cat(tryCatch(atlas_files(atlas, "none"), error = conditionMessage), sep = "\\n")
cat(tryCatch(atlas_open("${data.server.origin}/none/"), error = conditionMessage), sep = "\\n")`);
    expect(said).toEqual([
      'TRUE',
      '0',
      expect.stringMatching(/There is no slice .+ lists those/),
      expect.stringMatching(/There is no table none. These are the tables: .+measurements/),
      expect.stringMatching(/There is no Atlas .+ Name its front page/),
    ]);
  },
);

it.skipIf(!there)(`is built as a source package and draws a chart${skipped}`, async () => {
  const chart = path.join(data.folder, 'chart.pdf');
  await run(`daily <- atlas_slice(atlas, "country", "KE", "interference_country_daily")
pdf(${JSON.stringify(chart)})
plot(daily$day, daily$measurement_count, xlab = "", ylab = "tests")
mtext(atlas_about(daily)$attribution, side = 1, line = 4, cex = 0.5)
invisible(dev.off())`);
  expect(statSync(chart).size).toBeGreaterThan(1000);
  await runScript(
    'Rscript',
    ['-'],
    `setwd(${JSON.stringify(data.folder)}); tools::Rcmd(c("build", ${JSON.stringify(CLIENT)}))`,
  );
  expect(readdirSync(data.folder)).toContain('atlasclient_0.1.0.tar.gz');
});
