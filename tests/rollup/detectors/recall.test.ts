import { describe, expect, it } from 'vitest';
import { formatDetectors, missesOf } from '../../bench/detector-table.ts';
import { benchDetectors, type DetectorRow } from '../../bench/detectors.ts';

/** A small run of `npm run bench -- events`; the bench itself makes a thousand series of each kind. */
const SERIES = 24;
const SEED = 1000;
/** So few series scatter: two false events more, and a tenth less found. */
const SLACK = { falseEvents: 2, share: 0.1 };
const rows = benchDetectors(SERIES, SEED);

describe('on made series', () => {
  it.each(rows.map((row) => [row.kind, row.view, row] as const))(
    '%s, seen as %s: what is aimed at is met',
    (_, __, row) => {
      const { mostFalse = Infinity, leastFound = 0, leastEnds = 0, mostFalseEnds = 1 } = row.aim;
      expect(row.falseEvents).toBeLessThanOrEqual(SLACK.falseEvents + (mostFalse * row.years) / 40);
      expect(row.found).toBeGreaterThanOrEqual((leastFound - SLACK.share) * row.turns);
      expect(row.endsNear).toBeGreaterThanOrEqual((leastEnds - SLACK.share) * row.ends);
      expect(row.falseEnds).toBeLessThanOrEqual((mostFalseEnds + SLACK.share) * row.found);
    },
  );

  it('quiet series of all kinds give no more than one event in a hundred years', () => {
    const quiet = rows.filter(({ kind }) => /^(?:quiet|websites: quiet|use: quiet)/.test(kind));
    const years = quiet.reduce((sum, row) => sum + row.years, 0);
    expect(quiet.reduce((sum, row) => sum + row.falseEvents, 0)).toBeLessThanOrEqual(years / 100);
  });
});

describe('the table of the bench', () => {
  const row: DetectorRow = {
    order: 0,
    kind: 'made up',
    view: 'country',
    aim: { mostFalse: 2, leastFound: 0.95, leastEnds: 0.95 },
    ...{ series: 40, years: 40, turns: 40, found: 38, starts: 40, dateError: 0, dateError90: 1 },
    ...{ ends: 20, endsFound: 20, endsNear: 19, falseEnds: 0, falseEvents: 2, bracketed: 30 },
  };

  it('says of each row what is missed', () => {
    expect(missesOf(row)).toEqual([]);
    expect(missesOf({ ...row, falseEvents: 3, found: 37, endsNear: 18 })).toEqual([
      'false events',
      'found',
      'ends',
    ]);
  });

  it('ends with how many rows miss their aim', () => {
    expect(formatDetectors([row, { ...row, found: 20 }], 1)).toMatch(
      /made up .* met\n.*MISSED: found\n1 of 2 rows miss their aim\.$/,
    );
  });
});
