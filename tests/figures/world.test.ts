import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WorldFacts } from '../../site/figures/world/facts.ts';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import type { WorldInterferenceRow, WorldThroughputRow } from '../../site/query/world.ts';
import { levelLook } from '../../site/charts/map/look.ts';
import { toEvidence, WORLD_LEVELS } from '../../site/view/evidence.ts';
import { toWorldLevel } from '../../site/figures/world/levels.ts';
import { toInterferenceRecord, toThroughputRecord } from '../../site/figures/world/record.ts';
import { formatWorldReadout } from '../../site/figures/world/table.ts';
import {
  chooseWorldPeriod,
  toWorldView,
  type WorldContext,
  type WorldView,
} from '../../site/figures/world/view.ts';
import { giveShapes, type WorldGeometry } from '../../site/charts/map/shapes.ts';
import type { DrawnFigure } from '../../site/figures/figure.ts';
import { packRows, unpackRows } from '../../site/figures/packed-rows.ts';
import { toRequest } from '../../site/figures/request.ts';
import { world } from '../../site/figures/world/figure.ts';
import { day } from '../support/days.ts';

function code(text: string) {
  const found = toCountryCode(text);
  if (found === null) throw new Error(`${text} is no code`);
  return found;
}

function row(
  probeCc: string,
  period: string,
  counts: Partial<WorldInterferenceRow>,
): WorldInterferenceRow {
  return {
    period: day(period),
    probe_cc: code(probeCc),
    measurement_count: 1000,
    failure_count: 0,
    anomaly_count: 0,
    confirmed_count: 0,
    network_count: 5,
    only_probe_asn: null,
    day_count: 1,
    first_day: day(period),
    last_day: day(period),
    ...counts,
  };
}

/** Each place a circle somewhere. */
function shapesOf(codes: readonly string[]): WorldGeometry {
  const places = codes.map((of, x) => ({ code: of, shapes: [], circle: true, x, y: 0 }));
  return { width: 100, height: 10, places, disputed: '' };
}

const ROWS = [
  row('KE', '2021-03-01', { anomaly_count: 200 }),
  row('IR', '2021-03-01', { anomaly_count: 500, confirmed_count: 3 }),
  row('DE', '2021-03-01', { anomaly_count: 30 }),
  row('TG', '2021-03-01', { measurement_count: 7, anomaly_count: 7, network_count: 1 }),
  row('XX', '2021-03-01', { network_count: null }),
  row('KE', '2021-04-01', { measurement_count: 12 }),
  row('KE', '2021-05-01', { anomaly_count: 900 }),
];
const record = toInterferenceRecord(ROWS, 'month');
const context: WorldContext = {
  layer: 'interference',
  theme: null,
  source: 'ooni',
  codes: ['DE', 'IR', 'KE', 'TG', 'UY', 'XX'],
  geometry: shapesOf(['DE', 'IR', 'KE', 'TG', 'UY', 'GL', 'AQ']),
  dataUntil: day('2021-05-20'),
};
const march = toWorldView(record, day('2021-03-01'), context);

function levelOf(view: WorldView, probeCc: string): string | undefined {
  return view.places.find((place) => place.code === probeCc)?.level;
}
function readout(view: WorldView, probeCc: string): string {
  const found = view.table.rows.find(({ key }) => key === probeCc);
  const cells = new Map(
    view.table.columns.map(({ key }, index) => [
      key,
      found?.cells[index] ?? { text: '', sort: null },
    ]),
  );
  return formatWorldReadout(view.witness, cells, view.period);
}

it('is credited with the days that it shows, as far as there are data', () => {
  const daysOf = (view: WorldView) => world.sources(view).map(({ since, until }) => [since, until]);
  expect(daysOf(march)).toEqual([['2021-03-01', '2021-04-01']]);
  expect(daysOf(toWorldView(record, day('2021-05-01'), context))).toEqual([
    ['2021-05-01', '2021-05-20'],
  ]);
});

it('of a theme says so in its words', () => {
  const theme = { kind: 'theme', code: 'NEWS', of: 'websites' } as const;
  const news = toWorldView(record, day('2021-03-01'), { ...context, theme });
  const of = 'ests of websites listed as “News media”';
  expect(news.title).toContain(`T${of} in 2 of `);
  expect(news.subtitle).toContain(`t${of} alone`);
  expect(news.notes.join(' ')).toContain('Citizen Lab test lists');
  expect(news.notes.join(' ')).toContain('month of their Monday');
  const nowhere = toWorldView(record, day('2021-04-01'), { ...context, theme });
  expect(nowhere.title).toBe(`Nowhere enough t${of} to tell, April 2021`);
});

describe('levels of interference', () => {
  it('tell strength of evidence, and keep not tested, too few and nothing seen apart', () => {
    expect(['IR', 'KE', 'DE', 'TG', 'UY'].map((cc) => levelOf(march, cc))).toEqual([
      'confirmed',
      'moderate',
      'none',
      'few',
      'not_tested',
    ]);
  });

  it('follow the lower bound, not the rate: the same share of fewer tests is weaker', () => {
    const facts = (tests: number): WorldFacts => ({
      witness: 'interference',
      measurement_count: tests,
      failure_count: 0,
      anomaly_count: Math.round(tests * 0.11),
      confirmed_count: 0,
      network_count: 3,
      only_probe_asn: null,
      day_count: 1,
      lone: false,
      first_day: day('2021-03-01'),
      last_day: day('2021-03-01'),
    });
    expect([30, 100, 10_000].map((tests) => toWorldLevel(facts(tests)))).toEqual([
      'none',
      'weak',
      'moderate',
    ]);
  });

  it.each([
    // Counts as published for one month, or as cited in reports.
    ['Ireland: 70 %, none confirmed, networks unknown', 'unusual', 7_000, 10_000, 0, null, 30],
    ['Mozambique: 20 of 34 tests on one day', 'moderate', 20, 34, 0, 3, 1],
    ['Spain: 59 confirmed of 86,351', 'confirmed_few', 2_600, 86_351, 59, null, 30],
    ['Iran: 3,552 confirmed of 28,443', 'confirmed', 5_000, 28_443, 3_552, null, 30],
    ['China: 28 %, none confirmed', 'moderate', 2_800, 10_000, 0, 40, 30],
    ['a third of tests on two networks over three days', 'strong', 400, 1_000, 0, 2, 3],
  ] as const)('%s are %s', (_, level, signs, tests, confirmed, networks, days) => {
    expect(
      toWorldLevel({
        witness: 'interference',
        measurement_count: tests,
        failure_count: 0,
        anomaly_count: signs - confirmed,
        confirmed_count: confirmed,
        network_count: networks,
        only_probe_asn: null,
        day_count: days,
        lone: false,
        first_day: day('2021-03-01'),
        last_day: day('2021-03-30'),
      }),
    ).toBe(level);
  });

  it('have a hatch of their own wherever one network alone speaks, whatever it says', () => {
    const places = fc.record({
      lower: fc.double({ min: 0, max: 1, noNaN: true }),
      confirmed: fc.nat(9),
      days: fc.nat(30),
    });
    const own = new Map<string, string>();
    fc.assert(
      fc.property(places, (known) => {
        const level = toEvidence({ ...known, networks: 1 });
        const { pattern } = levelLook(level, true);
        expect(pattern).toMatch(/^alone_/);
        expect(pattern).not.toBe(levelLook(level).pattern);
        own.set(level, pattern ?? '');
      }),
    );
    expect(new Set(own.values()).size).toBe(own.size);
  });

  it('one or two confirmed tests do not make a place confirmed', () => {
    const [facts] = toInterferenceRecord(
      [row('GB', '2021-03-01', { confirmed_count: 2 })],
      'month',
    ).periods;
    expect(toWorldLevel(facts?.places.get('GB') ?? null)).toBe('none');
  });

  it('never rise when signs are taken away', () => {
    const order = [...WORLD_LEVELS.interference].reverse();
    const counts = fc
      .record({ tests: fc.nat(5000), signs: fc.nat(5000), fewer: fc.nat(5000) })
      .map(({ tests, signs, fewer }) => ({
        tests,
        signs: Math.min(signs, tests),
        fewer: Math.min(fewer, signs, tests),
      }));
    fc.assert(
      fc.property(counts, ({ tests, signs, fewer }) => {
        const rank = (anomaly: number) =>
          order.indexOf(
            toWorldLevel({
              witness: 'interference',
              measurement_count: tests,
              failure_count: 0,
              anomaly_count: anomaly,
              confirmed_count: 0,
              network_count: 2,
              only_probe_asn: null,
              day_count: 1,
              lone: false,
              first_day: day('2021-03-01'),
              last_day: day('2021-03-01'),
            }),
          );
        expect(rank(fewer)).toBeLessThanOrEqual(rank(signs));
      }),
    );
  });
});

describe('the view of a month', () => {
  it('counts each level once; with the places nobody tested anywhere they make the map', () => {
    const total = march.levels.reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(march.places.length + 2);
    expect(march.levels.find(({ level }) => level === 'not_tested')?.count).toBe(3);
    expect(march.rows).toBe(5);
  });

  it('says how many places, of how many, and when', () => {
    expect(march.title).toBe(
      'Tests in 2 of 4 countries and territories with enough tests showed moderate or strong signs of interference, or confirmed ones, March 2021',
    );
  });

  it('names places that the map does not have', () => {
    expect(march.notes.join(' ')).toMatch(/In the data without a place on the map: /);
  });

  it('says that an unfinished month is unfinished', () => {
    expect(toWorldView(record, day('2021-05-01'), context).notes[0]).toBe(
      'Not finished yet: the data end on 19 May 2021.',
    );
  });

  it('reads a place out with tests, interval, networks and dates', () => {
    expect(readout(march, 'KE')).toBe(
      'Kenya: moderate signs. 20% of tests (200 of 1,000, 95% interval 18% – 23%), 0 confirmed, 5 networks, 1 March 2021.',
    );
    expect(readout(march, 'TG')).toBe('Togo: too few tests (n = 7), 1 network, 1 March 2021.');
    expect(readout(march, 'UY')).toBe('Uruguay: not tested, March 2021.');
    expect(readout(march, 'XX')).toMatch(/number of networks unknown/);
  });
});

describe('the period shown first', () => {
  it('is the latest complete one with data for a fair number of places', () => {
    expect(chooseWorldPeriod(record, day('2021-05-20'))).toBe('2021-03-01');
    expect(chooseWorldPeriod(record, day('2021-06-01'))).toBe('2021-05-01');
  });

  it('is an unfinished one when there is no other, and none without data', () => {
    expect(chooseWorldPeriod(record, day('2021-03-10'))).toBe('2021-05-01');
    expect(chooseWorldPeriod(toInterferenceRecord([], 'month'), day('2021-03-10'))).toBeNull();
  });
});

describe('the record of speed', () => {
  it('knows slowdowns, and what is too short to tell', () => {
    const throughput = toThroughputRecord(
      [speed('2021-03-01', 500), speed('2021-04-01', 50)],
      [
        {
          probe_cc: code('KE'),
          kind: 'slowdown',
          first_sign: day('2021-03-01'),
          first_normal: day('2021-04-01'),
          magnitude: 0.6,
        },
      ],
      'month',
    );
    expect(throughput.periods.map(({ places }) => toWorldLevel(places.get('KE') ?? null))).toEqual([
      'slowdown',
      'few',
    ]);
  });
});

describe('the figure', () => {
  const answer = {
    codes: [code('KE')],
    found: { witness: 'interference', rows: ROWS, events: [] },
  };
  const days = { since: day('2021-03-01'), until: day('2021-05-20') };
  const basis = {
    subject: { kind: 'release' },
    frame: { ...days, grain: 'month', dataUntil: days.until },
    series: 'interference',
    release: { version: '1', until: days.until, edition: 'all', synthetic: false },
  } as const;
  // As it comes from the file beside the page.
  const asked: unknown = unpackRows(JSON.parse(JSON.stringify(packRows(answer))));
  const figure: DrawnFigure<unknown, WorldView> = world;
  const request = toRequest(world, basis);

  it('shows nothing before it has shapes, then the period of its frame or the one shown first', () => {
    expect(figure.view(asked, request)).toBeNull();
    giveShapes(shapesOf(['KE', 'DE']));
    expect(figure.view(asked, request)?.start).toBe('2021-03-01');
    const may = { ...basis.frame, since: day('2021-05-01'), until: day('2021-06-01') };
    const view = figure.view(asked, { ...request, frame: may });
    expect(view?.start).toBe('2021-05-01');
    expect(view?.notes.join(' ')).toContain('Iran');
  });

  it('shows nothing of a layer without rows, and none that it does not have', () => {
    const empty = { codes: [], found: { witness: 'interference', rows: [], events: [] } };
    expect(figure.view(empty, request)).toBeNull();
    expect(figure.view(asked, { ...request, series: 'x' })).toBeNull();
  });
});

function speed(period: string, tests: number): WorldThroughputRow {
  return {
    period: day(period),
    probe_cc: code('KE'),
    download_sample_count: tests,
    download_mbps_p50: 12.5,
  };
}
