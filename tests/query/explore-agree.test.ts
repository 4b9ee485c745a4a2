/**
 * For any state of the chart builder: what is drawn, its table, the sentence above it and the CSV say the same
 * numbers, and both engines give them.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { SceneData, SceneNode } from '../../site/charts/scene.ts';
import { writeCsv } from '../../site/export/csv.ts';
import { toRecords } from '../../site/export/records.ts';
import type { Ask } from '../../site/catalog/ask.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import { explore } from '../../site/figures/explore/figure.ts';
import { toRequest, type FigureRequest } from '../../site/figures/request.ts';
import { toQuestion } from '../../site/query/explore-question.ts';
import { MOST_CELLS } from '../../site/query/explore-rows.ts';
import type { Query } from '../../site/query/query.ts';
import { formatState, parseState } from '../../site/state/state.ts';
import { isSpeed } from '../../site/state/measures.ts';
import type { ExplorerState } from '../../site/state/parameters.ts';
import type { ExploreView } from '../../site/figures/explore/view.ts';
import { formatCount } from '../../site/view/format.ts';
import type { TableCell } from '../../site/view/table.ts';
import { giveShapes } from '../../site/charts/map/shapes.ts';
import { openBothEngines, type BothEngines } from '../support/both-engines.ts';
import { parseCsvLine } from '../support/csv-lines.ts';
import { day } from '../support/days.ts';
import { exploreStates } from '../support/explore-states.ts';

const METHODS = Object.keys(BLOCKING_METHODS);

/** One world of measurements, counted by SQL into the tables of counts, as the build does. Nothing in it is random. */
const FILL = [
  `INSERT INTO measurements BY NAME SELECT
    strftime(DATE '2024-10-01' + (i % 61)::INTEGER, '%Y-%m') AS month,
    DATE '2024-10-01' + (i % 61)::INTEGER AS day,
    CASE WHEN i % 7 < 4 THEN 'KE' WHEN i % 7 < 6 THEN 'TZ' ELSE 'ZZ' END AS probe_cc,
    CASE WHEN i % 5 < 3 THEN 33771 ELSE 36926 END AS probe_asn,
    CASE WHEN i % 3 = 0 THEN 'telegram' ELSE 'web_connectivity' END AS test_name,
    CASE WHEN i % 3 = 0 THEN NULL WHEN i % 2 = 0 THEN 'x.example' ELSE 'y.example' END AS domain,
    CASE WHEN i % 3 = 0 OR i % 4 = 1 THEN NULL WHEN i % 2 = 0 THEN 'NEWS' ELSE 'GRP' END AS category_code,
    CASE WHEN i % 11 = 0 THEN 'failure' WHEN i % 13 = 0 THEN 'unscored' WHEN i % 17 = 0 THEN 'confirmed'
      WHEN (i * 7) % 10 < 3 THEN 'anomaly' ELSE 'ok' END AS outcome,
    CASE WHEN i % 11 = 0 OR i % 13 = 0 OR NOT (i % 17 = 0 OR (i * 7) % 10 < 3) OR i % 19 = 0 THEN NULL
      WHEN i % 3 = 0 THEN 'app_endpoints' WHEN i % 2 = 0 THEN 'dns' ELSE 'tls' END AS blocking_method
    FROM (SELECT range AS i FROM range(0, 9000)) AS numbers`,
  ...(
    [
      ['interference_network_daily', ', probe_asn'],
      ['interference_country_daily', ''],
    ] as const
  ).map(
    ([table, asn]) => `INSERT INTO ${table} BY NAME SELECT day, probe_cc${asn}, test_name,
      count(*) FILTER (WHERE outcome <> 'unscored') AS measurement_count,
      count(*) FILTER (WHERE outcome = 'ok') AS ok_count,
      count(*) FILTER (WHERE outcome = 'anomaly') AS anomaly_count,
      count(*) FILTER (WHERE outcome = 'confirmed') AS confirmed_count,
      count(*) FILTER (WHERE outcome = 'failure') AS failure_count,
      count(*) FILTER (WHERE outcome = 'unscored') AS unscored_count,
      ${METHODS.map((name) => `count(*) FILTER (WHERE blocking_method = '${name}') AS ${name}_count`).join(', ')},
      'measurements' AS counts_from
      FROM measurements GROUP BY day, probe_cc${asn}, test_name`,
  ),
  // Published counts, without networks, beside them.
  `INSERT INTO interference_country_daily BY NAME SELECT * FROM (VALUES
    (DATE '2024-11-03', 'TZ', 'telegram', 900, 700, 120, 30, 50, 0, 'aggregation')
  ) AS t(day, probe_cc, test_name, measurement_count, ok_count, anomaly_count, confirmed_count, failure_count,
    unscored_count, counts_from)`,
  `INSERT INTO throughput_daily BY NAME SELECT DATE '2024-10-01' + (i % 61)::INTEGER AS day,
    CASE WHEN i % 2 = 0 THEN 'KE' ELSE 'TZ' END AS probe_cc,
    CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 33771 ELSE 36926 END AS probe_asn,
    4 + i % 90 AS download_sample_count, 1.5 + (i % 40) AS download_mbps_p50, 3 + i % 70 AS upload_sample_count,
    CASE WHEN i % 5 = 0 THEN NULL ELSE 0.5 + (i % 9) END AS upload_mbps_p50, 20.0 + i % 200 AS min_rtt_ms_p50,
    (i % 7) / 1000 AS loss_ratio_p50
    FROM (SELECT range AS i FROM range(0, 366)) AS numbers`,
  `INSERT INTO throughput_monthly BY NAME SELECT strftime(day, '%Y-%m') AS month, probe_cc, probe_asn,
    sum(download_sample_count)::UINTEGER AS download_sample_count, avg(download_mbps_p50) AS download_mbps_p50,
    sum(upload_sample_count)::UINTEGER AS upload_sample_count, avg(upload_mbps_p50) AS upload_mbps_p50,
    avg(min_rtt_ms_p50) AS min_rtt_ms_p50, avg(loss_ratio_p50) AS loss_ratio_p50
    FROM throughput_daily GROUP BY 1, 2, 3`,
  `INSERT INTO circumvention_daily BY NAME SELECT DATE '2024-10-01' + (i % 61)::INTEGER AS day,
    CASE WHEN i % 2 = 0 THEN 'KE' ELSE 'TZ' END AS probe_cc,
    CASE WHEN i % 3 = 0 THEN 'tor-bridge' ELSE 'tor-relay' END AS tool, 'users' AS metric,
    CASE WHEN i % 23 = 0 THEN NULL ELSE 10.5 + i END AS value, 'cc0' AS licence
    FROM (SELECT range AS i FROM range(0, 366)) AS numbers`,
  `INSERT INTO networks BY NAME SELECT * FROM (VALUES (33771, 'Safaricom')) AS t(probe_asn, name)`,
];

giveShapes({
  width: 960,
  height: 440,
  places: ['KE', 'TZ', 'UG'].map((code, index) => ({
    code,
    shapes: [{ d: 'M0 0h9v9z', shared: false }],
    circle: false,
    x: 40 * index,
    y: 9,
  })),
  disputed: '',
});

let both: BothEngines;
beforeAll(async () => {
  both = await openBothEngines(
    [
      'measurements',
      'interference_country_daily',
      'interference_network_daily',
      'throughput_daily',
      'throughput_monthly',
      'circumvention_daily',
      'networks',
      'events',
    ],
    FILL,
  );
});
afterAll(() => both.close());

function isRows<Row>(rows: readonly unknown[], query: Query<Row>): rows is readonly Row[] {
  return query.sql !== '' && rows.every((row) => typeof row === 'object' && row !== null);
}
function askOf(run: (query: Query<unknown>) => Promise<readonly unknown[]>): Ask {
  return async (query) => {
    const rows = await run(query);
    if (!isRows(rows, query)) throw new Error('These are no rows.');
    return rows;
  };
}
const native = askOf(async ({ sql, params }) => both.native(sql, params));
const browser = askOf(async ({ sql, params }) => both.browser(sql, params));

function requestOf(state: ExplorerState): FigureRequest {
  const covered = { since: day('2024-10-01'), until: day('2024-12-01') };
  return toRequest(explore, {
    subject: { kind: 'state', search: formatState(state), publishers: ['ooni'] },
    frame: { ...covered, grain: 'day', dataUntil: covered.until },
    release: { version: '1', until: covered.until, edition: 'all', synthetic: false },
  });
}

/** The answer as the page makes it, the same from both engines. */
async function answer(state: ExplorerState): Promise<ExploreView> {
  const request = requestOf(state);
  const built = await askFigure(native, explore, request);
  const live = await askFigure(browser, explore, request);
  if (built === null) throw new Error('It answers every state.');
  expect(roundAll(live)).toEqual(roundAll(built));
  return built.view;
}

/** Sums of fractions may differ in their last bit between the engines. */
function roundAll(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(roundAll);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map || value instanceof Set) return [...value].map(roundAll);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, roundAll(one)]));
}

/** Numbers of every mark that stands for a row, by the row's key. */
function marksOf(view: ExploreView, width: number): ReadonlyMap<string, SceneData> {
  const marks = new Map<string, SceneData>();
  const visit = (node: SceneNode): void => {
    const key = node.data?.['key'];
    if (node.data !== undefined && key !== undefined) marks.set(String(key), node.data);
    if (node.type === 'g') node.children.forEach(visit);
  };
  layoutChart(view, { width }).children.forEach(visit);
  return marks;
}

function cellsByColumn({ table }: ExploreView) {
  const columns = table.columns.map(({ key }) => key);
  return table.rows.map(({ key, cells }) => ({
    key,
    of: (column: string): TableCell | undefined => cells[columns.indexOf(column)],
  }));
}

/** The column with the number that is drawn where there is no share. */
const VALUE_COLUMN = {
  rate: 'rate',
  methods: 'rate',
  tests: 'measurement_count',
  confirmed: 'confirmed',
  throughput: 'value',
  upload: 'value',
  min_rtt: 'value',
  loss: 'value',
  tool_use: 'value',
} as const;

function sortOf(cell: TableCell | undefined): number {
  return typeof cell?.sort === 'number' ? cell.sort : 0;
}

const states = exploreStates({
  countries: ['KE', 'TZ', 'ZZ'],
  networks: [33771, 36926],
  tests: ['telegram', 'web_connectivity'],
  domains: ['x.example', 'y.example'],
  categories: ['NEWS', 'GRP'],
  middle: '2024-10-30',
  spread: 40,
});

/** Always among them: each measure, each form, and cells below the floor. */
const EXAMPLES = [
  '?axis_x=probe_cc',
  '?probe_cc=ZZ&axis_x=test_name&axis_y=probe_asn&since=2024-11-01&until=2024-11-03',
  '?measure=tests&axis_y=category_code',
  '?measure=confirmed&axis_x=domain&axis_y=probe_cc',
  '?measure=methods&axis_x=probe_cc',
  '?measure=throughput&time_grain=day',
  '?measure=upload&axis_x=probe_cc',
  '?measure=min_rtt&axis_y=probe_cc',
  '?measure=loss&view=map',
  '?measure=tool_use&axis_y=tool',
  '?view=map&measure=tests',
].map((link): [ExplorerState] => [parseState(link).state]);

async function forAnyState(check: (view: ExploreView, state: ExplorerState) => void) {
  await fc.assert(
    fc.asyncProperty(states, async (state) => {
      check(await answer(state), state);
    }),
    { numRuns: 40, examples: EXAMPLES },
  );
}

/** Rows of the table that the sentence adds up. */
function expectSum(view: ExploreView, column: string, n: string): void {
  const sum = cellsByColumn(view).reduce((total, row) => total + sortOf(row.of(column)), 0);
  expect(n).toBe(formatCount(sum));
}

describe('any state of the chart builder, in both engines', () => {
  it('draws the numbers of its table, wide and narrow', async () => {
    const drawn = { marks: 0, shares: 0, few: 0 };
    await forAnyState((view) => {
      const rows = new Map(cellsByColumn(view).map((row) => [row.key, row]));
      expect(rows.size).toBe(view.table.rows.length);
      for (const width of [720, 340]) {
        for (const [key, mark] of marksOf(view, width)) {
          const row = rows.get(key);
          if (row === undefined) throw new Error(`“${key}” is drawn and not in the table.`);
          drawn.marks += 1;
          if (mark['signs'] === undefined) {
            const value = sortOf(row.of(VALUE_COLUMN[view.measure]));
            expect(mark['value']).toBe(value);
            continue;
          }
          expect(mark['tests']).toBe(sortOf(row.of('tests')));
          expect(mark['signs']).toBe(sortOf(row.of('signs')));
          const rate = row.of('rate');
          if (mark['floor'] === 'met') {
            drawn.shares += 1;
            expect(rate?.sort).toBeCloseTo(Number(mark['signs']) / Number(mark['tests']), 12);
          } else {
            drawn.few += 1;
            expect(rate?.sort).toBeNull();
            expect(row.of('upper')?.text).toBe('');
          }
        }
      }
    });
    // The states are worth the test: shares, too few and counts all come up.
    expect(
      Math.min(drawn.marks - drawn.shares - drawn.few, drawn.shares, drawn.few),
    ).toBeGreaterThan(0);
  });

  it('writes the numbers of its table to the CSV, with the sentence above them', async () => {
    await forAnyState((view) => {
      const { table, summary } = view;
      const [preface = '', header = '', ...rows] = writeCsv(toRecords(table), [summary])
        .trimEnd()
        .split('\r\n');
      expect(preface).toBe(`# ${summary.replace(/\s+/g, ' ')}`);
      const keys = parseCsvLine(header);
      expect(keys).toEqual(expect.arrayContaining(table.columns.map(({ key }) => key)));
      expect(rows).toHaveLength(table.rows.length);
      rows.forEach((line, index) => {
        const texts = new Map(parseCsvLine(line).map((text, column) => [keys[column], text]));
        table.columns.forEach(({ key, numeric }, column) => {
          const cell = table.rows[index]?.cells[column];
          if (numeric && typeof cell?.sort === 'number') {
            expect(Number(texts.get(key))).toBe(cell.sort);
            return;
          }
          // Words in place of a number stand beside it.
          expect(texts.get(numeric && cell?.text !== '' ? `${key}_note` : key)).toBe(cell?.text);
          if (numeric) expect(texts.get(key)).toBe('');
        });
      });
    });
  });

  it('says the sums of its table in words', async () => {
    const said = new Map<string, number>();
    await forAnyState((view) => {
      const { title, measure, table, question } = view;
      // A stretch beside the days before it is said by its own shares; a cut table has no sums.
      const comparable = question.pivot === null && table.rows.length < MOST_CELLS;
      const share = /\(([\d,]+) of ([\d,]+)\)/.exec(title);
      const [, signs = '', tests = ''] = share ?? [];
      if (measure === 'rate' && share !== null && comparable && question.compare !== 'countries') {
        expectSum(view, 'signs', signs);
        expectSum(view, 'tests', tests);
      } else if (measure === 'tests' && comparable && table.rows.length > 0) {
        expectSum(view, 'measurement_count', /^[\d,]+/.exec(title)?.[0] ?? '');
      } else if (measure === 'confirmed' && comparable && table.rows.length > 0) {
        const [, n = '', of = ''] = /^([\d,]+) of ([\d,]+)/.exec(title) ?? [];
        expectSum(view, 'confirmed', n);
        expectSum(view, 'tests', of);
      } else if (isSpeed(measure) && comparable && table.rows.length > 0) {
        expectSum(view, 'tests', /([\d,]+) tests/.exec(title)?.[1] ?? '');
      } else return;
      said.set(measure, (said.get(measure) ?? 0) + 1);
    });
    expect([...said.keys()].sort()).toEqual([
      'confirmed',
      'loss',
      'min_rtt',
      'rate',
      'tests',
      'throughput',
      'upload',
    ]);
  });

  it('is the same state when its link is read again', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        const again = parseState(formatState(state)).state;
        expect(toQuestion(again)).toEqual(toQuestion(state));
      }),
    );
  });
});

it('names each country that is compared, with its own numbers', async () => {
  const view = await answer(
    parseState('?probe_cc=KE,TZ&compare=countries&test_name=web_connectivity').state,
  );
  for (const [code, name] of [
    ['KE', 'Kenya'],
    ['TZ', 'Tanzania'],
  ] as const) {
    const own = cellsByColumn(view).filter((row) => row.of('series_probe_cc')?.sort === code);
    const sum = (column: string) =>
      formatCount(own.reduce((total, row) => total + sortOf(row.of(column)), 0));
    expect(view.title).toContain(`${name} `);
    expect(view.title).toContain(`(${sum('signs')} of ${sum('tests')})`);
  }
});
