/** The world in one week or month as one witness saw it: a level per country or territory, words, and a table. */
import { endSentence, joinSentences } from '../../../data-build/words/sentences.ts';
import { addDays, type Day } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import type { PublisherId } from '../../../data-build/contract/publishers.ts';
import { comparePlaces, formatPlaceName } from '../../../data-build/words/place.ts';
import type { WorldGeometry } from '../../charts/map/shapes.ts';
import { translate } from '../../i18n/translate.ts';
import type { ChartWords, ViewContext } from '../../view/context.ts';
import {
  CONFIRMED_FLOOR,
  EVIDENCE_BOUNDS,
  formatWorldLevel,
  isJudged,
  WORLD_LEVELS,
  type WorldLevel,
} from '../../view/evidence.ts';
import {
  formatCount,
  formatDay,
  formatDayRange,
  formatClauses,
  formatItems,
  formatPercent,
  formatPeriod,
} from '../../view/format.ts';
import { aloneNotes, formatAlone, formatFloor } from '../../view/rate.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { type WorldFacts } from './facts.ts';
import {
  THROUGHPUT_FLOOR,
  TOOLS_FLOOR,
  toWorldLevel,
  toWorldRate,
  type WorldPlaceView,
} from './levels.ts';
import type { WorldTheme } from './layers.ts';
import { placeNotes } from './place-notes.ts';
import { formatTheme } from '../themes.ts';
import type { WorldPeriod, WorldRecord } from './record.ts';
import { toWorldTable } from './table.ts';

export interface WorldContext {
  /** Name of the layer. */
  readonly layer: string;
  /** That it is of alone; null: all tests together. */
  readonly theme: WorldTheme | null;
  readonly source: PublisherId;
  /** Codes that have a page; they are listed also where they were not tested. */
  readonly codes: readonly string[];
  /** Its places without data count as not tested. */
  readonly geometry: WorldGeometry;
  /** First day that the witness’s data do not cover any more. */
  readonly dataUntil: Day;
}

export interface WorldView extends ChartWords, WorldContext {
  readonly chart: 'world';
  readonly context: ViewContext;
  readonly witness: WorldRecord['witness'];
  /** First days of all periods that a reader can step through, and of the one that is shown. */
  readonly periods: readonly Day[];
  readonly start: Day;
  readonly grain: WorldRecord['grain'];
  /** `April 2021`. */
  readonly period: string;
  /** Every place with a page or with data in the period, by name. */
  readonly places: readonly WorldPlaceView[];
  /** Levels in the legend’s order, with how many places have each. */
  readonly levels: readonly {
    readonly level: WorldLevel;
    readonly label: string;
    readonly count: number;
  }[];
  /** How many places have a share that rests on one network. */
  readonly alone: number;
  /** How many places have data in the period; `data-rows`. */
  readonly rows: number;
}

/** A period that is well covered has at least this share of the places that the best covered one has. */
const WELL_COVERED = 0.25;

/**
 * The period that is shown first: the last that is complete and has a level for a fair number of places. A release
 * can end in a few stray tests, and a map of those would say little. Null when the record is empty.
 */
export function chooseWorldPeriod(record: WorldRecord, dataUntil: Day): Day | null {
  const judged = record.periods.map(({ start, places }) => ({
    start,
    complete: nextPeriod(start, record.grain) <= dataUntil,
    count: [...places.values()].filter((facts) => isJudged(toWorldLevel(facts))).length,
  }));
  const most = Math.max(0, ...judged.map(({ count }) => count));
  const covered = judged.filter(({ count }) => count > 0 && count >= most * WELL_COVERED);
  const chosen = covered.findLast(({ complete }) => complete) ?? covered.at(-1) ?? judged.at(-1);
  return chosen?.start ?? null;
}

/** The view of one period; an unknown `start` gives a map on which nothing was tested. */
export function toWorldView(record: WorldRecord, start: Day, context: WorldContext): WorldView {
  const { witness, grain } = record;
  const period = record.periods.find((each) => each.start === start) ?? {
    start,
    places: new Map<string, WorldFacts>(),
  };
  const codes = [...new Set([...context.codes, ...period.places.keys()])].sort(comparePlaces());
  const places = codes.map((code): WorldPlaceView => {
    const name = formatPlaceName(code);
    const facts = period.places.get(code) ?? null;
    const level = toWorldLevel(facts);
    const basis = facts?.witness === 'interference' ? formatAlone(toWorldRate(facts)) : null;
    const words = [formatWorldLevel(witness, level), basis].filter((part) => part !== null);
    return {
      code,
      name,
      level,
      alone: basis !== null,
      label: translate('world.place', { name, level: formatItems(words) }),
    };
  });
  const onMap = context.geometry.places.map(({ code }) => code);
  const unlisted = onMap.filter((code) => !codes.includes(code)).length;
  const levels = WORLD_LEVELS[witness].map((level) => ({
    level,
    label: formatWorldLevel(witness, level),
    count:
      places.filter((place) => place.level === level).length +
      (level === 'not_tested' ? unlisted : 0),
  }));
  const name = formatPeriod(start, grain);
  const title = toTitle(witness, levels, name, context.theme);
  const known = [...context.codes, ...record.periods.flatMap((each) => [...each.places.keys()])];
  const offMap = [...new Set(known)].filter((code) => !onMap.includes(code)).sort();
  const { theme } = context;
  const notes = [
    ...toNotes(record, period, context.dataUntil),
    ...themeNotes(theme, grain),
    ...placeNotes(offMap),
  ];
  const counts = levels.map(({ label, count }) =>
    translate('world.count', { label, n: formatCount(count) }),
  );
  const { dataUntil } = context;
  const frame = { since: start, until: nextPeriod(start, grain), grain, dataUntil };
  return {
    ...context,
    chart: 'world',
    context: { frame, place: null, test: null, network: null, networkCount: null },
    witness,
    periods: record.periods.map((each) => each.start),
    start,
    grain,
    period: name,
    title,
    subtitle: toSubtitle(period, witness, theme),
    desc: joinSentences([endSentence(formatClauses(counts)), ...notes]),
    notes,
    places,
    levels,
    alone: places.filter(({ alone }) => alone).length,
    rows: period.places.size,
    table: toWorldTable(title, places, period, witness, notes),
  };
}

/** The levels that make a headline. */
const HEADLINE_LEVELS: Readonly<Record<WorldRecord['witness'], readonly WorldLevel[]>> = {
  interference: ['confirmed', 'confirmed_few', 'strong', 'moderate'],
  throughput: ['slowdown'],
  tools: ['surge'],
  indicators: ['drop'],
};

function toTitle(
  witness: WorldRecord['witness'],
  levels: WorldView['levels'],
  period: string,
  theme: WorldTheme | null,
): string {
  const total = (wanted: (level: WorldLevel) => boolean): number =>
    levels.reduce((sum, { level, count }) => sum + (wanted(level) ? count : 0), 0);
  const judged = total(isJudged);
  if (judged === 0 && theme === null) return translate(`world.title.${witness}.none`, { period });
  const headlined = total((level) => HEADLINE_LEVELS[witness].includes(level));
  const places = translate('count.places', { n: judged });
  const n = formatCount(headlined);
  if (theme !== null)
    return translate('world.title.theme', { n, judged, places, period, theme: formatTheme(theme) });
  return translate(`world.title.${witness}`, { n, places, period });
}

function toSubtitle(
  { places }: WorldPeriod,
  witness: WorldRecord['witness'],
  theme: WorldTheme | null,
): string {
  const all = [...places.values()];
  const words = { places: translate('count.places', { n: all.length }) };
  if (witness !== 'interference') return translate(`world.subtitle.${witness}`, words);
  const tested = all.filter((facts) => facts.witness === 'interference');
  const [first] = tested.map(({ first_day }) => first_day).sort();
  const last = tested
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  const range =
    first === undefined || last === undefined ? '' : formatDayRange(first, addDays(last, 1));
  const tests = translate('count.tests', {
    n: tested.reduce((sum, facts) => sum + facts.measurement_count, 0),
  });
  return theme === null
    ? translate('world.subtitle.interference', { ...words, tests, range })
    : translate('world.subtitle.theme', { ...words, tests, range, theme: formatTheme(theme) });
}

function themeNotes(theme: WorldTheme | null, grain: WorldRecord['grain']): readonly string[] {
  if (theme === null) return [];
  const byWeek = theme.of === 'websites' && grain === 'month';
  return [
    translate('theme.note', { of: theme.of }),
    ...(byWeek ? [translate('world.note.weeks')] : []),
  ];
}

function toNotes(
  { witness, grain }: WorldRecord,
  { start, places }: WorldPeriod,
  dataUntil: Day,
): readonly string[] {
  const percent = (ratio: number): string => formatPercent(ratio);
  const rules = {
    weak: percent(EVIDENCE_BOUNDS.weak),
    moderate: percent(EVIDENCE_BOUNDS.moderate),
    strong: percent(EVIDENCE_BOUNDS.strong),
    confirmed: formatCount(CONFIRMED_FLOOR),
    floor: formatFloor(FLOORS.country),
    counts_floor: formatFloor(FLOORS.countsOnly),
    tests: formatCount(THROUGHPUT_FLOOR),
    clients: formatCount(TOOLS_FLOOR),
  };
  return [
    ...(nextPeriod(start, grain) > dataUntil
      ? [translate('world.note.unfinished', { day: formatDay(addDays(dataUntil, -1)) })]
      : []),
    translate(`world.note.${witness}`, rules),
    ...aloneNotes(
      [...places.values()].flatMap((facts) =>
        facts.witness === 'interference' ? [toWorldRate(facts)] : [],
      ),
    ),
    translate(`world.note.${witness}.caveat`),
  ];
}
