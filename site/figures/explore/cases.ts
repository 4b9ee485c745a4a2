/** Answers of the chart builder in each of its forms: lines, strips, bars, and a map of places that do not exist. */
import type { ExploreRow } from '../../query/explore-rows.ts';
import { toQuestion } from '../../query/explore-question.ts';
import { isSpeed } from '../../state/measures.ts';
import { parseState } from '../../state/state.ts';
import { toPeriods } from '../../view/time-frame.ts';
import type { WorldGeometry } from '../../charts/map/shapes.ts';
import { asn, context, DAYS, GEOMETRY, MONTHS, PLACES, type FigureCase } from '../case-rows.ts';
import { toExplore, type ExploreView } from './view.ts';
import { toNames } from './words.ts';

const NETWORKS = [64_500, 64_507, 64_514, 64_521, 64_528, 64_535, 64_542, 64_549].map(asn);
function row(
  x: string,
  series: string | null,
  tests: number,
  signs: number,
  confirmed = 0,
): ExploreRow {
  return {
    x,
    series,
    tests,
    signs,
    confirmed,
    failures: 2,
    unscored: 0,
    days: 1,
    networks: 5,
    only_probe_asn: null,
    value: null,
    first_day: DAYS.since,
    last_day: toPeriods(DAYS).at(-1)?.start ?? null,
  };
}

/** Every network in every period, but for gaps and a day with few tests. */
function overTime(networks: readonly number[]): readonly ExploreRow[] {
  return toPeriods(DAYS).flatMap(({ start }, index) =>
    networks.flatMap((network, place) => {
      if ((index + place * 3) % 11 === 10) return [];
      const tests = (index + place) % 13 === 7 ? 3 : 60 - place * 4;
      const signs = index < 8 ? index % 2 : Math.floor((tests * ((index + place * 2) % 5)) / 5);
      return [{ ...row(start, String(network), tests, Math.min(signs, tests)), networks: 1 }];
    }),
  );
}

const BY_PLACE = PLACES.map((code, index) =>
  row(
    code,
    null,
    index === 4 ? 6 : 400 - index * 45,
    index === 5 ? 0 : 120 - index * 22,
    index === 0 ? 60 : 0,
  ),
);
function answer(
  search: string,
  rows: readonly ExploreRow[],
  geometry: WorldGeometry | null = null,
  frame = DAYS,
): ExploreView {
  const { question } = toQuestion(parseState(search).state);
  const sum = (key: 'tests' | 'signs' | 'confirmed'): number =>
    rows.reduce((total, one) => total + one[key], 0);
  return toExplore(
    {
      question,
      publishers: isSpeed(question.measure) ? ['mlab'] : ['ooni'],
      notices: [],
      rows,
      total: { ...row('', null, sum('tests'), sum('signs'), sum('confirmed')), days: 24 },
      baseline: null,
      names: toNames(question, frame, new Map([['64500', 'Example Mobile']])),
      cut: false,
      events: [],
      geometry,
    },
    context(frame, { place: null }),
  );
}

/** Medians of loss in two places, month by month, with a gap. */
const LOSS = toPeriods(MONTHS).flatMap(({ start }, at) =>
  PLACES.slice(0, 2).flatMap((code, place): readonly ExploreRow[] =>
    at % 12 === 5 + place
      ? []
      : [{ ...row(start, code, 900 - at * 20, 0), value: ((at * (place + 3)) % 8) / 400 }],
  ),
);

export const CASES: readonly FigureCase<ExploreView>[] = [
  { name: 'explore-lines', view: answer('?axis_y=probe_asn', overTime(NETWORKS.slice(0, 3))) },
  { name: 'explore-strips', view: answer('?axis_y=probe_asn', overTime(NETWORKS)) },
  { name: 'explore-loss', view: answer('?measure=loss&axis_y=probe_cc', LOSS, null, MONTHS) },
  { name: 'explore-bars', view: answer('?axis_x=probe_cc', BY_PLACE) },
  { name: 'explore-map', view: answer('?view=map', BY_PLACE, GEOMETRY) },
];
