/** The data folder of the sample site as others will use it: metadata, slices, kept releases, statements. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { connectDuckDb } from '../support/duckdb.ts';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { isManifestFault, parseManifest } from '../../site/catalog/manifest.ts';
import { parseSlices } from '../../site/catalog/slices.ts';
import { largeStatement } from '../../site/export/at-scale.ts';
import type {} from '../support/sample-site.ts';
import { SITE_ADDRESS } from '../support/site-build.ts';

const { data, dist, url } = inject('site');
const read = (name: string): string => readFileSync(path.join(data, name), 'utf8');
const slices = parseSlices(JSON.parse(read('slices.json')));
const found = parseManifest(JSON.parse(read('manifest.json')));
if (isManifestFault(found)) throw new Error(found.what);
const manifest = found;

let db: DuckDBConnection;
let scratch: string;
beforeAll(async () => {
  db = await connectDuckDb();
  scratch = await mkdtemp(path.join(tmpdir(), 'data-folder-'));
});
afterAll(async () => {
  db.closeSync();
  await rm(scratch, { recursive: true, force: true });
});

const rowsOf = async (sql: string): Promise<readonly unknown[]> =>
  (await db.runAndReadAll(sql)).getRowsJson();

describe('llms.txt', () => {
  const text = readFileSync(path.join(dist, 'llms.txt'), 'utf8');

  it('leads only to pages and files that are there', () => {
    const links = [...text.matchAll(/\]\((\S+?)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(15);
    const lost = links.filter((link) => {
      const inside = link.startsWith(SITE_ADDRESS) ? link.slice(SITE_ADDRESS.length) : '/';
      return !existsSync(path.join(dist, inside, inside.endsWith('/') ? 'index.html' : ''));
    });
    expect(lost).toEqual([]);
  });

  it('names release, tables and every licence, and says that the sample is synthetic', () => {
    expect(text).toContain(manifest.data_version);
    expect(text).toContain('Synthetic sample');
    for (const { attribution, licence_url } of manifest.sources) {
      expect(text).toContain(attribution);
      expect(text).toContain(licence_url);
    }
    for (const { table } of manifest.files) expect(text).toContain(`- \`${table}\`: `);
  });
});

describe('metadata', () => {
  it('datapackage.json validates against the published schema, and a broken one does not', () => {
    const require = createRequire(import.meta.url);
    const profile = readFileSync(
      path.join(path.dirname(require.resolve('datapackage')), 'profiles/data-package.json'),
      'utf8',
    );
    // Draft 4 names itself; what it uses means the same in the draft that ajv reads.
    const schema: Record<string, unknown> = { ...JSON.parse(profile), $schema: undefined };
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
    addFormats(ajv);
    const validate = ajv.compile(schema);
    const datapackage = JSON.parse(read('datapackage.json'));
    expect(validate(datapackage), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(validate({ ...datapackage, resources: [] })).toBe(false);
    expect(validate({ ...datapackage, name: 'Not A Name' })).toBe(false);
  });

  it('catalog.jsonld lists every file of the manifest with its checksum and licence', () => {
    const text = read('catalog.jsonld');
    expect(JSON.parse(text)).toMatchObject({
      '@type': 'dcat:Catalog',
      'dcat:version': manifest.data_version,
    });
    for (const file of manifest.files) {
      expect(text).toContain(file.sha256);
      expect(text).toContain(file.path);
    }
    expect(text.match(/"dcat:Distribution"/g)?.length).toBe(manifest.files.length);
  });

  it('an earlier release is kept whole, with a manifest of its own', () => {
    const index: { releases: readonly unknown[] } = JSON.parse(read('releases/index.json'));
    expect(index).toMatchObject({ data_version: manifest.data_version, releases: [{}] });
    const [kept] = /\d{4}-\d\d-\d\d-[0-9a-f]{8}/.exec(JSON.stringify(index.releases)) ?? [];
    const old = parseManifest(JSON.parse(read(`releases/${String(kept)}/manifest.json`)));
    expect(old).toMatchObject({ data_version: kept });
  });
});

describe('slices', () => {
  const key = slices.find(({ table }) => table === 'interference_domain_daily')?.key ?? '';
  const own = slices.filter((slice) => slice.kind === 'country' && slice.key === key);

  it('hold the speeds of a place by the day, which its charts draw', () => {
    const speeds = slices.filter(({ table }) => table === 'throughput_daily');
    expect(speeds.filter((slice) => slice.key === 'UY').map(({ format }) => format)).toEqual([
      'csv',
      'json',
      'parquet',
    ]);
    expect(new Set(speeds.map(({ licence }) => licence))).toEqual(new Set(['cc0']));
  });

  it.each(own.filter(({ format }) => format === 'csv').map(({ path: file }) => file))(
    '%s: CSV, JSON and Parquet hold the same rows',
    async (file) => {
      const at = path.join(data, file.replace(/\.csv$/, ''));
      const csv = `read_csv('${at}.csv', comment = '#', types = {'probe_cc': 'VARCHAR'})`;
      const parquet = `read_parquet('${at}.parquet')`;
      const columns = await rowsOf(`DESCRIBE SELECT * FROM ${parquet}`);
      const names = columns.map((row) => (Array.isArray(row) ? String(row[0]) : ''));
      const list = names.map((name) => `CAST("${name}" AS VARCHAR) AS "${name}"`).join(', ');
      const fromParquet = await rowsOf(`SELECT ${list} FROM ${parquet}`);
      const typed = columns.map((row) =>
        Array.isArray(row) ? `'${String(row[0])}': '${String(row[1])}'` : '',
      );
      const fromCsv = await rowsOf(
        `SELECT ${list} FROM read_csv('${at}.csv', comment = '#', types = {${typed.join(', ')}})`,
      );
      const json: { rows: readonly (readonly unknown[])[] } = JSON.parse(
        readFileSync(`${at}.json`, 'utf8'),
      );
      const slice = own.find((one) => one.path === file);
      expect(fromCsv).toEqual(fromParquet);
      expect(json).toMatchObject({ columns: names });
      expect(json.rows).toHaveLength(slice?.rows ?? -1);
      await writeFile(
        path.join(scratch, 'rows.json'),
        JSON.stringify(
          json.rows.map((row) =>
            Object.fromEntries(names.map((name, index) => [name, row[index]])),
          ),
        ),
      );
      const types = columns
        .map((row) => (Array.isArray(row) ? `'${String(row[0])}': '${String(row[1])}'` : ''))
        .join(', ');
      expect(
        await rowsOf(
          `SELECT ${list} FROM read_json('${path.join(scratch, 'rows.json')}', columns = {${types}})`,
        ),
      ).toEqual(fromParquet);
      // The sniffer finds as much by itself, so that the snippet needs no list of columns.
      expect(await rowsOf(`SELECT count(*)::INTEGER FROM ${csv}`)).toEqual([[slice?.rows]]);
    },
  );

  it('say whose they are inside, and never two licences in one file', async () => {
    for (const { path: file, licence, format } of own) {
      const text =
        format === 'parquet'
          ? JSON.stringify(
              await rowsOf(
                `SELECT decode(value) FROM parquet_kv_metadata('${path.join(data, file)}')`,
              ),
            )
          : readFileSync(path.join(data, file), 'utf8').slice(0, 3000);
      expect(text.includes('CC0-1.0'), file).toBe(licence === 'cc0');
      expect(text.includes('CC-BY-NC-SA-4.0'), file).toBe(licence === 'cc-by-nc-sa');
      expect(text.includes('© OONI'), file).toBe(licence === 'cc-by-nc-sa');
    }
  });

  it('of networks and websites hold no rows of others', async () => {
    const network = slices.find(({ kind, format }) => kind === 'network' && format === 'csv');
    const domain = slices.find(({ kind, format }) => kind === 'domain' && format === 'csv');
    const group = Number(network?.key.slice(2, -2));
    expect(
      await rowsOf(
        `SELECT DISTINCT probe_asn // 100 FROM read_csv('${path.join(data, network?.path ?? '')}', comment = '#')`,
      ),
    ).toEqual([[String(group)]]);
    expect(
      await rowsOf(
        `SELECT DISTINCT domain FROM read_csv('${path.join(data, domain?.path ?? '')}', comment = '#')`,
      ),
    ).toEqual([[domain?.key]]);
  });
});

describe('at scale', () => {
  const statements = (root: string): readonly string[] =>
    largeStatement('duckdb', root).replaceAll('probe_cc=KE', `probe_cc=${country}`).split(';\n');
  const country =
    manifest.files.find(({ table }) => table === 'measurements')?.partition['probe_cc'] ?? '';

  it('the statement for DuckDB counts the measurements of one place in the Hive layout', async () => {
    const files = manifest.files.filter(
      ({ table, partition }) => table === 'measurements' && partition['probe_cc'] === country,
    );
    const answers: (readonly unknown[])[] = [];
    for (const sql of statements(data)) answers.push(await rowsOf(sql));
    const counted = (answers.at(-1) ?? []).map((row) => (Array.isArray(row) ? Number(row[2]) : 0));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(
      files.reduce((sum, { rows }) => sum + rows, 0),
    );
    // The same over HTTP: the files that the published manifest lists, fetched one by one. DuckDB’s own HTTP reader
    // is an extension that cannot be installed without network access.
    const published = parseManifest(await (await fetch(`${url}data/manifest.json`)).json());
    if (isManifestFault(published)) throw new Error(published.what);
    for (const { path: file } of files) {
      const reply = await fetch(`${url}data/${file}`);
      const target = path.join(scratch, 'mirror', file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, new Uint8Array(await reply.arrayBuffer()));
    }
    const mirror = path.join(scratch, 'mirror/measurements');
    const hive = await rowsOf(
      `SELECT test_name, outcome, count(*) FROM read_parquet('${mirror}/**/*.parquet', hive_partitioning = true, hive_types_autocast = false) WHERE probe_cc = '${country}' GROUP BY ALL ORDER BY ALL`,
    );
    expect(hive).toEqual(answers.at(-1));
  });
});
