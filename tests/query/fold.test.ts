/** Questions that are values: their answer without an engine is that of the engine's SQL, row for row and in its order. */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { addDays } from '../../data-build/contract/brands.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { hashOf } from '../../data-build/hash.ts';
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { catalogFiles } from '../../site/catalog/files.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import { readRows } from '../../site/engine/parquet-rows.ts';
import type { InterferenceFilter } from '../../site/query/condition.ts';
import type { TableRows } from '../../site/query/fold-groups.ts';
import { answerPlainly } from '../../site/query/fold.ts';
import {
  countriesQuery,
  methodsQuery,
  networkPeriodsQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
  totalsQuery,
} from '../../site/query/interference.ts';
import { exploreQuery, networkNamesQuery } from '../../site/query/explore.ts';
import { toQuestion } from '../../site/query/explore-question.ts';
import type { Query } from '../../site/query/query.ts';
import {
  courseQuery,
  eventsQuery,
  indicatorEndsQuery,
  indicatorsQuery,
  testEventsQuery,
  throughputQuery,
  toolUseQuery,
  useEndsQuery,
} from '../../site/query/witnesses.ts';
import { asn, country, day } from '../support/days.ts';
import { connectDuckDb } from '../support/duckdb.ts';
import { exploreStates } from '../support/explore-states.ts';
import { isLong } from '../support/long.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { describeWithSharedData } from '../support/shared-data.ts';

const RUNS = isLong ? 10_000 : 300;

interface World {
  readonly countries: readonly string[];
  readonly networks: readonly number[];
  readonly tests: readonly string[];
  readonly domains: readonly string[];
  readonly middle: string;
  readonly spread: number;
}

/** Any question that has both forms, wise or foolish. */
function questions(world: World): fc.Arbitrary<Query<unknown>> {
  const some = <T>(values: readonly T[]) =>
    fc.subarray([...values], { maxLength: Math.min(3, values.length) });
  const date = fc.option(
    fc.integer({ min: -world.spread, max: world.spread }).map((n) => addDays(day(world.middle), n)),
  );
  const filters: fc.Arbitrary<InterferenceFilter> = fc.record({
    probe_cc: some(world.countries.map(country)),
    probe_asn: fc.oneof(fc.constant([]), some(world.networks.map(asn))),
    test_name: fc.oneof(fc.constant([]), some(world.tests)),
    since: date,
    until: date,
  });
  const grain = fc.constantFrom(...TIME_GRAINS);
  const explored = fc
    .tuple(exploreStates({ ...world, categories: [] }), grain)
    .map(([state, by]): Query<unknown> => {
      const plain = { ...state, domain: [], blocking_method: [], compare: null };
      return exploreQuery(toQuestion(plain).question, by);
    })
    .filter(({ plain }) => plain !== undefined);
  const place = fc.constantFrom(...world.countries);
  const target = fc.record({
    probe_cc: place,
    probe_asn: fc.constantFrom(null, ...world.networks),
    test_name: fc.constantFrom(null, ...world.tests),
    domain: fc.constantFrom(null, ...world.domains),
    category_code: fc.constantFrom(null, null, 'NEWS', 'GRP'),
  });
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(filters, grain).map((given) => outcomesQuery(...given)) },
    { weight: 2, arbitrary: fc.tuple(filters, grain).map((given) => methodsQuery(...given)) },
    {
      weight: 2,
      arbitrary: fc.tuple(filters, grain).map((given) => networkPeriodsQuery(...given)),
    },
    ...[testsQuery, countriesQuery, totalsQuery, networksQuery].map((ask) => ({
      weight: 2,
      arbitrary: filters.map((filter): Query<unknown> => ask(filter)),
    })),
    { weight: 8, arbitrary: explored },
    fc.array(fc.constantFrom(...world.networks), { maxLength: 3 }).map(networkNamesQuery),
    { weight: 4, arbitrary: target.map(courseQuery) },
    ...[
      eventsQuery,
      testEventsQuery,
      toolUseQuery,
      useEndsQuery,
      indicatorsQuery,
      indicatorEndsQuery,
    ].map((ask) => place.map((probeCc): Query<unknown> => ask(probeCc))),
    fc
      .tuple(place, fc.constantFrom(null, ...world.networks.map(asn)))
      .map((given): Query<unknown> => throughputQuery(...given)),
  );
}

/** Asks both ways, of the same files. */
async function compare(
  folder: string,
  files: readonly ManifestFile[],
  world: World,
): Promise<void> {
  const engine = await openNodeEngine(folder);
  const opened = new Map<TableName, TableRows>();
  const open = async (table: TableName): Promise<void> => {
    if (opened.has(table)) return;
    const given = catalogFiles({ files }, { table });
    await engine.open(table, given);
    const bytes = await Promise.all(
      given.map(
        async (file) => Uint8Array.from(await readFile(path.join(folder, file.path))).buffer,
      ),
    );
    opened.set(table, await readRows(table, bytes));
  };
  let rows = 0;
  try {
    await fc.assert(
      fc.asyncProperty(questions(world), async (query) => {
        const { plain, tables } = query;
        if (plain === undefined) throw new Error(`It has no plain form: ${query.sql}`);
        for (const table of tables) await open(table);
        const folded = answerPlainly(plain, (table) => {
          const held = opened.get(table);
          if (held === undefined) throw new Error(`${table} is not named among the tables.`);
          return held;
        });
        const asked = await engine.run(query);
        expect(folded, query.sql).toEqual(asked);
        rows += asked.length;
      }),
      { numRuns: RUNS },
    );
  } finally {
    await engine.close();
  }
  // Empty answers are equal, too, and tell nothing.
  expect(rows).toBeGreaterThan(RUNS);
}

/** Expressions by column; `n` is the number of the row. The others are null. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  day: "DATE '2024-09-20' + (random() * 70)::INTEGER",
  month: "strftime(DATE '2024-01-15' + (random() * 300)::INTEGER, '%Y-%m')",
  probe_cc: "['KE', 'TZ', 'UG'][1 + n % 3]",
  probe_asn: '[33771, 36926, 15399, 4294967295][1 + (n // 3) % 4]',
  test_name: "['telegram', 'web_connectivity', 'signal', 'dnscheck'][1 + (n // 12) % 4]",
  domain: "['a.example', 'b.example'][1 + n % 2]",
  measurement_count: '(n * 7 % 5) * 3',
  ok_count: '(n * 7 % 5) * 2',
  anomaly_count: 'n * 7 % 5',
  confirmed_count: 'n % 2',
  failure_count: 'CASE WHEN n * 7 % 5 = 0 THEN 0 ELSE n % 3 END',
  unscored_count: 'n % 4',
  dns_count: 'CASE WHEN n % 5 < 2 THEN (random() * 3)::INTEGER END',
  tls_count: 'CASE WHEN n % 7 < 3 THEN (random() * 2)::INTEGER END',
  counts_from: "'measurements'",
  reconciled: 'n % 2 = 0',
  name: "CASE WHEN n % 3 > 0 THEN 'Network ' || (n % 7) END",
  source: "'ooni'",
  licence: "'cc-by-nc-sa'",
  event_id: "printf('event-%05d', n)",
  kind: "'began'",
  target: "'telegram'",
  first_sign: "DATE '2024-10-01' + (n % 20)::INTEGER",
  last_normal: "DATE '2024-09-28' + (n % 20)::INTEGER",
  magnitude: 'random() / 3',
  robust: 'n % 2 = 1',
  download_sample_count: '(n % 4) * 25',
  download_mbps_p50: 'CASE WHEN n % 6 > 0 THEN random() * 50 END',
  tool: "['tor-relay', 'tor-bridge'][1 + n % 2]",
  metric: "'users'",
  indicator: "'signal'",
  value: 'CASE WHEN n % 9 > 0 THEN random() * 1000 END',
};

/** Tables with what is other in them than in {@link EXPRESSIONS}. */
const TABLES: readonly {
  readonly table: TableName;
  readonly rows: number;
  readonly but?: Readonly<Record<string, string>>;
}[] = [
  {
    table: 'interference_network_daily',
    rows: 2000,
    but: { day: dayOf('2024-09-20', 'n // 48 % 70') },
  },
  { table: 'interference_domain_daily', rows: 800 },
  {
    table: 'measurements',
    rows: 900,
    but: { outcome: "['ok', 'anomaly', 'confirmed', 'failure'][1 + n % 4]" },
  },
  { table: 'domains', rows: 4, but: { category_code: "['NEWS', NULL][1 + n % 2]" } },
  { table: 'networks', rows: 12 },
  { table: 'events', rows: 60, but: { probe_asn: 'CASE WHEN n % 2 = 0 THEN 33771 END' } },
  {
    table: 'throughput_daily',
    rows: 120,
    but: { probe_asn: 'NULL', day: dayOf('2024-09-01', 'n') },
  },
  {
    table: 'throughput_monthly',
    rows: 60,
    but: { probe_asn: 'NULL', month: "strftime(DATE '2020-01-01' + INTERVAL (n) MONTH, '%Y-%m')" },
  },
  { table: 'circumvention_daily', rows: 400, but: { day: dayOf('2024-01-01', 'n') } },
  { table: 'indicators_daily', rows: 200, but: { day: dayOf('2024-01-01', 'n') } },
];

function dayOf(first: string, after: string): string {
  return `DATE '${first}' + (${after})::INTEGER`;
}

/** Writes each table as two Parquet files. Tanzania has tests of which no network is known. */
async function writeWorld(folder: string): Promise<readonly ManifestFile[]> {
  const db = await connectDuckDb();
  await db.run('SELECT setseed(0.25)');
  const files: ManifestFile[] = [];
  const write = async (table: TableName, half: number, select: string): Promise<void> => {
    await mkdir(path.join(folder, table), { recursive: true });
    const file = `${table}/${half}.parquet`;
    const target = path.join(folder, file);
    await db.run(`COPY (${select}) TO '${target}' (FORMAT parquet, COMPRESSION zstd)`);
    files.push({ ...FILE, path: file, table });
  };
  for (const { table, rows, but = {} } of TABLES) {
    const columns = tableColumns(table).map(
      ({ name, type }) => `(${but[name] ?? EXPRESSIONS[name] ?? 'NULL'})::${type} AS "${name}"`,
    );
    for (const half of [0, 1])
      await write(
        table,
        half,
        `SELECT ${columns.join(', ')} FROM (SELECT range AS n FROM range(${rows})) WHERE (n >= ${rows / 2})::INTEGER = ${half}`,
      );
  }
  const columns = tableColumns('interference_country_daily').map(({ name, type }) => {
    const value = name.endsWith('_count') && name in EXPRESSIONS ? `sum(${name})` : 'NULL';
    const key = ['day', 'probe_cc', 'test_name'].includes(name);
    return `(${key ? name : value})::${type} AS "${name}"`;
  });
  const networks = path.join(folder, 'interference_network_daily');
  await write(
    'interference_country_daily',
    0,
    `SELECT ${columns.join(', ')} FROM '${networks}/*.parquet' GROUP BY day, probe_cc, test_name`,
  );
  await write(
    'interference_country_daily',
    1,
    `SELECT ${columns.join(', ')} FROM '${networks}/1.parquet' WHERE probe_cc = 'TZ' GROUP BY day, probe_cc, test_name`,
  );
  db.closeSync();
  return files;
}

const FILE = {
  partition: {},
  sha256: hashOf(''),
  rows: 1,
  bytes: 1,
  since: null,
  until: null,
  licence: 'cc-by-nc-sa',
} as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fold-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a question that is a value', () => {
  it('is answered as by the engine, over made-up rows', async () => {
    const files = await writeWorld(folder);
    await compare(folder, files, {
      countries: ['KE', 'TZ', 'UG', 'ZZ'],
      networks: [33771, 36926, 15399, 4294967295, 1],
      tests: ['telegram', 'web_connectivity', 'signal', 'dnscheck', 'tor'],
      domains: ['a.example', 'b.example', 'c.example'],
      middle: '2024-10-20',
      spread: 50,
    });
  }, 600_000);

  it('names a column that a file lacks', async () => {
    const rows = await readRows('networks', []);
    expect([rows.length, rows.column('name')]).toEqual([0, []]);
    await expect(readRows('networks', [new TextEncoder().encode('PAR1').buffer])).rejects.toThrow();
  });
});

describeWithSharedData('over real data', 'ooni/kenya-telegram-2024', (dumps) => {
  it('a question that is a value is answered as by the engine', async () => {
    const effects = recordEffects();
    const [out, cacheDir] = [path.join(folder, 'real'), path.join(folder, 'cache')];
    const request = { dumps: [dumps], cacheDir, jobs: 2, shard: null, effects };
    const { files } = await buildData(
      () => readDumps(request),
      { out, cacheDir, edition: 'all', since: null, until: null, strict: false },
      effects,
    );
    await compare(out, files, {
      countries: ['KE', 'UG'],
      networks: [33771, 36926, 15399, 37061],
      tests: ['telegram', 'web_connectivity', 'whatsapp', 'signal'],
      domains: ['www.bbc.com', 'twitter.com'],
      middle: '2024-11-10',
      spread: 30,
    });
  }, 600_000);
});
