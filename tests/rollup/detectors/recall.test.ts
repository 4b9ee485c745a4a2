import { describe, expect, it } from 'vitest';
import { benchDetectors, type DetectorRow } from '../../bench/detectors.ts';

/** A small run of `npm run bench -- events`; the bench itself makes a thousand series of each kind. */
const SERIES = 24;
const rows = benchDetectors(SERIES);
const of = (pattern: RegExp, view?: DetectorRow['view']): readonly DetectorRow[] =>
  rows.filter((row) => pattern.test(row.kind) && (view === undefined || row.view === view));

describe('on made series', () => {
  it.each(of(/^(?:quiet|drift|use: quiet)/).map((row) => [`${row.kind}, ${row.view}`, row]))(
    'nothing is found in %s',
    (_, row) => {
      expect(row.falseEvents).toBe(0);
    },
  );

  it.each(
    of(/^(?:coverage|new network|burst|middling)/).map((row) => [`${row.kind}, ${row.view}`, row]),
  )('next to nothing is found in %s', (_, row) => {
    expect((row.falseEvents / row.years) * 40).toBeLessThanOrEqual(4);
  });

  it.each(
    of(/^(?:step of (?:25|50)|long|event of|escalation|use: (?:surge|drop|new))/, undefined).map(
      (row) => [`${row.kind}, ${row.view}`, row],
    ),
  )('at least nine in ten turns are found in %s', (_, row) => {
    expect(row.found / row.turns).toBeGreaterThanOrEqual(0.9);
  });

  it.each(of(/^step of 15/).map((row) => [`${row.kind}, ${row.view}`, row]))(
    'at least four in five turns are found in %s',
    (_, row) => {
      expect(row.found / row.turns).toBeGreaterThanOrEqual(0.8);
    },
  );

  it('ends are dated within three days', () => {
    const [ends, near] = [
      rows.reduce((sum, row) => sum + row.ends, 0),
      rows.reduce((sum, row) => sum + row.endsNear, 0),
    ];
    expect(near / ends).toBeGreaterThanOrEqual(0.95);
  });
});
