/** What an operator is told of a built site, and which host takes it. */
import { describe, expect, it } from 'vitest';
import { toDay, type Day } from '../../data-build/contract/brands.ts';
import { describeFit, HOSTS, overLimits } from '../../site/serve/hosts.ts';
import { findAlerts, type Status } from '../../site/serve/status.ts';

const day = (text: string): Day => {
  const parsed = toDay(text);
  if (parsed === null) throw new Error(`${text} is not a day`);
  return parsed;
};
const TODAY = day('2024-12-02');
const FINE: Status = {
  data_version: '2024-12-01-1a2b3c4d',
  synthetic: false,
  sources: [
    { id: 'ooni', until: day('2024-12-01'), rows_in: 1000, rows_out: 990, rejects: 4 },
    { id: 'mlab', until: null, rows_in: 0, rows_out: 0, rejects: 0 },
  ],
  places: ['KE', 'UG'],
  files: 10,
  bytes: 1000,
};
const withOoni = (change: Partial<Status['sources'][number]>): Status => ({
  ...FINE,
  sources: FINE.sources.map((source) => (source.id === 'ooni' ? { ...source, ...change } : source)),
});

describe('alerts', () => {
  it('are none when a night went as the night before', () => {
    expect(findAlerts(FINE, FINE, TODAY, 3)).toEqual([]);
    expect(findAlerts(withOoni({ rejects: 9 }), FINE, TODAY, 3)).toEqual([]);
  });

  it('wait longer for a publisher whose months come late', () => {
    const sources = FINE.sources.map((source) =>
      source.id === 'mlab' ? { ...source, until: day('2024-02-01') } : source,
    );
    expect(findAlerts({ ...FINE, sources }, null, TODAY, 3)).toEqual([]);
    expect(findAlerts({ ...FINE, sources }, null, day('2025-03-08'), 300)).toEqual([
      'mlab: its last day is 401 days ago',
    ]);
  });

  it('name a source that is late, gone, halved or full of rejects, and places that are lost', () => {
    expect(findAlerts(FINE, null, day('2024-12-05'), 3)).toEqual([
      'ooni: its last day is 4 days ago',
    ]);
    expect(findAlerts({ ...FINE, sources: [] }, FINE, TODAY, 3)).toEqual([
      'ooni: it is gone',
      'mlab: it is gone',
    ]);
    expect(findAlerts(withOoni({ rows_out: 400, rejects: 10 }), FINE, TODAY, 3)).toEqual([
      'ooni: 400 rows, 990 before',
      'ooni: 10 not used, 4 before',
    ]);
    expect(findAlerts({ ...FINE, places: ['UG'] }, FINE, TODAY, 3)).toEqual([
      'places without data now: KE',
    ]);
  });
});

describe('a host', () => {
  const size = {
    files: 21_055,
    bytes: 1_200_000_000,
    largest: { path: 'a.wasm', bytes: 30e6 },
    headerRules: 300,
  };

  it.each([
    ['pages', ['1,200 MB, 200 MB more than 1,000 MB']],
    [
      'cloudflare',
      ['21,055 files, 1,055 more than 20,000', 'a.wasm has 30 MB; a file may have 26.2 MB'],
    ],
    ['nginx', []],
  ])('%s', (name, over) => {
    const host = HOSTS[name];
    expect(host && overLimits(host, size)).toEqual(over);
  });

  it('is named in what the build says, with what to do', () => {
    expect(describeFit(size, undefined)).toBe('The site has 21,055 files and 1,200 MB.');
    expect(describeFit(size, 'nginx')).toContain('It fits nginx.');
    expect(describeFit(size, 'pages')).toMatch(/does not fit GitHub Pages: .*--keep/);
    expect(describeFit(size, 'pages')).not.toContain('rules');
    expect(describeFit(size, 'cloudflare')).toContain('passes over 200 of its 300 rules');
    expect(() => describeFit(size, 'gopher')).toThrow(/HOST is gopher.*Give one of: pages/);
  });
});
