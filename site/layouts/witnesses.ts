/** What the three witnesses say of one country or territory, asked once per build and shared by its pages. */
import {
  addDays,
  toCountryCode,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import type { EventCourse } from '../../data-build/contract/event-course.ts';
import { SOURCES, type SourceId } from '../../data-build/contract/sources.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { testSpec, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../i18n/place.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { countriesQuery, outcomesQuery, totalsQuery } from '../query/interference.ts';
import type { CountryRow, OutcomePeriodRow } from '../query/rows.ts';
import {
  courseQuery,
  eventsQuery,
  throughputPlacesQuery,
  throughputQuery,
  toolUsePlacesQuery,
  toolUseQuery,
  type CourseRow,
  type EventRow,
  type ThroughputRow,
  type ToolUseRow,
} from '../query/witnesses.ts';
import { isOpenInterference, toCourse } from '../view/course.ts';
import { toEventView, witnessOf, type EventView } from '../view/events.ts';
import { toThroughput, type ThroughputView } from '../view/throughput.ts';
import { chooseGrain, periodStart } from '../view/time-frame.ts';
import { toToolUse, toToolUseSeries, type ToolUseView } from '../view/tool-use.ts';
import { coverageOf, toPlaceWindow } from '../view/witness-place.ts';
import {
  alignWindow,
  WITNESSES,
  type Witness,
  type WitnessWindow,
  windowAround,
} from '../view/witness-window.ts';
import { toWitnesses, type WitnessesView } from '../view/witnesses.ts';
import type { FigureSource } from './licence.ts';
import { daysFilter } from './overview.ts';

export interface PlaceWitnesses {
  readonly probeCc: CountryCode;
  readonly throughput: readonly ThroughputRow[];
  readonly toolUse: readonly ToolUseRow[];
  readonly outcomes: readonly OutcomePeriodRow[];
  readonly events: readonly EventRow[];
  readonly courses: ReadonlyMap<string, EventCourse | null>;
}

const asked = new Map<string, Promise<PlaceWitnesses>>();

/** Everything the witnesses have of one place; asked once. */
export function loadWitnesses(data: BuildData, probeCc: CountryCode): Promise<PlaceWitnesses> {
  const known = asked.get(probeCc);
  if (known !== undefined) return known;
  const answer = askWitnesses(data, probeCc);
  asked.set(probeCc, answer);
  return answer;
}

async function askWitnesses({ ask }: BuildData, probeCc: CountryCode): Promise<PlaceWitnesses> {
  const scope = { probeCc };
  const throughput = await ask(throughputQuery(probeCc), scope);
  const toolUse = await ask(toolUseQuery(probeCc), scope);
  const outcomes = await ask(outcomesQuery(ofPlace(probeCc), 'day'), scope);
  const events = await ask(eventsQuery(probeCc), scope);
  const courses = new Map<string, EventCourse | null>();
  for (const event of events.filter(isOpenInterference)) {
    courses.set(event.event_id, toCourse(event, await ask(courseQuery(event), scope)));
  }
  return { probeCc, throughput, toolUse, outcomes, events, courses };
}

function ofPlace(probeCc: CountryCode): InterferenceFilter {
  return { ...daysFilter(null, null), probe_cc: [probeCc] };
}

/** Places with data of any witness, by code, with OONI’s row where there is one. */
export async function listPlaces({
  ask,
}: BuildData): Promise<
  readonly { readonly probeCc: CountryCode; readonly row: CountryRow | null }[]
> {
  const rows = await ask(countriesQuery(daysFilter(null, null)));
  const tested = new Map(rows.map((row) => [row.probe_cc, row]));
  const others = [...(await ask(throughputPlacesQuery())), ...(await ask(toolUsePlacesQuery()))];
  const codes = new Set([...tested.keys(), ...others.map(({ probe_cc }) => probe_cc)]);
  return [...codes].sort().flatMap((code) => {
    const probeCc = toCountryCode(code);
    return probeCc === null || probeCc === 'ZZ'
      ? []
      : [{ probeCc, row: tested.get(probeCc) ?? null }];
  });
}

/** Publishers of a timeline and the days of each that are in it. */
export function sourcesOf(
  { toolUse }: PlaceWitnesses,
  view: WitnessesView,
): readonly FigureSource[] {
  const { since, until } = view.context.frame;
  const tools = new Set(toolUse.map(({ source }) => source));
  return view.tracks.flatMap(({ witness, missing }): FigureSource[] => {
    if (missing !== null) return [];
    const ids: readonly SourceId[] =
      witness === 'interference' ? ['ooni'] : witness === 'throughput' ? ['mlab'] : [...tools];
    return ids.map((source) => ({ source, since, until }));
  });
}

/** The timeline of the country page; null when no witness has any data. */
export async function loadTimeline(
  data: BuildData,
  place: PlaceWitnesses,
): Promise<WitnessesView | null> {
  const window = toPlaceWindow(place, data.manifest.until);
  if (window === null) return null;
  const grain = chooseGrain(window.since, window.until);
  return timelineOf(data, place, window, grain, ofPlace(place.probeCc), null);
}

/** The timeline around one event, its own target in the first row. */
export async function loadEventTimeline(
  data: BuildData,
  place: PlaceWitnesses,
  event: EventRow,
): Promise<WitnessesView> {
  const dataUntil = data.manifest.until ?? addDays(event.first_sign, 1);
  const course = place.courses.get(event.event_id) ?? null;
  const end = course === null ? dataUntil : addDays(course.measuredUntil, 1);
  const around = windowAround(event, end, witnessOf(event));
  const fitting = chooseGrain(around.since, around.until);
  if (event.test_name === null) {
    const window = alignWindow(around, dataUntil);
    return timelineOf(data, place, window, fitting, ofPlace(place.probeCc), null, event);
  }
  const rows = await data.ask(courseQuery(event), { probeCc: place.probeCc });
  const grain = fitting === 'day' && areThin(rows, event, end) ? 'week' : fitting;
  const window = alignWindow(around, dataUntil, grain);
  const label = event.domain ?? testSpec(event.test_name).label;
  const periods = toPeriodRows(rows, window, grain);
  return timelineOf(data, place, window, grain, null, label, event, periods);
}

/** Whether most days of an event hold too few tests for a rate, so that days would show nothing of it. */
function areThin(rows: readonly CourseRow[], event: EventRow, end: Day): boolean {
  const until = event.last_sign === null ? end : addDays(event.last_sign, 1);
  const inside = rows.filter(({ day }) => day >= event.first_sign && day < until);
  const floor = event.probe_asn === null ? FLOORS.country.tests : FLOORS.heatmapCell.tests;
  return inside.filter(({ tests }) => tests >= floor).length < inside.length / 2;
}

/** Daily tests and signs as outcomes per period of the window; networks are not counted here. */
function toPeriodRows(
  rows: readonly { readonly day: Day; readonly tests: number; readonly signs: number }[],
  { since, until }: WitnessWindow,
  grain: TimeGrain,
): readonly OutcomePeriodRow[] {
  const periods = new Map<Day, OutcomePeriodRow>();
  for (const { day, tests, signs } of rows) {
    if (day < since || day >= until) continue;
    const period = periodStart(day, grain);
    const before = periods.get(period);
    periods.set(period, {
      period,
      measurement_count: tests + (before?.measurement_count ?? 0),
      ok_count: tests - signs + (before?.ok_count ?? 0),
      anomaly_count: signs + (before?.anomaly_count ?? 0),
      confirmed_count: 0,
      failure_count: 0,
      unscored_count: 0,
      network_count: null,
      day_count: 1 + (before?.day_count ?? 0),
    });
  }
  return [...periods.values()];
}

async function timelineOf(
  { ask, manifest }: BuildData,
  place: PlaceWitnesses,
  window: WitnessWindow,
  grain: TimeGrain,
  filter: InterferenceFilter | null,
  test: string | null,
  event: EventRow | null = null,
  given: readonly OutcomePeriodRow[] = [],
): Promise<WitnessesView> {
  const { since, until } = window;
  const scope = { probeCc: place.probeCc, since, until };
  const inWindow = filter === null ? null : { ...filter, since, until };
  const outcomes = inWindow === null ? given : await ask(outcomesQuery(inWindow, grain), scope);
  const [totals] = inWindow === null ? [] : await ask(totalsQuery(inWindow), scope);
  // On its own page an event stands alone in its row, beside what the other witnesses saw.
  const events =
    event === null
      ? place.events
      : place.events.filter(
          (other) =>
            other.event_id === event.event_id ||
            (witnessOf(other) !== witnessOf(event) && other.probe_asn === null),
        );
  return toWitnesses({
    window,
    grain,
    outcomes,
    test,
    network: event?.probe_asn ?? null,
    networkCount: event === null ? (totals?.network_count ?? null) : event.network_count,
    throughput: place.throughput,
    toolUse: place.toolUse,
    events,
    courses: place.courses,
    place: formatPlace(place.probeCc),
    dataUntil: manifest.until ?? until,
    coverage: coverageOf(place),
    witnesses: manifest.edition === 'cc0' ? ['throughput', 'tools'] : WITNESSES,
    language: 'en',
  });
}

export interface FurtherCharts {
  readonly throughput: { readonly view: ThroughputView; readonly source: FigureSource } | null;
  readonly toolUse: readonly { readonly view: ToolUseView; readonly source: FigureSource }[];
}

/** The charts of speed and of tool use, each over all its own days. */
export function toFurtherCharts(place: PlaceWitnesses, dataUntil: Day): FurtherCharts {
  const name = formatPlace(place.probeCc);
  const speed = toThroughput(place.throughput, { place: name, language: 'en', dataUntil });
  return {
    throughput: speed === null ? null : { view: speed, source: frameSource(speed, 'mlab') },
    toolUse: toToolUseSeries(place.toolUse).map((series) => {
      const view = toToolUse(series, name, dataUntil);
      return { view, source: frameSource(view, series.source) };
    }),
  };
}

function frameSource(view: ThroughputView | ToolUseView, source: SourceId): FigureSource {
  const { since, until } = view.context.frame;
  return { source, since, until };
}

/** Events of a place in words. */
export function toEventViews(place: PlaceWitnesses, lastDay: Day): readonly EventView[] {
  return place.events.map((event) => toEventView(event, place.courses, lastDay));
}

/** Publisher of an event. */
export function publisherOf({ event }: EventView): (typeof SOURCES)[SourceId] {
  return SOURCES[event.source];
}

export type { Witness };
