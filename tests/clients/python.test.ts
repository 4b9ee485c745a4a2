/** The Python client against a served release, as a researcher would use it, and its two packages. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../data-build/hash.ts';
import { readingNotes } from '../../site/export/llms-text.ts';
import { moveLarge, serveHandData, type ServedData } from '../support/hand-data.ts';
import { isThere, PYTHONS, runScript } from '../support/run-script.ts';

const CLIENT = path.resolve(import.meta.dirname, '../../clients/python');
const findPython = (args: readonly string[]) => PYTHONS.find((one) => isThere(one, args));
const python = findPython(['-c', 'import sys; assert sys.version_info >= (3, 9)']);
const scientific = findPython(['-c', 'import pandas, pyarrow']);
const packager = findPython([
  '-c',
  'import build, setuptools, wheel; assert int(setuptools.__version__.split(".")[0]) >= 77',
]);
const skipped = (found: string | undefined, what: string) =>
  found === undefined ? `: skipped, ${what} is not installed` : '';

let data: ServedData;
beforeAll(async () => {
  data = await serveHandData('python-client');
  const notes = readingNotes(true);
  writeFileSync(path.join(data.folder, 'reading.txt'), notes.join('\n'));
});
afterAll(async () => {
  await data.server.close();
  await rm(data.folder, { recursive: true, force: true });
});

/** What the script prints, as JSON. */
async function run(command: string | undefined, code: string, cache = 'cache'): Promise<unknown> {
  const head = [
    'import json, sys',
    `sys.dont_write_bytecode = True`,
    `sys.path.insert(0, ${JSON.stringify(path.join(CLIENT, 'src'))})`,
    'from atlas_client import Atlas, AtlasError',
    `atlas = Atlas(${JSON.stringify(`${data.server.origin}/`)}, cache=${JSON.stringify(path.join(data.folder, cache))})`,
  ];
  return JSON.parse(await runScript(command ?? '', ['-'], [...head, code].join('\n')));
}

describe('with the standard library alone', () => {
  it.skipIf(python === undefined)(
    `gives rows with release, licence and caveats${skipped(python, 'Python 3.9')}`,
    async () => {
      const found = await run(
        python,
        `rows = atlas.rows("country", "NA", "interference_country_daily")
print(json.dumps([rows, rows.about, atlas.release, atlas.tables, atlas.citation()]))`,
      );
      expect(found).toEqual([
        expect.arrayContaining([expect.objectContaining({ probe_cc: 'NA', measurement_count: 4 })]),
        expect.objectContaining({
          licence: 'CC-BY-NC-SA-4.0',
          licence_url: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
          attribution: expect.stringContaining('© OONI'),
          synthetic: false,
          caveats: readingNotes(true),
        }),
        expect.stringMatching(/^\d{4}-\d\d-\d\d-\w{8}$/),
        expect.arrayContaining(['interference_country_daily', 'measurements']),
        expect.stringMatching(/data release .+Open Observatory/),
      ]);
    },
  );

  it.skipIf(python === undefined)(
    `fetches again what was altered in the cache, and refuses what was altered on the way${skipped(python, 'Python 3.9')}`,
    async () => {
      const ask = `try:
    print(json.dumps(len(atlas.rows("country", "KE", "interference_domain_daily"))))
except AtlasError as error:
    print(json.dumps(str(error)))`;
      const whole = await run(python, ask, 'checked');
      expect(whole).toBe(4);
      const cache = path.join(data.folder, 'checked');
      for (const name of readdirSync(cache)) appendFileSync(path.join(cache, name), 'x');
      expect(await run(python, ask, 'checked')).toBe(whole);
      const slice = 'data/country/KE/interference_domain_daily.json';
      appendFileSync(path.join(data.folder, slice), ' ');
      expect(await run(python, ask, 'empty')).toContain('is not the file that the release names');
      // What is kept and whole is used.
      expect(await run(python, ask, 'checked')).toBe(whole);
    },
  );

  it.skipIf(python === undefined)(
    `reads a slice that is given compressed${skipped(python, 'Python 3.9')}`,
    async () => {
      const ask = 'print(json.dumps(atlas.rows("country", "NO", "interference_country_daily")))';
      const plain = await run(python, ask, 'plain');
      const [listed, slice] = ['slices.json', 'country/NO/interference_country_daily.json'];
      const list = readFileSync(path.join(data.folder, 'data', listed), 'utf8');
      const bytes = readFileSync(path.join(data.folder, 'data', slice));
      const packed = gzipSync(bytes);
      writeFileSync(path.join(data.folder, 'data', `${slice}.gz`), packed);
      const changed = list
        .replace(`"${slice}"`, `"${slice}.gz"`)
        .replace(hashOf(bytes), hashOf(packed));
      writeFileSync(path.join(data.folder, 'data', listed), changed);
      expect(changed).toContain(hashOf(packed));
      expect(await run(python, ask, 'packed')).toEqual(plain);
      writeFileSync(path.join(data.folder, 'data', listed), list);
    },
  );

  it.skipIf(python === undefined)(
    `says what is wrong and what to do${skipped(python, 'Python 3.9')}`,
    async () => {
      const found = await run(
        python,
        `said = []
for attempt in (lambda: atlas.rows("country", "XX", "events"), lambda: Atlas(atlas.data_url + "none/"), lambda: Atlas("public/data")):
    try:
        attempt()
    except AtlasError as error:
        said.append(str(error))
print(json.dumps(said))`,
      );
      expect(found).toEqual([
        expect.stringMatching(/There is no slice .+ lists those/),
        expect.stringMatching(/There is no Atlas .+ Name its front page/),
        expect.stringMatching(/public\/data is no address. Name a front page/),
      ]);
    },
  );
});

describe('with pandas and pyarrow', () => {
  it.skipIf(scientific === undefined)(
    `gives frames that keep what is said of them${skipped(scientific, 'pandas or pyarrow')}`,
    async () => {
      const found = await run(
        scientific,
        `daily = atlas.table("interference_country_daily", probe_cc="NO", since="2021-01-01")
slice = atlas.frame("country", "NO", "interference_country_daily")
none = atlas.table("interference_country_daily", probe_cc="NO", until="2000-01-01")
chosen = daily[daily["measurement_count"] > 4]
print(json.dumps([
    sorted(set(daily["probe_cc"])), int(daily["measurement_count"].sum()), len(daily), len(slice), len(none),
    int(slice["measurement_count"].sum()), chosen.attrs["atlas"] == daily.attrs["atlas"],
    daily.attrs["atlas"]["licence"], "OONI" in daily.attrs["atlas"]["attribution"], daily.attrs["atlas"]["caveats"],
]))`,
      );
      expect(found).toEqual([
        ['NO'],
        14,
        2,
        2,
        0,
        14,
        true,
        'CC-BY-NC-SA-4.0',
        true,
        readingNotes(true),
      ]);
    },
  );
});

describe('large tables', () => {
  it.skipIf(scientific === undefined)(
    `are read where the site says that they lie${skipped(scientific, 'pandas or pyarrow')}`,
    async () => {
      const count =
        'print(json.dumps([len(atlas.table("measurements")), atlas.rows("domain", "example.org", "domain_country_weekly")]))';
      const here = await run(scientific, count, 'here');
      const elsewhere = await moveLarge(data);
      expect(await run(scientific, count, 'elsewhere')).toEqual(here);
      await elsewhere.close();
    },
  );
});

describe('packages', () => {
  it.skipIf(packager === undefined)(
    `are built as a wheel and a source package${skipped(packager, 'build, wheel or setuptools 77')}`,
    async () => {
      const copy = path.join(data.folder, 'package');
      mkdirSync(copy);
      cpSync(CLIENT, copy, { recursive: true });
      await runScript(packager ?? '', ['-m', 'build', '--no-isolation', copy], '');
      const made = readdirSync(path.join(copy, 'dist')).toSorted();
      expect(made).toHaveLength(2);
      expect(made.find((name) => name.endsWith('.tar.gz'))).toMatch(/^atlas[_-]client-0\.1\.0/);
      const wheel = made.find((name) => name === 'atlas_client-0.1.0-py3-none-any.whl') ?? '';
      const imported = await runScript(
        packager ?? '',
        ['-I', '-'],
        `import sys; sys.path.insert(0, ${JSON.stringify(path.join(copy, 'dist', wheel))})
import atlas_client; print(atlas_client.Atlas.__module__, atlas_client.__file__)`,
      );
      expect(imported).toContain(`atlas_client.atlas ${path.join(copy, 'dist', wheel)}`);
      const kept = await runScript(
        packager ?? '',
        ['-I', '-'],
        `import json, zipfile
wheel = zipfile.ZipFile(${JSON.stringify(path.join(copy, 'dist', wheel))})
read = lambda name: wheel.read("atlas_client-0.1.0.dist-info/" + name).decode()
print(json.dumps([read("METADATA"), read("licenses/LICENSE")]))`,
      );
      expect(JSON.parse(kept)).toEqual([
        expect.stringMatching(/^License-Expression: Apache-2\.0$/m),
        readFileSync(path.resolve(CLIENT, '../../LICENSE'), 'utf8'),
      ]);
    },
  );
});
