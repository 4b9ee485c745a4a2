/**
 * Which weeks the chart of a website over places and time shows: one stretch of weeks with tests, as other charts over
 * time do, instead of years of emptiness with slivers in it.
 */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { sumOutcomes } from '../../view/outcome-counts.ts';
import { addDays, daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { translate } from '../../i18n/translate.ts';
import type { ThemeWeekRow } from '../../query/themes.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount, formatDayRange } from '../../view/format.ts';
import { toRate } from '../../view/rate.ts';
import { GAP_DAYS, STRETCH_DAYS, toStretches, type StretchesView } from '../../view/stretches.ts';
import type { TableModel } from '../../view/table.ts';
import { sumPlace } from './view.ts';
import { nextPeriod, periodStart, type TimeFrame } from '../../view/time-frame.ts';

/** Longer stretches are drawn by the month. */
const MOST_DAYS = 730;
/** So many weeks with tests make a stretch worth showing for being the latest. */
const STRETCH_WEEKS = STRETCH_DAYS / 7;

/** Weeks of one stretch, summed. */
interface FilledStretch {
  readonly first: Day;
  /** Monday of the last week. */
  readonly last: Day;
  readonly weeks: number;
  readonly places: number;
  readonly tests: number;
  /** Confirmed or not. */
  readonly signs: number;
  readonly confirmed: number;
  /** Whether a cell reaches the floor, so that there is a share to see. */
  readonly rated: boolean;
  /** Whether a place has a rate of all its weeks, so that there is something to say. */
  readonly told: boolean;
}

export interface MatrixDays {
  readonly frame: TimeFrame;
  /** What lies outside; null where nothing does. */
  readonly outside: StretchesView['outside'];
}

/** `weeks` are all rows of one website or theme, which `caption` names. Null: it was never tested. */
export function chooseMatrixDays(
  weeks: readonly ThemeWeekRow[],
  dataUntil: Day,
  caption = translate('matrix.stretch.caption', { n: GAP_DAYS }),
): MatrixDays | null {
  const tested = weeks.filter(({ measurement_count }) => measurement_count > 0);
  const stretches = toStretches(tested.map(({ week }) => week)).map((stretch) =>
    fill(stretch.first, stretch.last, tested),
  );
  const told = stretches.filter((stretch) => stretch.told || stretch.confirmed > 0);
  const seen = stretches.filter(({ rated, confirmed }) => rated || confirmed > 0);
  const worth = [told, seen, stretches].find(({ length }) => length > 0) ?? [];
  const isLong = ({ weeks: count }: FilledStretch): boolean => count >= STRETCH_WEEKS;
  const latest = worth.findLast(isLong);
  const chosen =
    latest ??
    worth
      .toSorted((a, b) => Number(a.confirmed > 0) - Number(b.confirmed > 0) || a.tests - b.tests)
      .at(-1);
  if (chosen === undefined) return null;
  const frame = toFrame(chosen, dataUntil);
  const others = stretches.filter((stretch) => stretch !== chosen);
  if (others.length === 0) return { frame, outside: null };
  const sum = (pick: (stretch: FilledStretch) => number): number =>
    others.reduce((total, stretch) => total + pick(stretch), 0);
  const range = formatDayRange(frame.since, frame.until);
  const tests = sum((stretch) => stretch.tests);
  const sentences = [
    latest !== undefined
      ? translate(
          latest === stretches.findLast(isLong) ? 'matrix.stretch.latest' : 'matrix.stretch.rated',
          { range, n: STRETCH_WEEKS },
        )
      : translate(chosen.confirmed > 0 ? 'matrix.stretch.confirmed' : 'matrix.stretch.most', {
          range,
        }),
    translate('matrix.stretch.outside', {
      tests: translate('count.tests', { n: tests }),
      weeks: translate('count.weeks', { n: sum((stretch) => stretch.weeks) }),
    }),
  ];
  return {
    frame,
    outside: { sentence: joinSentences(sentences), table: toTable(stretches, caption) },
  };
}

function fill(first: Day, last: Day, rows: readonly ThemeWeekRow[]): FilledStretch {
  const inside = rows.filter(({ week }) => week >= first && week <= last);
  const { measurement_count, anomaly_count, confirmed_count } = sumOutcomes(inside);
  return {
    first,
    last,
    weeks: new Set(inside.map(({ week }) => week)).size,
    places: new Set(inside.map(({ probe_cc }) => probe_cc)).size,
    tests: measurement_count,
    signs: anomaly_count + confirmed_count,
    confirmed: confirmed_count,
    rated: [...groupBy(inside, ({ probe_cc, week }) => `${probe_cc} ${week}`).values()].some(
      (cell) => toRate(sumOutcomes(cell), FLOORS.heatmapCell).kind === 'rate',
    ),
    told: [...groupBy(inside, ({ probe_cc }) => probe_cc).values()]
      .flatMap(sumPlace)
      .some((place) => toRate(place, FLOORS.country).kind === 'rate'),
  };
}

/** Whole weeks or months, since weeks are what was counted. */
function toFrame({ first, last }: FilledStretch, dataUntil: Day): TimeFrame {
  const grain = daysBetween(first, last) > MOST_DAYS ? 'month' : 'week';
  return {
    since: periodStart(first, grain),
    until: nextPeriod(periodStart(last, grain), grain),
    grain,
    dataUntil,
  };
}

/** Newest first. A row’s key is `since until` as links take them. */
function toTable(stretches: readonly FilledStretch[], caption: string): TableModel {
  const column = (key: string, label: string, numeric = true) => ({ key, label, numeric });
  const count = (value: number) => ({ text: formatCount(value), sort: value });
  return {
    caption,
    caveats: [caption],
    columns: [
      column('range', translate('stretch.dates'), false),
      column('tests', translate('stretch.tests')),
      column('signs', translate('table.signs')),
      column('confirmed', translate('explore.column.confirmed')),
      column('weeks', translate('matrix.stretch.weeks')),
      column('places', translate('matrix.stretch.places')),
    ],
    rows: stretches.toReversed().map(({ first, last, tests, signs, confirmed, weeks, places }) => {
      const until = addDays(last, 7);
      return {
        key: `${first} ${until}`,
        cells: [
          { text: formatDayRange(first, until), sort: first },
          count(tests),
          count(signs),
          count(confirmed),
          count(weeks),
          count(places),
        ],
      };
    }),
  };
}
