/**
 * Addresses, e-mails, tokens and cookies planted in every text of every other form that the Atlas reads (export,
 * counts, Tor Metrics, usage table, M-Lab's statistics, archives, annotations, exports and Parquet), through a whole
 * build: none of them is in any file that comes out.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { NEEDLES, TRACES } from '../support/planting.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeTar } from '../support/tar.ts';

const root = scratchFolder('planting-figures');
const dumps = join(root, 'dumps');
/** Those that have a shape. */
const SHAPED = [
  NEEDLES.ipv4,
  NEEDLES.ipv6,
  NEEDLES.email,
  NEEDLES.jwt,
  NEEDLES.cookie,
  NEEDLES.mac,
];

function put(name: string, content: string | Buffer): string {
  const path = join(dumps, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

type Cells = Readonly<Record<string, string>>;

/** The good row many times over, varied by `vary`, and for every column and needle one row with it there, alone and behind. */
function plantedCsv(good: Cells, vary: (row: Cells, at: number) => Cells, front = ''): string {
  const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const line = (row: Cells): string => Object.values(row).map(quote).join(',');
  let at = 0;
  const planted = Object.keys(good).flatMap((column) =>
    SHAPED.flatMap((needle) =>
      [needle, `${good[column] ?? ''} ${needle}`].map((cell) => {
        at += 1;
        return line({ ...vary(good, at), [column]: cell });
      }),
    ),
  );
  const plain = Array.from({ length: 40 }, (_, index) => line(vary(good, 1000 + index)));
  return `${front}${Object.keys(good).join(',')}\n${[...plain, ...planted].join('\n')}\n`;
}

const dayAt = (at: number): string =>
  new Date(Date.UTC(2024, 0, 1 + (at % 300))).toISOString().slice(0, 10);

const EXPORT: Cells = {
  measurement_uid: '20240105101501.000001_IT_telegram_0123456789abcdef',
  report_id: '20240105T101500Z_telegram_IT_137_n1_0123456789abcdef',
  input: '',
  probe_cc: 'IT',
  probe_asn: '137',
  test_name: 'telegram',
  test_start_time: '2024-01-05 10:15:00',
  measurement_start_time: '2024-01-05 10:15:00',
  filename: 'x',
  scores: '{"blocking_general": 0}',
  platform: 'android',
  anomaly: 'f',
  confirmed: 'f',
  msm_failure: 'f',
  domain: '',
  blocking_type: '',
  software_name: 'ooniprobe-android',
  software_version: '3.8.0',
  test_version: '0.3.1',
  test_helper_address: '',
};
const COUNTS: Cells = {
  anomaly_count: '1',
  confirmed_count: '0',
  failure_count: '0',
  measurement_count: '50',
  measurement_start_day: '2024-01-05',
  ok_count: '49',
  probe_asn: '137',
  probe_cc: 'IT',
  test_name: 'telegram',
};
const TOR: Cells = {
  date: '2024-01-05',
  country: 'it',
  users: '120',
  lower: '100',
  upper: '150',
  frac: '80',
};
const USAGE: Cells = {
  date: '2024-01-05',
  country: 'IT',
  tool: 'psiphon',
  metric: 'users',
  value: '900',
  lower: '',
  upper: '',
  coverage: '',
  source: 'psiphon',
  licence: 'LicenseRef-psiphon-permission',
};
const NDT_EXPORT: Cells = {
  date: '2024-01-05',
  country_code: 'IT',
  asn: '137',
  as_name: 'Example Net',
  mbps: '12.5',
  min_rtt_ms: '20',
  loss_rate: '0.01',
};

function archiveOf(count: number): Buffer {
  const connection = { Client: `${NEEDLES.ipv4}:443`, Server: NEEDLES.ipv6, UUID: NEEDLES.token };
  return makeTar(
    Array.from({ length: count }, (_, at) => ({
      name: `2024/05/01/ndt7-download-20240501T1000${String(at % 60).padStart(2, '0')}Z.host_${at}.json`,
      content: JSON.stringify({
        GitShortCommit: NEEDLES.token,
        Version: NEEDLES.email,
        ServerIP: NEEDLES.ipv4,
        ClientIP: NEEDLES.ipv6,
        ClientPort: 1,
        StartTime: '2024-05-01T10:00:00Z',
        EndTime: '2024-05-01T10:00:11Z',
        Download: {
          UUID: `host_1_unsafe_${String(at).padStart(16, '0')}`,
          StartTime: '2024-05-01T10:00:00Z',
          EndTime: '2024-05-01T10:00:10Z',
          ClientMetadata: [
            { Name: 'access_token', Value: NEEDLES.jwt },
            { Name: NEEDLES.email, Value: NEEDLES.cookie },
          ],
          ServerMetadata: [{ Name: NEEDLES.mac, Value: NEEDLES.mac }],
          ClientMeasurements: [{ ConnectionInfo: connection }],
          ServerMeasurements: [
            {
              ConnectionInfo: connection,
              TCPInfo: {
                BytesAcked: 12_500_000,
                BytesSent: 13_000_000,
                BytesRetrans: 1,
                ElapsedTime: 10_000_000,
                MinRTT: 25_500,
              },
            },
          ],
        },
      }),
    })),
  );
}

function annotationsOf(count: number): Buffer {
  return makeTar(
    Array.from({ length: count }, (_, at) => ({
      name: `2024/05/01/host_1_${String(at).padStart(16, '0')}.json`,
      content: JSON.stringify({
        UUID: `host_1_${String(at).padStart(16, '0')}`,
        Timestamp: '2024-05-01T10:00:00Z',
        Server: { Site: 'abc01', Machine: NEEDLES.ipv4, Geo: { City: NEEDLES.city } },
        Client: {
          Geo: {
            CountryCode: 'IT',
            City: NEEDLES.city,
            PostalCode: NEEDLES.token,
            Latitude: 45.123456,
            Longitude: 9.123456,
          },
          Network: {
            CIDR: `${NEEDLES.ipv4}/32`,
            ASNumber: at < 12 ? 137 : 138,
            ASName: at < 12 ? `Net ${SHAPED[at % SHAPED.length] ?? ''}` : 'Example Net',
          },
        },
      }),
    })),
  );
}

function statistics(): string {
  const edges = [0, 1.77, 5.62, 17.78, 56.23, 177.8, 562.3, 1778.2];
  return JSON.stringify(
    [...SHAPED, 'IT'].flatMap((country_code, at) =>
      edges.map((bucket_min) => ({
        date: dayAt(at),
        country_code,
        continent_code: NEEDLES.email,
        [NEEDLES.ipv4]: NEEDLES.ipv4,
        bucket_min,
        bucket_max: bucket_min + 1,
        dl_samples_bucket: 10,
        dl_samples_day: 100,
        ul_samples_day: 100,
        download_MED: 10,
      })),
    ),
  );
}

async function putParquet(db: Database): Promise<void> {
  const folder = 'iqb/cache/v1/20241001T000000Z/20241101T000000Z/downloads_by_country_asn';
  const path = put(`${folder}/data.parquet`, '');
  const names = SHAPED.map((needle, at) => `('IT', ${200 + at}, 'Net ${needle}', 500, 10.0)`);
  const places = SHAPED.map((needle, at) => `('${needle}', ${300 + at}, 'Net', 500, 10.0)`);
  await db.run(`COPY (SELECT * FROM (VALUES ('IT', 199, 'Example Net', 500, 10.0), ${[...names, ...places].join(', ')})
    t(country_code, asn, as_name, sample_count, download_p50)) TO '${path}' (FORMAT parquet)`);
}

async function textsOf(db: Database, file: string): Promise<string> {
  const relation = `read_parquet('${file}', hive_partitioning = false)`;
  const columns = await db.all(`DESCRIBE SELECT * FROM ${relation}`);
  const texts = columns
    .filter((column) => textIn(column, 'column_type') === 'VARCHAR')
    .map((column) => `"${textIn(column, 'column_name')}"`);
  if (texts.length === 0) return '';
  return JSON.stringify(await db.all(`SELECT DISTINCT ${texts.join(', ')} FROM ${relation}`));
}

describe('what was planted in files of figures', () => {
  it('is in no file of the build, though each of them gave rows', async () => {
    const db = await openDatabase({ spillDir: join(root, 'spill'), threads: 1 });
    const reports = (row: Cells, at: number): Cells => ({
      ...row,
      measurement_uid: `202401051015${String(at % 60).padStart(2, '0')}.${String(at).padStart(6, '0')}_IT_telegram_0123456789abcdef`,
      measurement_start_time: `2024-01-05 10:15:${String(at % 60).padStart(2, '0')}`,
    });
    put('fastpath_202401.csv', plantedCsv(EXPORT, reports));
    const days = (column: string) => (row: Cells, at: number) => ({
      ...row,
      [column]: dayAt(at),
    });
    put('counts.csv', plantedCsv(COUNTS, days('measurement_start_day')));
    put(
      'userstats-relay-country.csv',
      plantedCsv(TOR, days('date'), SHAPED.map((needle) => `# ${needle}\n`).join('')),
    );
    put('usage.csv', plantedCsv(USAGE, days('date')));
    put(
      'ndt-export.csv',
      plantedCsv(NDT_EXPORT, (row) => row),
    );
    put('histogram_daily_stats.json', statistics());
    put(
      'archive/20240501T003853.425987Z-ndt7-mlab3-syd03-ndt.tgz',
      gzipSync(archiveOf(24), { level: 1 }),
    );
    put(
      'archive/20240501T003853.425987Z-annotation2-mlab3-syd03-ndt.tgz',
      gzipSync(annotationsOf(24), { level: 1 }),
    );
    await putParquet(db);

    const out = join(root, 'data');
    const cacheDir = join(root, 'cache');
    const effects = recordEffects();
    const manifest = await buildData(
      () => readDumps({ dumps: [dumps], cacheDir, jobs: 2, shard: null, effects }),
      { out, cacheDir, edition: 'all', since: null, until: null, strict: false },
      effects,
    );
    const tables = new Set(manifest.files.map((file) => file.table));
    for (const table of [
      'measurements',
      'interference_country_daily',
      'throughput_daily',
      'throughput_monthly',
      'circumvention_daily',
      'networks',
    ])
      expect([...tables], table).toContain(table);

    const leaks: Record<string, readonly string[]> = {};
    for (const name of await listFiles(out)) {
      const file = join(out, name);
      const own = readFileSync(file).toString('latin1');
      const text = (
        name.endsWith('.parquet') ? own + (await textsOf(db, file)) : own
      ).toLowerCase();
      const found = TRACES.filter((trace) => text.includes(trace));
      if (found.length > 0) leaks[name] = found;
    }
    expect(leaks).toEqual({});
    const said = effects.lines.join('\n').toLowerCase();
    expect(TRACES.filter((trace) => said.includes(trace))).toEqual([]);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
    // The tests of the archive were joined with their places, or nothing of those would be shown.
    const joined = await db.all(`SELECT DISTINCT probe_asn
      FROM read_parquet('${out}/throughput_daily/*/*.parquet', hive_partitioning = false)
      WHERE day = '2024-05-01' AND probe_asn IS NOT NULL ORDER BY 1`);
    expect(joined).toEqual([{ probe_asn: 137 }, { probe_asn: 138 }]);
    const names = await db.all(`SELECT DISTINCT name
      FROM read_parquet('${out}/networks/*/*.parquet', hive_partitioning = false) WHERE name IS NOT NULL`);
    expect(names).toContainEqual({ name: 'Example Net' });
    await db.close();
  });
});
