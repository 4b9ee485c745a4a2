/** What the view models say, in words a reader sees. */
import { formatTests } from '../../site/figures/counts.ts';
import { describe, expect, it } from 'vitest';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import type { OutcomePeriodRow } from '../../site/query/rows.ts';
import type { ViewContext } from '../../site/view/context.ts';
import { toMethods } from '../../site/figures/methods/view.ts';
import { toNetworks } from '../../site/figures/networks/view.ts';
import { toOutcomes } from '../../site/figures/outcomes/view.ts';
import { toRateSeries } from '../../site/figures/rate/view.ts';
import { toRankedView } from '../../site/figures/rate-bars/view.ts';
import { formatSummary, toSummary } from '../../site/figures/summary/view.ts';
import { toTests } from '../../site/figures/tests/view.ts';
import { asn, day } from '../support/days.ts';

const context: ViewContext = {
  frame: {
    since: day('2024-11-06'),
    until: day('2024-11-09'),
    grain: 'day',
    dataUntil: day('2024-11-09'),
  },
  place: 'Examplia',
  test: 'Telegram',
  network: null,
  networkCount: 23,
};

function row(period: string, tests: number, anomaly: number, confirmed = 0, failure = 0) {
  return {
    period: day(period),
    measurement_count: tests,
    ok_count: tests - anomaly - confirmed - failure,
    anomaly_count: anomaly,
    confirmed_count: confirmed,
    failure_count: failure,
    unscored_count: 0,
    network_count: 11,
    day_count: 1,
  } satisfies OutcomePeriodRow;
}
const leap = [row('2024-11-06', 114, 2), row('2024-11-07', 142, 83)];

describe('toSummary', () => {
  it('speaks of tests, with denominator, networks and dates', () => {
    const { level, sentence, peak, caveats } = toSummary(leap, context);
    expect(level).toBe('anomaly');
    expect(sentence).toContain('85 of 256 Telegram tests in Examplia on 23 networks showed signs');
    expect(sentence).toMatch(/6\W+8 November 2024/);
    expect(peak).toBe(
      'The highest share was on 7 November 2024: 83 of 142 tests on 11 networks (58%).',
    );
    expect(caveats[0]).toContain('does not mean that nothing is interfered with');
  });

  it('holds back below the floor, and says what was missing', () => {
    const { level, sentence } = toSummary([row('2024-11-06', 7, 6)], context);
    expect(level).toBe('too_few');
    expect(sentence).toContain('n = 7');
    expect(sentence).toContain('30 tests and 2 networks');
    expect(sentence).not.toContain('%');
  });

  it('says once that the number of networks is unknown', () => {
    const unnamed = leap.map((each) => ({ ...each, network_count: null }));
    const { sentence, peak } = toSummary(unnamed, { ...context, networkCount: null });
    expect(sentence).toContain('number of networks unknown');
    expect(peak).toBe('The highest share was on 7 November 2024: 83 of 142 tests (58%).');
  });

  it('keeps confirmed, none seen and not tested apart', () => {
    expect(toSummary([row('2024-11-06', 100, 0, 3)], context).level).toBe('confirmed');
    expect(toSummary([row('2024-11-06', 100, 0)], context).level).toBe('ok');
    expect(toSummary([], context).level).toBe('not_tested');
  });

  it('names no peak that the numbers do not carry', () => {
    const even = [row('2024-11-06', 100, 50), row('2024-11-07', 100, 51)];
    expect(toSummary(even, context).peak).toBeNull();
    const failed = [row('2024-11-06', 300, 6), row('2024-11-07', 142, 83, 0, 50)];
    expect(toSummary(failed, context).peak).toBeNull();
    const many = [row('2024-11-06', 5_000_000, 700_000), row('2024-11-07', 400_000, 57_800)];
    expect(toSummary(many, context).peak).toBeNull();
    const scarce = [row('2024-11-06', 20_000, 1000), row('2024-11-07', 21_000, 1060)];
    expect(toSummary([...scarce, row('2024-11-08', 87, 19)], context).peak).toBeNull();
  });

  it('calls tests of websites so', () => {
    const test = formatTests(['web_connectivity']);
    const { sentence } = toSummary(leap, { ...context, test });
    expect(sentence).toContain('85 of 256 website tests in Examplia');
  });

  it('names the peak of a network only of as many tests as a rate of it needs', () => {
    const onNetwork = { ...context, network: 'AS64500', networkCount: 1 };
    const days = (tests: number) => [
      row('2024-11-06', 114, 2),
      row('2024-11-07', 40, 1),
      row('2024-11-08', tests, tests),
    ];
    expect(toSummary(days(14), onNetwork).peak).toBeNull();
    expect(toSummary(days(15), onNetwork).peak).toContain('15 of 15 tests');
  });

  it('prints an interval only where its ends print apart', () => {
    const many = [row('2024-11-06', 5_000_000, 700_000)];
    expect(toSummary(many, context).sentence).toContain('(14%)');
    expect(toSummary(leap, context).sentence).toContain('(33%, 95% interval 28% – 39%)');
  });
});

/** Signs at the level of stray ones, a share above it, the same confirmed, and no sign at all. */
const LEVELS = [
  [30, 0, true],
  [30, 2, true],
  [90, 0, false],
  [30, 3, false],
  [0, 0, false],
] as const;

describe.each(LEVELS)(
  'of 1,000 tests, %i with signs and %i confirmed',
  (signs, confirmed, usual) => {
    const rows = ['2024-11-06', '2024-11-07', '2024-11-08'].map((period, index) =>
      row(period, index === 0 ? 400 : 300, signs / 3, index === 0 ? confirmed : 0),
    );
    const sum = { ...row('2024-11-06', 1000, signs, confirmed), day_count: 3 };
    const place = { key: 'XX', label: 'Examplia', kind: null };
    const days = { first_day: day('2024-11-06'), last_day: day('2024-11-08') };
    const said: readonly (readonly [string, (on: ViewContext) => string])[] = [
      ['the sentence of a page', (on) => formatSummary(toSummary(rows, on))],
      ['counts over time', (on) => toOutcomes(rows, on).title],
      ['shares over time', (on) => toRateSeries(rows, on).title],
      ['shares of tests', (on) => toTests([{ ...sum, test_name: 'telegram' }], on).title],
      [
        'shares of places',
        (on) => toRankedView('places', [{ ...sum, ...place, ...days }], on).title,
      ],
    ];

    it.each(said)('%s: whether that is more than the usual background', (_, say) => {
      for (const on of [
        context,
        { ...context, place: null, network: 'AS1 Example', networkCount: 1 },
      ])
        expect(say(on).includes('no more than the usual background')).toBe(usual);
    });
  },
);

describe('charts in words', () => {
  it('outcomes: the finding, and gaps as gaps', () => {
    const view = toOutcomes(leap, context);
    expect(view.title).toContain('33% of Telegram tests in Examplia (85 of 256)');
    expect(view.periods[2]?.counts).toBeNull();
    expect(view.table.rows[2]?.cells[1]?.text).toBe('not tested');
    expect(view.notes).toContain('1 day without tests is left empty.');
  });

  it('rate: a period below the floor has no rate in the table either', () => {
    const view = toRateSeries([row('2024-11-06', 7, 6), row('2024-11-07', 142, 83)], context);
    const cells = view.table.rows.map((line) => line.cells[1]?.text);
    expect(cells).toEqual(['too few tests (n = 7)', '58%', 'not tested']);
  });

  it('rate: names a day in its title only where it stands out and has enough tests', () => {
    const title = (...rows: readonly OutcomePeriodRow[]): string =>
      toRateSeries(rows, context).title;
    expect(title(...leap)).toContain('7 November 2024: 58%');
    expect(title(row('2024-11-06', 114, 40), row('2024-11-07', 142, 56))).toMatch(
      /^Signs of interference in 38% of .* \(96 of 256\); no day stands out/,
    );
    const onNetwork = { ...context, network: 'AS64501', networkCount: 1 };
    expect(
      toRateSeries([row('2024-11-06', 60, 0), row('2024-11-07', 14, 14)], onNetwork).title,
    ).not.toContain('100%');
  });

  it('rate: does not deny a day that it must not name, since many of its tests failed', () => {
    const failing = { ...row('2024-11-07', 142, 83), measurement_count: 242, failure_count: 100 };
    expect(toRateSeries([row('2024-11-06', 400, 40), failing], context).title).toMatch(
      /^Signs of interference in 23% of Telegram tests in Examplia \(123 of 542\), /,
    );
  });

  it('rate: says so where a day with few tests has a higher rate than the day that it names', () => {
    const rows = [
      row('2024-11-06', 400, 40),
      row('2024-11-07', 400, 232),
      row('2024-11-08', 31, 31),
    ];
    const aside = '; days with few tests or many failures left aside';
    const { title } = toRateSeries(rows, context);
    expect(title).toContain('7 November 2024: 58%');
    expect(title).toContain(aside);
    expect(toSummary(rows, context).peak).toMatch(new RegExp(`\\(58%\\)${aside}\\.$`));
    expect(toRateSeries(leap, context).title).not.toContain(aside);
  });

  it('rate: an unfinished period is no peak', () => {
    const frame = { ...context.frame, dataUntil: day('2024-11-07') };
    expect(toRateSeries(leap, { ...context, frame }).peak).toBeNull();
  });

  it('methods: a chart needs as many tests as one cell of it', () => {
    const methods = (count: number) => [
      { period: day('2024-11-06'), blocking_method: 'dns' as const, count },
    ];
    expect(toMethods(methods(4), leap, context).enough).toBe(false);
    expect(toMethods(methods(5), leap, context).enough).toBe(true);
  });

  it('tests: one rate alone is not the most', () => {
    const one = { ...row('2024-11-06', 114, 20), test_name: 'telegram' };
    const other = { ...row('2024-11-06', 114, 10), test_name: 'signal' };
    expect(toTests([one], context).title).toContain(
      'Telegram showed signs of interference in 18% of',
    );
    expect(toTests([one, other], context).title).toContain('most often: 18%');
  });

  it('tests: unscored is not failed, and the denominator is without failures', () => {
    const counts = row('2024-11-06', 52, 40, 1, 2);
    const unscored = { ...row('2024-11-06', 0, 0), unscored_count: 12 };
    const view = toTests(
      [
        { ...counts, test_name: 'telegram' },
        { ...unscored, test_name: 'riseupvpn' },
      ],
      context,
    );
    const texts = view.groups.flatMap(({ tests }) => tests.map(({ text }) => text));
    expect(texts).toEqual(['41 of 50', 'unscored (n = 12)']);
  });

  it('networks: sorted by tests, cells below five are no rate', () => {
    const network = (number: number, tests: number) => ({
      ...row('2024-11-06', tests, 1),
      probe_asn: asn(number),
      name: null,
      day_count: 3,
      first_day: day('2024-11-06'),
      last_day: day('2024-11-08'),
    });
    const view = toNetworks(
      [network(64_501, 20), network(64_500, 90)],
      [
        { probe_asn: asn(64_501), ...row('2024-11-06', 4, 1) },
        { probe_asn: asn(64_501), ...row('2024-11-07', 5, 1) },
      ],
      context,
    );
    expect(view.networks.map(({ number }) => number)).toEqual(['AS64500', 'AS64501']);
    const kinds = view.networks[1]?.cells.map(({ rate }) => rate.kind);
    expect(kinds).toEqual(['too_few', 'rate', 'not_tested']);
  });

  it('methods: shares add up, and signs without a method are counted in words', () => {
    const view = toMethods(
      [
        { period: day('2024-11-07'), blocking_method: 'tls', count: 60 },
        { period: day('2024-11-07'), blocking_method: 'dns', count: 20 },
      ],
      leap,
      context,
    );
    expect(view.methods.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(view.title).toContain('Most often: TLS, in 75% (60 of 80)');
    expect(view.notes.join(' ')).toContain('For 5 more tests');
  });
});

it('every table has a cell for every column', () => {
  for (const { name, view } of GALLERY_CASES) {
    for (const { cells } of view.table.rows) {
      expect(cells.length, name).toBe(view.table.columns.length);
    }
  }
});
