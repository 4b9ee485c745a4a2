/** The world in one week or month as one witness saw it: a level per country or territory, words, and a table. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import { TOOLS } from '../../data-build/contract/tools.ts';
import { comparePlaces, formatPlaceName } from '../i18n/place.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import { formatNetworks } from './context.ts';
import { formatCount, formatDay, formatDayRange, formatPercent, formatPeriod } from './format.ts';
import { formatFloor, formatNoRate, formatShare } from './rate.ts';
import type { TableCell, TableColumn, TableModel } from './table.ts';
import { nextPeriod } from './time-frame.ts';
import {
  CONFIRMED_FLOOR,
  EVIDENCE_BOUNDS,
  formatWorldLevel,
  THROUGHPUT_FLOOR,
  TOOLS_FLOOR,
  toWorldLevel,
  toWorldRate,
  WORLD_LEVELS,
  type WorldLevel,
} from './world-levels.ts';
import type { WorldFacts, WorldPeriod, WorldRecord } from './world-record.ts';

export interface WorldContext {
  /** Codes that have a page; they are listed also where they were not tested. */
  readonly codes: readonly string[];
  /** Codes in the data that the map has no place for. */
  readonly offMap: readonly string[];
  /** First day that the witness’s data do not cover any more. */
  readonly dataUntil: Day;
  readonly language: string;
}

export interface WorldPlaceView {
  readonly code: string;
  readonly name: string;
  readonly level: WorldLevel;
  /** `Kenya: weak signs`. */
  readonly label: string;
}

export interface WorldView {
  readonly witness: WorldRecord['witness'];
  readonly start: Day;
  /** `April 2021`. */
  readonly period: string;
  readonly title: string;
  readonly subtitle: string;
  readonly desc: string;
  readonly notes: readonly string[];
  /** Every place with a page or with data in the period, by name. */
  readonly places: readonly WorldPlaceView[];
  /** Levels in the legend’s order, with how many places have each. */
  readonly levels: readonly {
    readonly level: WorldLevel;
    readonly label: string;
    readonly count: number;
  }[];
  /** How many places have data in the period; `data-rows`. */
  readonly rows: number;
  readonly table: TableModel;
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

/** Whether enough is known to say anything of the place. */
export function isJudged(level: WorldLevel): boolean {
  return level !== 'few' && level !== 'not_tested';
}

/** The view of one period; an unknown `start` gives a map on which nothing was tested. */
export function toWorldView(record: WorldRecord, start: Day, context: WorldContext): WorldView {
  const { witness, grain } = record;
  const { language } = context;
  const period = record.periods.find((each) => each.start === start) ?? {
    start,
    places: new Map<string, WorldFacts>(),
  };
  const codes = [...new Set([...context.codes, ...period.places.keys()])].sort(
    comparePlaces(language),
  );
  const places = codes.map((code): WorldPlaceView => {
    const name = formatPlaceName(code, language);
    const level = toWorldLevel(period.places.get(code) ?? null);
    const words = formatWorldLevel(witness, level, language);
    return { code, name, level, label: translate('world.place', { name, level: words }, language) };
  });
  const levels = WORLD_LEVELS[witness].map((level) => ({
    level,
    label: formatWorldLevel(witness, level, language),
    count: places.filter((place) => place.level === level).length,
  }));
  const name = formatPeriod(start, grain, language);
  const title = toTitle(witness, levels, name, language);
  const notes = toNotes(record, period, context);
  const counts = levels.map(({ label, count }) =>
    translate('world.count', { label, n: formatCount(count, language) }, language),
  );
  return {
    witness,
    start,
    period: name,
    title,
    subtitle: toSubtitle(period, language, witness),
    desc: [`${counts.join('; ')}.`, ...notes].join(' '),
    notes,
    places,
    levels,
    rows: period.places.size,
    table: toTable(title, places, period, witness, notes, language),
  };
}

/** The levels that make a headline. */
const TELLING: Readonly<Record<WorldRecord['witness'], readonly WorldLevel[]>> = {
  interference: ['confirmed', 'strong', 'moderate'],
  throughput: ['slowdown'],
  tools: ['surge'],
};

function toTitle(
  witness: WorldRecord['witness'],
  levels: WorldView['levels'],
  period: string,
  language: string,
): string {
  const total = (wanted: (level: WorldLevel) => boolean): number =>
    levels.reduce((sum, { level, count }) => sum + (wanted(level) ? count : 0), 0);
  const judged = total(isJudged);
  if (judged === 0) return translate(`world.title.${witness}.none`, { period }, language);
  const telling = total((level) => TELLING[witness].includes(level));
  const places = translateCount('count.places', judged, {}, language);
  const n = formatCount(telling, language);
  return translate(`world.title.${witness}`, { n, places, period }, language);
}

function toSubtitle(
  { places }: WorldPeriod,
  language: string,
  witness: WorldRecord['witness'],
): string {
  const all = [...places.values()];
  const words = { places: translateCount('count.places', all.length, {}, language) };
  if (witness !== 'interference') return translate(`world.subtitle.${witness}`, words, language);
  const tested = all.filter((facts) => facts.witness === 'interference');
  const [first] = tested.map(({ first_day }) => first_day).sort();
  const last = tested
    .map(({ last_day }) => last_day)
    .sort()
    .at(-1);
  const tests = tested.reduce((sum, facts) => sum + facts.measurement_count, 0);
  return translate(
    'world.subtitle.interference',
    {
      ...words,
      tests: translateCount('count.tests', tests, {}, language),
      range:
        first === undefined || last === undefined
          ? ''
          : formatDayRange(first, addDays(last, 1), language),
    },
    language,
  );
}

function toNotes(
  { witness, grain }: WorldRecord,
  { start }: WorldPeriod,
  { dataUntil, offMap, language }: WorldContext,
): readonly string[] {
  const percent = (ratio: number): string => formatPercent(ratio, language);
  const rules = {
    weak: percent(EVIDENCE_BOUNDS.weak),
    moderate: percent(EVIDENCE_BOUNDS.moderate),
    strong: percent(EVIDENCE_BOUNDS.strong),
    confirmed: formatCount(CONFIRMED_FLOOR, language),
    floor: formatFloor(FLOORS.country, language),
    counts_floor: formatFloor(FLOORS.countsOnly, language),
    tests: formatCount(THROUGHPUT_FLOOR, language),
    clients: formatCount(TOOLS_FLOOR, language),
  };
  const names = offMap.map((code) => formatPlaceName(code, language));
  return [
    ...(nextPeriod(start, grain) > dataUntil
      ? [
          translate(
            'world.note.unfinished',
            { day: formatDay(addDays(dataUntil, -1), language) },
            language,
          ),
        ]
      : []),
    translate(`world.note.${witness}`, rules, language),
    translate(`world.note.${witness}.caveat`, {}, language),
    translate('world.note.places', {}, language),
    ...(names.length === 0
      ? []
      : [
          translate(
            'world.note.off_map',
            { places: new Intl.ListFormat(language).format(names) },
            language,
          ),
        ]),
  ];
}

const COLUMNS = {
  interference: ['name', 'level', 'rate', 'interval', 'share', 'confirmed', 'networks', 'days'],
  throughput: ['name', 'level', 'tests', 'mbps', 'change'],
  tools: ['name', 'level', 'tool', 'clients', 'change'],
} as const;
type Column = (typeof COLUMNS)[WorldRecord['witness']][number];
const TEXT_COLUMNS: readonly Column[] = ['name', 'level', 'days', 'tool'];

function toTable(
  caption: string,
  places: readonly WorldPlaceView[],
  period: WorldPeriod,
  witness: WorldRecord['witness'],
  caveats: readonly string[],
  language: string,
): TableModel {
  const columns = COLUMNS[witness].map((key): TableColumn => ({
    key,
    label: translate(`world.column.${key}`, {}, language),
    numeric: !TEXT_COLUMNS.includes(key),
  }));
  return {
    caption,
    caveats,
    columns,
    rows: places.map(({ code, name, level }) => {
      const facts = period.places.get(code) ?? null;
      const order = WORLD_LEVELS[witness].indexOf(level);
      const known: Readonly<Partial<Record<Column, TableCell>>> = {
        name: { text: name, sort: name },
        level: { text: formatWorldLevel(witness, level, language), sort: order },
        ...(facts === null ? {} : toCells(facts, language)),
      };
      return {
        key: code,
        cells: COLUMNS[witness].map((column) => known[column] ?? { text: '', sort: null }),
      };
    }),
  };
}

function toCells(
  facts: WorldFacts,
  language: string,
): Readonly<Partial<Record<Column, TableCell>>> {
  const count = (n: number): TableCell => ({ text: formatCount(n, language), sort: n });
  const percent = (n: number): TableCell => ({ text: formatPercent(n, language), sort: n });
  const text = (words: string): TableCell => ({ text: words, sort: words });
  switch (facts.witness) {
    case 'interference': {
      const rate = toWorldRate(facts);
      const { first_day, last_day, network_count, confirmed_count } = facts;
      const range = formatDayRange(first_day, addDays(last_day, 1), language);
      const seen = {
        confirmed: count(confirmed_count),
        networks:
          network_count === null
            ? { text: translate('table.unknown', {}, language), sort: null }
            : count(network_count),
        days: { text: range, sort: first_day },
      };
      if (rate.kind === 'not_tested') return {};
      if (rate.kind === 'too_few')
        return { ...seen, share: { text: formatNoRate(rate, language), sort: null } };
      const { lower, upper } = rate;
      const bounds = {
        lower: formatPercent(lower, language),
        upper: formatPercent(upper, language),
      };
      return {
        ...seen,
        rate: percent(rate.rate),
        interval: { text: translate('rate.interval', bounds, language), sort: lower },
        share: { text: formatShare(rate, language), sort: rate.tests },
      };
    }
    case 'throughput': {
      const { tests, mbps, event, magnitude } = facts;
      // Of a slowdown the fall is told, of vanished tests the share that is left.
      const change = event === 'vanished' ? (magnitude ?? 1) - 1 : -(magnitude ?? 0);
      return {
        tests: count(tests),
        ...(mbps === null ? {} : { mbps: { text: formatMbps(mbps, language), sort: mbps } }),
        ...(event === null ? {} : { change: percent(change) }),
      };
    }
    case 'tools': {
      const { tool, clients, event, magnitude } = facts;
      const labels: ReadonlyMap<string, { readonly label: string }> = new Map(
        Object.entries(TOOLS),
      );
      return {
        tool: text(labels.get(tool)?.label ?? tool.replace(/^other:/, '')),
        clients: count(clients),
        ...(event === null || magnitude === null
          ? {}
          : { change: { text: formatTimes(magnitude, language), sort: magnitude } }),
      };
    }
    default:
      return assertNever(facts);
  }
}

function formatMbps(mbps: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(mbps);
}

/** A ratio to the usual, as `× 3.4`. */
function formatTimes(ratio: number, language: string): string {
  const n = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(ratio);
  return translate('world.times', { n }, language);
}

/**
 * One line that says what a row of the table says: level, rate, tests, networks, dates. `cells` are texts by
 * column, from the table in the page or from a view.
 */
export function formatWorldReadout(
  witness: WorldRecord['witness'],
  cells: ReadonlyMap<string, string>,
  period: string,
  language: string,
): string {
  const cell = (key: Column): string => cells.get(key) ?? '';
  const has = (key: Column): boolean => cell(key) !== '';
  const words = Object.fromEntries(COLUMNS[witness].map((key) => [key, cell(key)]));
  const networks = /\d/.test(cell('networks'))
    ? translateCount('count.networks', Number(cell('networks').replace(/\D/g, '')), {}, language)
    : formatNetworks(null, language);
  const all = { ...words, networks, period };
  switch (witness) {
    case 'interference':
      if (!has('share')) return translate('world.readout.not_tested', all, language);
      return translate(has('rate') ? 'world.readout.rate' : 'world.readout.few', all, language);
    case 'throughput':
      if (!has('tests')) return translate('world.readout.not_tested', all, language);
      return [
        translate('world.readout.throughput', all, language),
        ...(has('change') ? [translate('world.readout.change', all, language)] : []),
      ].join(' ');
    case 'tools':
      if (!has('clients')) return translate('world.readout.not_tested', all, language);
      return [
        translate('world.readout.tools', all, language),
        ...(has('change') ? [translate('world.readout.change', all, language)] : []),
      ].join(' ');
    default:
      return assertNever(witness);
  }
}
