/** What the large sizes are drawn from, as tables of a database: places, networks, websites, tests, rules, runs, episodes. */

import type { DuckDBConnection } from '@duckdb/node-api';
import { RULES, type RuleSpec } from '../contract/rules.ts';
import { type Episode, phaseOn } from './episodes.ts';
import { NOISE, SAMPLE_TESTS, type SampleTest } from './fate.ts';
import { createRng } from './rng.ts';
import type { SampleSite } from './sites.ts';
import { meanRuns, type SampleWorld, worldDays } from './world.ts';

type Row = readonly (string | null)[];

async function fill(
  db: DuckDBConnection,
  table: string,
  columns: string,
  rows: Iterable<Row>,
): Promise<void> {
  const names = columns.split(', ').map((column) => column.split(' ')[0] ?? '');
  await db.run(`CREATE TABLE texts (${names.map((name) => `${name} VARCHAR`).join(', ')})`);
  const appender = await db.createAppender('texts');
  for (const row of rows) {
    for (const value of row) {
      if (value === null) appender.appendNull();
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
  appender.closeSync();
  await db.run(`CREATE TABLE ${table} (${columns})`);
  await db.run(`INSERT INTO ${table} SELECT * FROM texts`);
  await db.run('DROP TABLE texts');
}

const rulesOf = (test: SampleTest): readonly RuleSpec[] =>
  RULES.filter(({ tests }: RuleSpec) => tests.includes(test));

const TESTS: readonly SampleTest[] = Object.keys(SAMPLE_TESTS).filter(
  (name): name is SampleTest => name in SAMPLE_TESTS,
);
const text = (value: number): string => String(value);

function* episodeDays(
  world: SampleWorld,
  episodes: readonly Episode[],
  sites: readonly SampleSite[],
): Generator<Row> {
  const siteOf = new Map(sites.map(({ domain }, index) => [domain, index]));
  const placeOf = new Map(world.places.map(({ cc }, index) => [cc, index]));
  const days = worldDays(world);
  const taken = new Set<string>();
  for (const one of episodes) {
    const { target } = one;
    const test = TESTS.findIndex(
      (name) => name === (target.kind === 'test' ? target.test_name : 'web_connectivity'),
    );
    const site = target.kind === 'test' ? -1 : (siteOf.get(target.domain) ?? -1);
    for (const day of days) {
      const now = phaseOn(one, day);
      const at = [text(placeOf.get(one.cc) ?? -1), text(test), text(site), day];
      if (now === null || taken.has(at.join(' '))) continue;
      taken.add(at.join(' '));
      const most = one.networks === null ? null : text(Math.max(...one.networks));
      yield [...at, most, now.method, text(now.strength)];
    }
  }
}

function* runsByDay(world: SampleWorld, seed: number, factor: number): Generator<Row> {
  for (const [place, own] of world.places.entries()) {
    const rng = createRng(seed, 'runs', own.cc);
    for (const day of worldDays(world)) {
      const mean = Math.max(0, meanRuns(own, day) * factor);
      yield [text(place), day, text(Math.floor(mean + rng.unit()))];
    }
  }
}

/** Measurements in one run, on average: websites and the tests of apps and tools. */
const WEBSITES_A_RUN = { least: 20, more: 31 } as const;
const PER_RUN =
  WEBSITES_A_RUN.least +
  (WEBSITES_A_RUN.more - 1) / 2 +
  TESTS.slice(1).reduce((sum, test) => sum + SAMPLE_TESTS[test].share, 0);

/** SQL for the number of websites in the run with this hash. */
export const websitesSql = (hash: string): string =>
  `(${WEBSITES_A_RUN.least} + ${hash} % ${WEBSITES_A_RUN.more})`;

export interface ScoredSample {
  readonly world: SampleWorld;
  readonly episodes: readonly Episode[];
  readonly sites: readonly SampleSite[];
  readonly seed: number;
  /** About how many measurements, half a percent more or less. */
  readonly measurements: number;
}

/** Fills the database. */
export async function loadScoredTables(db: DuckDBConnection, sample: ScoredSample): Promise<void> {
  const { world, episodes, sites, seed, measurements } = sample;
  const means = world.places.flatMap((place) =>
    worldDays(world).map((day) => Math.max(0, meanRuns(place, day))),
  );
  const factor = measurements / PER_RUN / means.reduce((sum, mean) => sum + mean, 0);
  await fill(
    db,
    'places',
    'place INTEGER, cc VARCHAR, networks INTEGER, noise DOUBLE',
    world.places.map(({ cc, networks, noise }, at) => [
      text(at),
      cc,
      text(networks.length),
      text(noise),
    ]),
  );
  await fill(
    db,
    'networks',
    'place INTEGER, network INTEGER, asn UINTEGER, name VARCHAR, mbps DOUBLE',
    world.places.flatMap(({ networks }, place) =>
      networks.map(({ asn, name, mbps }, at) => [
        text(place),
        text(at),
        text(asn),
        name,
        text(mbps),
      ]),
    ),
  );
  await fill(
    db,
    'sites',
    'site INTEGER, input VARCHAR, domain VARCHAR',
    sites.map(({ input, domain }, at) => [text(at), input, domain]),
  );
  await fill(
    db,
    'tests',
    'test INTEGER, test_name VARCHAR, share DOUBLE, noise DOUBLE, failed DOUBLE, signs VARCHAR[]',
    TESTS.map((name, at) => {
      const { share, noise, failed } = SAMPLE_TESTS[name];
      const signs = NOISE[name].flatMap(([method, times]) =>
        Array.from({ length: times }, () => method),
      );
      return [text(at), name, text(share), text(noise), text(failed), `[${signs.join(', ')}]`];
    }),
  );
  await fill(
    db,
    'rules',
    'test INTEGER, outcome VARCHAR, method VARCHAR, rule_id VARCHAR',
    TESTS.flatMap((name, test) =>
      rulesOf(name).map(({ id, outcome, method }): Row => [text(test), outcome, method, id]),
    ),
  );
  await fill(db, 'runs', 'place INTEGER, day DATE, runs INTEGER', runsByDay(world, seed, factor));
  await fill(
    db,
    'episode_days',
    'place INTEGER, test INTEGER, site INTEGER, day DATE, last_network INTEGER, method VARCHAR, strength DOUBLE',
    episodeDays(world, episodes, sites),
  );
}
