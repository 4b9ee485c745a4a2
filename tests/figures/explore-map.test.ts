import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutExploreMap } from '../../site/figures/explore/layout-map.ts';
import type { SceneNode } from '../../site/charts/scene.ts';
import { toQuestion } from '../../site/query/explore-question.ts';
import type { ExploreRow } from '../../site/query/explore-rows.ts';
import { parseState } from '../../site/state/state.ts';
import { toExplore, type ExploreView } from '../../site/figures/explore/view.ts';
import { toBounds } from '../../site/figures/explore/map.ts';
import { isWorldGeometry, type WorldGeometry } from '../../site/charts/map/shapes.ts';
import { asn, day } from '../support/days.ts';

const geometry: WorldGeometry = {
  width: 960,
  height: 440,
  places: ['IR', 'KE', 'TZ', 'UG', 'ZM'].map((code, index) => ({
    code,
    shapes: [{ d: 'M0 0h9v9z', shared: false }],
    circle: false,
    x: index * 40,
    y: 20,
  })),
  disputed: '',
};

function row(x: string, some: Partial<ExploreRow>): ExploreRow {
  return {
    x,
    series: null,
    tests: 0,
    signs: 0,
    confirmed: 0,
    failures: 0,
    unscored: 0,
    days: 5,
    networks: 3,
    only_probe_asn: null,
    value: null,
    first_day: day('2024-11-01'),
    last_day: day('2024-11-29'),
    ...some,
  };
}

function view(
  search: string,
  rows: readonly ExploreRow[],
  pooled: readonly ExploreRow[] = [],
): ExploreView {
  const { question } = toQuestion(parseState(search).state);
  const frame = {
    since: day('2024-11-01'),
    until: day('2024-11-30'),
    grain: 'day',
    dataUntil: day('2024-12-01'),
  } as const;
  const context = {
    frame,
    place: null,
    test: null,
    network: null,
    networkCount: 3,
  };
  const names = { x: (value: string) => value, series: (value: string) => value };
  const total = row('', { tests: 400, signs: 90 });
  return toExplore(
    {
      question,
      publishers: ['ooni'],
      notices: [],
      rows,
      total,
      baseline: null,
      names,
      cut: false,
      events: [],
      pooled,
      geometry: question.onMap ? geometry : null,
    },
    context,
  );
}

function levels({ map }: ExploreView) {
  return map?.places.map(({ code, level }) => [code, 'level' in level ? level.level : level.kind]);
}

describe('the map of an answer', () => {
  it('draws evidence as the front page does, and keeps too few and not tested apart', () => {
    const shown = view('?view=map', [
      row('IR', { tests: 100, signs: 40, confirmed: 9 }),
      row('KE', { tests: 100, signs: 60 }),
      row('TZ', { tests: 12, signs: 12 }),
      row('UG', { tests: 200, signs: 0 }),
      row('EU', { tests: 100, signs: 0 }),
    ]);
    expect(levels(shown)).toEqual(
      expect.arrayContaining([
        ['IR', 'confirmed'],
        ['KE', 'strong'],
        ['TZ', 'few'],
        ['UG', 'none'],
      ]),
    );
    expect(shown.map?.offMap).toEqual(['EU']);
    const counts = Object.fromEntries(
      shown.map?.legend.map(({ label, count }) => [label, count]) ?? [],
    );
    expect(counts).toMatchObject({ confirmed: 1, 'too few tests': 1, 'not tested': 1 });
    // Every place of the map is in the legend once.
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(geometry.places.length);
    expect(shown.notes.join(' ')).toContain('5%');
  });

  it('carries the numbers of the table in its marks, wide and narrow', () => {
    const shown = view('?view=map&measure=tests', [
      row('KE', { tests: 90, failures: 10 }),
      row('TZ', { tests: 7 }),
    ]);
    if (shown.map === null) throw new Error('There is no map.');
    for (const width of [720, 340]) {
      const scene = layoutExploreMap(shown, shown.map, { width });
      const marks = new Map<string, string | number | undefined>();
      const visit = (node: SceneNode): void => {
        const key = node.data?.['key'];
        if (key !== undefined) marks.set(String(key), node.data?.['value']);
        if (node.type === 'g') node.children.forEach(visit);
      };
      scene.children.forEach(visit);
      expect(Object.fromEntries(marks)).toEqual({ KE: 100, TZ: 7 });
      expect(scene.rows).toBe(2);
    }
  });

  it('says of a place on one network which, in words, table, hatch and legend', () => {
    const lone = { networks: 1, days: 40, only_probe_asn: asn(64510) };
    const shown = view('?view=map', [
      row('KE', { tests: 400, signs: 240, ...lone }),
      row('TZ', { tests: 400, signs: 240 }),
    ]);
    expect(shown.notes.join(' ')).toContain('AS64510');
    const at = shown.table.columns.findIndex(({ key }) => key === 'only_probe_asn');
    expect(shown.table.rows.map(({ cells }) => cells[at]?.text)).toEqual([
      'rests on one network (AS64510)',
      '',
    ]);
    if (shown.map === null) throw new Error('There is no map.');
    const scene = JSON.stringify(layoutExploreMap(shown, shown.map, { width: 720 }));
    expect(scene).toContain('"pattern":"alone_moderate"');
    expect(scene).toContain('rests on one network: 1');
  });

  it('shows the most frequent method of a place', () => {
    const shown = view('?view=map&measure=methods', [
      row('KE', { series: 'dns', tests: 20, signs: 5 }),
      row('KE', { series: 'tls', tests: 20, signs: 15 }),
      row('TZ', { series: 'dns', tests: 2, signs: 2 }),
    ]);
    expect(shown.map?.places.map(({ code, level }) => [code, level])).toEqual([
      ['KE', { kind: 'method', method: 'tls' }],
      ['TZ', { kind: 'few' }],
    ]);
  });

  it('says what a map cannot show, and shows one tool', () => {
    const { question, notices } = toQuestion(
      parseState('?view=map&measure=tool_use&axis_x=tool&axis_y=probe_cc&compare=periods').state,
    );
    expect(question).toMatchObject({ x: 'probe_cc', series: null, onMap: true, pivot: null });
    expect(question.filter.tool).toHaveLength(1);
    expect(notices.map(({ reason, value }) => `${reason} ${value}`)).toEqual([
      'one_tool tor-relay',
      'not_on_map tool',
      'not_on_map probe_cc',
      'not_on_map periods',
    ]);
  });
});

it('steps of an amount are round, rise, and leave nothing above the largest value', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 1e9, noNaN: true }), { maxLength: 60 }),
      (values) => {
        const bounds = toBounds(values);
        expect(bounds.length).toBeLessThan(5);
        expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
        const most = Math.max(0, ...values);
        for (const bound of bounds) expect(bound).toBeLessThan(most);
      },
    ),
  );
});

it('knows a geometry when it sees one', () => {
  expect(isWorldGeometry(JSON.parse(JSON.stringify(geometry)))).toBe(true);
  for (const broken of [null, [], {}, { ...geometry, places: [{}] }, { ...geometry, places: [] }])
    expect(isWorldGeometry(broken)).toBe(false);
});

it('says which places carry a line of several', () => {
  const rows = [row('2024-11-01', { tests: 400, signs: 90 })];
  const of = (code: string, tests: number) => row(code, { tests });
  const { notes } = view('', rows, [of('UG', 5), of('KE', 60), of('TZ', 25), of('IR', 10)]);
  expect(notes.join(' ')).toContain('tests of 4 countries');
  expect(notes.join(' ')).toContain('Kenya (60%), Tanzania (25%), and Iran (10%)');
  expect(view('', rows, [of('KE', 60)]).notes.join(' ')).not.toContain('Kenya');
});

it('says which published counts are left out, and of websites that all are', () => {
  const rows = [row('2024-11-01', { tests: 400, signs: 90 })];
  const notesOf = (search: string) => view(search, rows).notes.join(' ');
  expect(notesOf('?probe_asn=AS64500')).toContain('counts that name no networks are left out');
  expect(notesOf('?probe_asn=AS64500')).not.toContain('single measurements alone');
  for (const search of ['?domain=news.example', '?domain=news.example&probe_asn=AS64500'])
    expect(notesOf(search)).toContain('single measurements alone');
  expect(notesOf('')).not.toMatch(/counts that name no networks|single measurements alone/);
});
