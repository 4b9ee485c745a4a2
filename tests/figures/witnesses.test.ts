/** The three witnesses on one axis: what each says, and that a silent one is named. */
import { describe, expect, it } from 'vitest';
import { toSeriesCourse } from '../../data-build/contract/event-course.ts';
import { addDays, toCountryCode, type Day } from '../../data-build/contract/brands.ts';
import { AS_SURGE, START } from '../../site/figures/witnesses/cases.ts';
import type { FigureView } from '../../site/figures/figure.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { EventRow } from '../../site/query/witnesses.ts';
import type { OutcomePeriodRow } from '../../site/query/rows.ts';
import { toThroughput } from '../../site/figures/throughput/view.ts';
import { toToolUse, toToolUseSeries } from '../../site/figures/tool-use/view.ts';
import { witnesses } from '../../site/figures/witnesses/figure.ts';
import type { WitnessMaterial } from '../../site/figures/witnesses/tracks.ts';
import { toWitnesses } from '../../site/figures/witnesses/view.ts';
import { asn, day } from '../support/days.ts';
import { daysFrom, throughputRow, toolRow } from '../support/witness-rows.ts';

const since = day('2024-10-01');

function outcome(at: Day, tests: number, anomaly: number): OutcomePeriodRow {
  return {
    period: at,
    measurement_count: tests,
    ok_count: tests - anomaly,
    anomaly_count: anomaly,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
    network_count: 11,
    day_count: 1,
  };
}

const KENYA = toCountryCode('KE');
if (KENYA === null) throw new Error('KE is a code.');

const FIRST: EventRow = {
  ...START,
  probe_cc: KENYA,
  blocking_method: 'app_endpoints',
  last_normal: addDays(since, 19),
  first_sign: addDays(since, 20),
  magnitude: 0.8,
  measurement_count: 2000,
  anomaly_count: 1600,
  network_count: 11,
  agreement: 'interference_and_surge',
};
const FURTHER: EventRow = {
  ...FIRST,
  ...AS_SURGE,
  first_sign: addDays(since, 21),
  magnitude: 9,
};

const MATERIAL: WitnessMaterial = {
  window: { since, until: addDays(since, 40), led: 'interference', more: false },
  testedDays: daysFrom(since, 40),
  outcomes: daysFrom(since, 40).map((at, index) => outcome(at, 100, index >= 20 ? 80 : 2)),
  test: 'Telegram',
  network: null,
  networkCount: 23,
  throughput: daysFrom(since, 40).map((at, index) => throughputRow(at, index === 5 ? 4 : 90, 10)),
  toolUse: daysFrom(since, 40).map((at, index) => toolRow(at, index >= 21 ? 9000 : 1000)),
  indicators: [],
  events: [FIRST, FURTHER],
  courses: new Map(),
  place: 'Examplia',
  dataUntil: addDays(since, 40),
  coverage: {
    interference: { since, until: addDays(since, 40) },
    throughput: { since, until: addDays(since, 40) },
    tools: { since, until: addDays(since, 40) },
    indicators: null,
  },
  witnesses: ['interference', 'throughput', 'tools'],
};

describe('toWitnesses', () => {
  it('puts three witnesses on one axis, each with its own spans, and marks where they agree', () => {
    const view = toWitnesses(MATERIAL);
    expect(view.tracks.map(({ witness, missing }) => [witness, missing])).toEqual([
      ['interference', null],
      ['throughput', null],
      ['tools', null],
    ]);
    expect(view.tracks.map(({ spans }) => spans.length)).toEqual([1, 0, 1]);
    expect(view.agreements.map((each) => each.day)).toEqual([addDays(since, 20)]);
    expect(view.tracks.map(({ points }) => points.length)).toEqual([40, 39, 40]);
    expect(view.tracks[2]?.points.slice(-2).map(({ look }) => look)).toEqual(['grey', 'grey']);
    expect(view.table.rows).toHaveLength(40);
    expect(view.coverage).toHaveLength(40);
  });

  it('is headed by the event of the headline, also when others are stronger', () => {
    const other = (event_id: string, target: string): EventRow => ({
      ...START,
      ...{ event_id, target, test_name: target, magnitude: 0.9 },
      first_sign: addDays(since, 20),
    });
    const weak = { ...other('weak', 'signal'), magnitude: 0.1 };
    const names = ['whatsapp', 'tor', 'psiphon', 'ultrasurf'];
    const events = [...names.map((name) => other(name, name)), weak];
    const shown = (led: string | null) => toWitnesses({ ...MATERIAL, events, led });
    expect(shown(null).title).not.toContain('Signal');
    expect(shown('weak').title).toContain('Signal');
    expect(shown('weak').tracks[0]?.spans.map(({ id }) => id)).toContain('weak');
    expect(shown('no event of these').title).toBe(shown(null).title);
  });

  it('shows no surge that was last measured, or became a new level, before its days', () => {
    const spansOf = (first: Day, measuredUntil: Day) => {
      const surge: EventRow = { ...FURTHER, first_sign: first };
      const courses = new Map([[surge.event_id, toSeriesCourse(measuredUntil)]]);
      const view = toWitnesses({ ...MATERIAL, events: [surge], courses });
      return view.tracks.flatMap(({ spans }) => spans.map(({ until }) => until));
    };
    expect(spansOf(addDays(since, -900), addDays(since, -880))).toEqual([]);
    expect(spansOf(addDays(since, -900), addDays(since, 40))).toEqual([]);
    expect(spansOf(addDays(since, -50), addDays(since, 40))).toEqual([addDays(since, 6)]);
    expect(spansOf(addDays(since, 5), addDays(since, 40))).toEqual([null]);
  });

  it('says of no changed figures that they are not over, or that nobody knows', () => {
    const surge: EventRow = { ...FURTHER, first_sign: addDays(since, -50) };
    const courses = new Map([[surge.event_id, toSeriesCourse(addDays(since, 40))]]);
    const title = (agreement: EventRow['agreement']) =>
      toWitnesses({ ...MATERIAL, events: [{ ...surge, agreement }], courses, led: surge.event_id })
        .title;
    expect(title('surge_alone')).toContain('surge to a new level since');
    expect(title('global_change')).toMatch(/surge to a new level on [^;]*; no other witness/);
  });

  it('closes no bracket where a figure came to a new level, since nothing ended there', () => {
    const drawn = (event: Partial<EventRow>): string => {
      const surge: EventRow = { ...FURTHER, first_sign: addDays(since, -50), ...event };
      const courses = new Map([[surge.event_id, toSeriesCourse(addDays(since, 40))]]);
      const view = toWitnesses({ ...MATERIAL, events: [surge], courses });
      return JSON.stringify(layoutChart(view, { width: 720 }));
    };
    expect(drawn({})).toContain('to a new level');
    expect(drawn({})).not.toContain('"closes"');
    expect(drawn({ last_sign: addDays(since, 3), first_normal: addDays(since, 4) })).toContain(
      '"closes"',
    );
  });

  it('gives a figure of a month one row, not one for each of its days', () => {
    const monthly = { ...throughputRow(since, 900, 8), grain: 'month' as const };
    const { table } = toWitnesses({ ...MATERIAL, throughput: [monthly] });
    const at = table.columns.findIndex(({ key }) => key === 'speed');
    const told = table.rows
      .map(({ cells }) => cells[at]?.text)
      .filter((text) => text !== 'no data');
    expect(told).toEqual(['8 Mbit/s (October 2024)']);
  });

  it('says which witness is silent, and when it speaks of other days', () => {
    const view = toWitnesses({
      ...MATERIAL,
      throughput: [],
      toolUse: [],
      events: [FIRST],
      coverage: {
        ...MATERIAL.coverage,
        throughput: null,
        tools: { since: day('2018-01-01'), until: day('2019-01-01') },
      },
    });
    const [, throughput, tools] = view.tracks;
    expect(throughput?.missing).not.toBeNull();
    expect(tools?.missing).toContain('2018');
    expect(view.desc).toContain(tools?.missing ?? 'no words');
  });

  describe('without a detected event', () => {
    const calm = MATERIAL.outcomes.map(({ period }) => outcome(period, 100, 2));
    const quiet = { ...MATERIAL, outcomes: calm, events: [] };

    it('claims no change of days that every source covers', () => {
      expect(toWitnesses(quiet).title).toMatch(/^No change detected in Examplia, /);
    });

    it('names the days with data where a source covers fewer', () => {
      const { title } = toWitnesses({ ...quiet, outcomes: calm.slice(0, 10), throughput: [] });
      expect(title).toMatch(
        /^No change was found in Examplia in the days with data: OONI 1\W+10 October 2024, tool/,
      );
      const gaps = calm.filter((_, index) => index % 4 === 0);
      expect(toWitnesses({ ...quiet, outcomes: gaps }).title).toContain('OONI 10 days of 1');
    });

    it('says of changes in many countries at once that there were these', () => {
      const global = { ...FIRST, agreement: 'global_change' as const };
      expect(toWitnesses({ ...quiet, events: [global] }).title).toMatch(
        /^Only changes seen in many countries at once were found in Examplia/,
      );
    });

    it('names the days that were tested, not the weeks that they lie in', () => {
      const [first, ...later] = daysFrom(addDays(since, 9), 12);
      if (first === undefined) throw new Error('no days');
      const week = { ...outcome(day('2024-10-07'), 1000, 20), day_count: 4 };
      const view = toWitnesses({
        ...quiet,
        grain: 'week',
        testedDays: [first, ...later],
        outcomes: [week, { ...week, period: day('2024-10-14'), day_count: 7 }],
      });
      expect(view.title).toMatch(/OONI 10\W+20 October 2024/);
      expect(witnesses.sources(view)[0]).toMatchObject({ since: first, until: '2024-10-21' });
    });

    it('names the first day that its share counts, be its tests too few for a point', () => {
      const few = outcome(since, 4, 2);
      const rows = daysFrom(addDays(since, 1), 9).map((each) => outcome(each, 200, 60));
      const testedDays = [few, ...rows].map(({ period }) => period);
      const view = toWitnesses({ ...quiet, outcomes: [few, ...rows], testedDays });
      expect(view.title).toContain('542 of 1,804');
      expect(view.title).toMatch(/OONI 1\W+10 October 2024/);
    });

    it('does not call a lasting share of signs calm', () => {
      const high = calm.map(({ period }) => outcome(period, 100, 74));
      expect(toWitnesses({ ...quiet, outcomes: high }).title).toMatch(
        /^Signs of interference in 74% of tests/,
      );
    });
  });

  it('says that another witness did not change only of one with figures near the event', () => {
    const alone = { ...MATERIAL, toolUse: [], events: [{ ...FIRST, agreement: 'alone' as const }] };
    expect(toWitnesses(alone).title).toContain('no other witness agrees');
    const before = MATERIAL.throughput.slice(0, 15);
    expect(toWitnesses({ ...alone, throughput: before }).title).toContain(
      'no other witness has data',
    );
  });

  it('does not take a month with tests on half of its days for days around the event', () => {
    const month = (day_count: number) =>
      toWitnesses({
        ...MATERIAL,
        window: { ...MATERIAL.window, until: addDays(since, 900) },
        throughput: [],
        outcomes: [{ ...outcome(since, 900, 20), day_count }],
        events: [FURTHER],
      }).title;
    expect(month(31)).toContain('no other witness agrees');
    expect(month(16)).toContain('no other witness has data');
  });

  it.each([
    [30, /; not over by 10 November 2024, the last day with data/],
    [0, /; no data since 10 October 2024, so whether it ended is not known/],
  ])('says that an event is not over only while its series goes on: %i', (days, words) => {
    const measuredUntil = addDays(since, 9 + days + (days > 0 ? 1 : 0));
    const courses = new Map([['start', { measuredUntil, fading: false, latest: null }]]);
    expect(toWitnesses({ ...MATERIAL, courses }).title).toMatch(words);
  });

  it('shows no rate under the floor, and a network’s events on that network’s page alone', () => {
    const thin = MATERIAL.outcomes.map((row, index) =>
      index === 3 ? outcome(row.period, 7, 7) : row,
    );
    const own = {
      ...FIRST,
      event_id: 'own',
      probe_asn: asn(33771),
      first_sign: addDays(since, 25),
    };
    const view = toWitnesses({ ...MATERIAL, outcomes: thin, events: [FIRST, own] });
    expect(view.tracks[0]?.points).toHaveLength(39);
    expect(view.tracks[0]?.spans).toHaveLength(1);
  });

  it('speaks of two witnesses where the edition has no third', () => {
    const view = toWitnesses({
      ...MATERIAL,
      witnesses: ['throughput', 'tools'],
      outcomes: [],
      events: [FURTHER],
    });
    expect(view.tracks).toHaveLength(2);
    expect(JSON.stringify(view)).not.toMatch(/OONI/);
  });
});

describe('what can be pointed at', () => {
  const scope = { place: 'Examplia', dataUntil: addDays(since, 40) };
  const [bridge] = toToolUseSeries(daysFrom(since, 40).map((at) => toolRow(at, 1000)));
  const views: readonly (FigureView | null)[] = [
    toThroughput(
      daysFrom(since, 20).map((at) => throughputRow(at, 200, 10)),
      scope,
    ),
    bridge === undefined ? null : toToolUse(bridge, 'Examplia', scope.dataUntil),
    toWitnesses(MATERIAL),
  ];

  it.each(views.map((view) => [view?.chart ?? 'none', view] as const))(
    'in %s: periods, each with the row of the table that tells it',
    (_, view) => {
      if (view === null) throw new Error('There is nothing to draw.');
      const rows = new Set(view.table.rows.map(({ key }) => key));
      for (const width of [340, 720]) {
        const scene = layoutChart(view, { width });
        const targets = scene.children.find(({ key }) => key === 'targets');
        const slots = targets?.type === 'g' ? targets.children : [];
        expect(slots.length).toBeGreaterThan(0);
        expect(slots.filter(({ data }) => !rows.has(String(data?.['key'])))).toEqual([]);
        expect(slots.map(({ data }) => data?.['period'])).toEqual(slots.map(({ key }) => key));
      }
    },
  );
});
