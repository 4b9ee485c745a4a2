/** Whatever a link asks of the chart builder binds in both engines, and both give the same numbers. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TABLES, type TableName } from '../../data-build/contract/tables.ts';
import { TIME_GRAINS } from '../../data-build/contract/vocabulary.ts';
import { exploreQuery, networkNamesQuery } from '../../site/query/explore.ts';
import { toBaseline, toQuestion, toTotal } from '../../site/query/explore-question.ts';
import { meanMedian } from '../../site/query/medians.ts';
import { formatSql } from '../../site/query/sql-text.ts';
import { worldThroughputQuery } from '../../site/query/world.ts';
import { EMPTY_STATE, type ExplorerState } from '../../site/state/parameters.ts';
import { parseState } from '../../site/state/state.ts';
import { openBothEngines, type BothEngines } from '../support/both-engines.ts';
import { exploreStates } from '../support/explore-states.ts';

const EVERY_TABLE: readonly TableName[] = Object.keys(TABLES).filter(isTable);
function isTable(name: string): name is TableName {
  return Object.hasOwn(TABLES, name);
}

const ROWS = [
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 'telegram', 10, 8, 1, 0, 1, 0, 1, 'measurements'),
    (DATE '2024-11-07', 'KE', 'telegram', 12, 4, 7, 0, 1, 0, 7, 'measurements'),
    (DATE '2024-11-07', 'TZ', 'telegram', 40, 30, 5, 0, 5, 0, NULL, 'aggregation')
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count,
    failure_count, unscored_count, app_endpoints_count, counts_from)`,
  `INSERT INTO interference_network_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 33771, 'telegram', 6, 5, 1, 0, 0, 0, 1, 'measurements'),
    (DATE '2024-11-06', 'KE', 36926, 'telegram', 4, 3, 0, 0, 1, 0, 0, 'measurements'),
    (DATE '2024-11-07', 'KE', 33771, 'telegram', 12, 4, 7, 0, 1, 0, 7, 'measurements')
  ) AS t(day, probe_cc, probe_asn, test_name, measurement_count, ok_count, anomaly_count,
    confirmed_count, failure_count, unscored_count, app_endpoints_count, counts_from)`,
  `INSERT INTO measurements BY NAME SELECT * FROM (VALUES
    ('2024-11', DATE '2024-11-07', 'KE', 33771, 'web_connectivity', 'https://x.example/', 'x.example', 'NEWS', 'confirmed', 'dns'),
    ('2024-11', DATE '2024-11-07', 'KE', 36926, 'web_connectivity', 'https://x.example/', 'x.example', 'NEWS', 'anomaly', 'tls'),
    ('2024-11', DATE '2024-11-08', 'TZ', 36926, 'web_connectivity', 'https://x.example/', 'x.example', NULL, 'ok', NULL),
    ('2024-11', DATE '2024-11-08', 'TZ', 36926, 'web_connectivity', 'https://y.example/', 'y.example', 'GRP', 'failure', NULL)
  ) AS t(month, day, probe_cc, probe_asn, test_name, input, domain, category_code, outcome, blocking_method)`,
  `INSERT INTO throughput_monthly BY NAME SELECT * FROM (VALUES
    ('2024-10', 'KE', NULL, 100, 10.0, 10, 4.0, 40.0, 0.002), ('2024-11', 'KE', NULL, 300, 20.0, 30, 8.0, 80.0, 0.0),
    ('2024-11', 'KE', 33771, 50, 5.0, NULL, NULL, NULL, NULL), ('2024-11', 'TZ', NULL, NULL, NULL, 7, 3.0, NULL, NULL)
  ) AS t(month, probe_cc, probe_asn, download_sample_count, download_mbps_p50, upload_sample_count, upload_mbps_p50,
    min_rtt_ms_p50, loss_ratio_p50)`,
  `INSERT INTO throughput_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-07', 'KE', NULL, 12, 9.5), (DATE '2024-11-08', 'KE', NULL, 90, 2.5), (DATE '2024-11-09', 'KE', NULL, 9, 0.0)
  ) AS t(day, probe_cc, probe_asn, download_sample_count, download_mbps_p50)`,
  `INSERT INTO circumvention_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-06', 'KE', 'tor-relay', 'users', 100.0), (DATE '2024-11-07', 'KE', 'tor-relay', 'users', 300.0),
    (DATE '2024-11-07', 'TZ', 'tor-relay', 'users', 50.0), (DATE '2024-11-07', 'KE', 'tor-bridge', 'users', 7.0),
    (DATE '2024-11-08', 'KE', 'tor-relay', 'users', NULL)
  ) AS t(day, probe_cc, tool, metric, value)`,
  `INSERT INTO networks BY NAME SELECT * FROM (VALUES (33771, 'Safaricom')) AS t(probe_asn, name)`,
];

let both: BothEngines;
beforeAll(async () => {
  both = await openBothEngines(EVERY_TABLE, ROWS);
});
afterAll(() => both.close());

const ask: BothEngines['ask'] = async (query) => both.ask(query);

/** Answer to a link, by the month. */
async function askLink(search: string, grain: (typeof TIME_GRAINS)[number] = 'month') {
  const { state, notices } = parseState(search);
  expect(notices).toEqual([]);
  return ask(exploreQuery(toQuestion(state).question, grain));
}

describe('cells of a chart', () => {
  it('rate: signs of tests with a verdict, per country or territory', async () => {
    expect(await askLink('?probe_cc=KE,TZ&axis_x=probe_cc&test_name=telegram')).toMatchObject([
      { x: 'KE', series: null, tests: 20, signs: 8, failures: 2, days: 2, networks: 2 },
      { x: 'TZ', tests: 35, signs: 5, networks: null },
    ]);
  });

  it('rate by network asks the table that knows networks', async () => {
    const { question } = toQuestion(parseState('?probe_cc=KE&axis_x=probe_asn').state);
    expect(exploreQuery(question, 'day').tables).toEqual(['interference_network_daily']);
    expect(await askLink('?probe_cc=KE&axis_x=probe_asn')).toMatchObject([
      { x: '33771', tests: 17, signs: 8, days: 2 },
      { x: '36926', tests: 3, signs: 0, days: 1 },
    ]);
  });

  it('one website in two places over time, networks counted', async () => {
    expect(
      await askLink('?probe_cc=KE,TZ&domain=x.example&compare=countries', 'day'),
    ).toMatchObject([
      { x: '2024-11-07', series: 'KE', tests: 2, signs: 2, confirmed: 1, networks: 2 },
      { x: '2024-11-08', series: 'TZ', tests: 1, signs: 0, networks: 1, only_probe_asn: 36926 },
    ]);
  });

  it('a method filter counts signs of that method alone, and leaves published counts out', async () => {
    expect(await askLink('?axis_x=probe_cc&blocking_method=app_endpoints')).toMatchObject([
      { x: 'KE', tests: 20, signs: 8 },
    ]);
    expect(await askLink('?axis_x=probe_cc&blocking_method=tls&domain=x.example')).toMatchObject([
      { x: 'KE', tests: 2, signs: 1 },
      { x: 'TZ', tests: 1, signs: 0 },
    ]);
  });

  it('methods: shares of the signs with a known method', async () => {
    expect(await askLink('?measure=methods&domain=x.example&axis_x=probe_cc')).toMatchObject([
      { x: 'KE', series: 'dns', signs: 1, tests: 2 },
      { x: 'KE', series: 'tls', signs: 1, tests: 2 },
    ]);
    expect(await askLink('?measure=methods&axis_x=blocking_method')).toMatchObject([
      { x: 'app_endpoints', series: null, signs: 8, tests: 8 },
    ]);
  });

  it('throughput: medians of whole places, weighted by tests; networks when asked for', async () => {
    expect(await askLink('?measure=throughput&axis_x=probe_cc')).toMatchObject([
      { x: 'KE', tests: 400, value: expect.closeTo((10 * 20 ** 3) ** 0.25, 9) },
    ]);
    expect(await askLink('?measure=throughput&axis_x=probe_asn')).toMatchObject([
      { x: '33771', tests: 50, value: 5 },
    ]);
  });

  it('a month of speeds ends on its last day, and is not in days that cut it', async () => {
    expect(await askLink('?measure=throughput&axis_x=probe_cc&until=2024-12-01')).toMatchObject([
      { tests: 400, first_day: '2024-10-01', last_day: '2024-11-30' },
    ]);
    expect(await askLink('?measure=throughput&axis_x=probe_cc&until=2024-11-30')).toMatchObject([
      { tests: 100, last_day: '2024-10-31' },
    ]);
  });

  it('throughput of a week is that of the world map and of the timeline', async () => {
    const [built] = await askLink('?measure=throughput&time_grain=week&probe_cc=KE', 'week');
    const [drawn] = await ask(worldThroughputQuery('week'));
    const days = [
      { value: 9.5, tests: 12 },
      { value: 2.5, tests: 90 },
    ];
    const value: unknown = expect.closeTo(meanMedian(days) ?? 0, 9);
    expect(built).toMatchObject({ tests: 102, value });
    expect(drawn).toMatchObject({ download_sample_count: 102, download_mbps_p50: value });
  });

  it('uploads by their own tests; latency and loss by downloads; places without a figure are left out', async () => {
    const answer = (measure: string) => askLink(`?measure=${measure}&axis_x=probe_cc`);
    expect(await answer('upload')).toMatchObject([
      { x: 'KE', tests: 40, value: expect.closeTo((4 * 8 ** 3) ** 0.25, 9) },
      { x: 'TZ', tests: 7, value: 3 },
    ]);
    expect(await answer('min_rtt')).toMatchObject([{ x: 'KE', tests: 400, value: 70 }]);
    expect(await answer('loss')).toMatchObject([{ x: 'KE', tests: 400, value: 0.0005 }]);
    expect(await askLink('?measure=loss&axis_x=probe_asn')).toEqual([]);
  });

  it('tool use: the mean of the days with a figure; tools are never added', async () => {
    expect(await askLink('?measure=tool_use&probe_cc=KE')).toMatchObject([
      { x: '2024-11-01', series: 'tor-bridge', value: 7, days: 1 },
      { x: '2024-11-01', series: 'tor-relay', value: 200, days: 2 },
    ]);
  });

  it('two stretches of days beside each other, and a baseline before', async () => {
    expect(
      await askLink('?probe_cc=KE&since=2024-11-07&until=2024-11-08&compare=periods'),
    ).toMatchObject([
      { x: 'before', tests: 9, signs: 1 },
      { x: 'chosen', tests: 11, signs: 7 },
    ]);
    const { question } = toQuestion(
      parseState('?probe_cc=KE&since=2024-11-07&compare=baseline').state,
    );
    const baseline = toBaseline(question);
    expect(baseline).not.toBeNull();
    if (baseline !== null)
      expect(await ask(exploreQuery(baseline, 'day'))).toMatchObject([{ tests: 9, signs: 1 }]);
  });
});

describe('what does not go together', () => {
  it.each([
    ['?measure=throughput&test_name=telegram', 'not_together'],
    ['?measure=throughput&axis_x=domain', 'not_together'],
    ['?measure=loss&test_name=telegram', 'not_together'],
    ['?axis_x=probe_cc&axis_y=probe_cc', 'not_together'],
    ['?probe_cc=KE&compare=countries', 'needs_countries'],
    ['?compare=periods', 'needs_since'],
    ['?compare=baseline&axis_x=probe_cc&since=2024-11-07', 'needs_time'],
    ['?measure=tool_use&axis_y=probe_cc', 'one_tool'],
  ])('%s is said', (search, reason) => {
    expect(toQuestion(parseState(search).state).notices.map((notice) => notice.reason)).toEqual([
      reason,
    ]);
  });
});

const states = exploreStates({
  countries: ['KE', 'TZ', 'ZZ'],
  networks: [33771, 36926],
  tests: ['telegram', 'web_connectivity'],
  domains: ['x.example', "o'brien.example"],
  categories: ['NEWS', 'GRP'],
  middle: '2024-11-07',
  spread: 40,
});
const grains = fc.constantFrom(...TIME_GRAINS);

function questionsOf(state: ExplorerState) {
  const { question } = toQuestion(state);
  return [question, toTotal(question), toBaseline(question)].filter((one) => one !== null);
}

describe('any state', () => {
  it('binds and answers alike in both engines, and as the text a reader copies', async () => {
    await fc.assert(
      fc.asyncProperty(states, grains, async (state, grain) => {
        for (const question of questionsOf(state)) {
          const query = exploreQuery(question, grain);
          const rows = await ask(query);
          expect((query.sql.match(/\?/g) ?? []).length).toBe(query.params.length);
          expect(await both.native(formatSql(query), [])).toEqual(rows);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names networks', async () => {
    expect(await ask(networkNamesQuery([33771, 1]))).toEqual([
      { probe_asn: '33771', name: 'Safaricom' },
    ]);
    expect(await ask(networkNamesQuery([]))).toEqual([]);
  });

  it('begins with nothing chosen', () => {
    expect(toQuestion(EMPTY_STATE)).toMatchObject({
      question: { measure: 'rate', x: 'measurement_start_day', series: null },
      notices: [],
    });
  });
});

it('values in the text of a query can end neither a string nor a comment', () => {
  const text = formatSql({ sql: 'SELECT ?::VARCHAR AS a', params: ["'; */ DROP TABLE x; --"] });
  expect(text).toBe("SELECT '''; */ DROP TABLE x; --' /* ?1 */::VARCHAR AS a");
});
