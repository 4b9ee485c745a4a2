/** What the three witnesses have of one country or territory, and the timeline of them: questions, then the view. */
import { addDays, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { testSpec, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { formatPlace } from '../i18n/place.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { outcomesQuery, totalsQuery } from '../query/interference.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import {
  courseQuery,
  eventsQuery,
  throughputQuery,
  toolUseQuery,
  type CourseRow,
  type EventRow,
  type ThroughputRow,
  type ToolUseRow,
} from '../query/witnesses.ts';
import type { Ask } from './ask.ts';
import { askCourses, type Courses } from './course.ts';
import { witnessOf } from './events.ts';
import { chooseGrain, periodStart } from './time-frame.ts';
import { coverageOf, toPlaceWindow } from './witness-place.ts';
import { alignWindow, windowAround, type Witness, type WitnessWindow } from './witness-window.ts';
import { toWitnesses, type WitnessesView } from './witnesses.ts';

export interface PlaceEvents {
  /** Newest first. */
  readonly events: readonly EventRow[];
  readonly courses: Courses;
}

export interface PlaceWitnesses extends PlaceEvents {
  readonly probeCc: CountryCode;
  readonly throughput: readonly ThroughputRow[];
  readonly toolUse: readonly ToolUseRow[];
  readonly outcomes: readonly OutcomePeriodRow[];
}

/** What a release holds at all. */
export interface WitnessRelease {
  /** First day that it does not cover any more; null: it names none. */
  readonly dataUntil: Day | null;
  readonly witnesses: readonly Witness[];
}

export async function askPlaceEvents(ask: Ask, probeCc: CountryCode): Promise<PlaceEvents> {
  const scope = { probeCc };
  const events = await ask(eventsQuery(probeCc), scope);
  return { events, courses: await askCourses((query) => ask(query, scope), events) };
}

/** All but the events. */
export async function askPlaceOthers(
  ask: Ask,
  probeCc: CountryCode,
): Promise<Omit<PlaceWitnesses, keyof PlaceEvents>> {
  const scope = { probeCc };
  const throughput = await ask(throughputQuery(probeCc), scope);
  const toolUse = await ask(toolUseQuery(probeCc), scope);
  const outcomes = await ask(outcomesQuery(ofPlace(probeCc), 'day'), scope);
  return { probeCc, throughput, toolUse, outcomes };
}

function ofPlace(probeCc: CountryCode): InterferenceFilter {
  return { probe_cc: [probeCc], probe_asn: [], test_name: [], since: null, until: null };
}

/** The timeline of the country page; null when no witness has any data. */
export async function askTimeline(
  ask: Ask,
  place: PlaceWitnesses,
  release: WitnessRelease,
): Promise<WitnessesView | null> {
  const window = toPlaceWindow(place, release.dataUntil);
  if (window === null) return null;
  const grain = chooseGrain(window.since, window.until);
  return timelineOf(ask, place, release, { window, grain, filter: ofPlace(place.probeCc) });
}

/** The timeline around one event, its own target in the first row. */
export async function askEventTimeline(
  ask: Ask,
  place: PlaceWitnesses,
  release: WitnessRelease,
  event: EventRow,
): Promise<WitnessesView> {
  const dataUntil = release.dataUntil ?? addDays(event.first_sign, 1);
  const course = place.courses.get(event.event_id) ?? null;
  const end = course === null ? dataUntil : addDays(course.measuredUntil, 1);
  const around = windowAround(event, end, witnessOf(event));
  const fitting = chooseGrain(around.since, around.until);
  if (event.test_name === null) {
    const window = alignWindow(around, dataUntil);
    const filter = ofPlace(place.probeCc);
    return timelineOf(ask, place, release, { window, grain: fitting, filter, event });
  }
  const rows = await ask(courseQuery(event), { probeCc: place.probeCc });
  const grain = fitting === 'day' && areThin(rows, event, end) ? 'week' : fitting;
  const window = alignWindow(around, dataUntil, grain);
  const test = event.domain ?? testSpec(event.test_name).label;
  const periods = toPeriodRows(rows, window, grain);
  return timelineOf(ask, place, release, { window, grain, filter: null, test, event, periods });
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

interface TimelineSubject {
  readonly window: WitnessWindow;
  readonly grain: TimeGrain;
  /** Whose outcomes are asked for; null: `periods` are given. */
  readonly filter: InterferenceFilter | null;
  readonly test?: string;
  readonly event?: EventRow;
  readonly periods?: readonly OutcomePeriodRow[];
}

async function timelineOf(
  ask: Ask,
  place: PlaceWitnesses,
  { dataUntil, witnesses }: WitnessRelease,
  { window, grain, filter, test, event, periods = [] }: TimelineSubject,
): Promise<WitnessesView> {
  const { since, until } = window;
  const scope = { probeCc: place.probeCc, since, until };
  const inWindow = filter === null ? null : { ...filter, since, until };
  const outcomes = inWindow === null ? periods : await ask(outcomesQuery(inWindow, grain), scope);
  const [totals] = inWindow === null ? [] : await ask(totalsQuery(inWindow), scope);
  // On its own page an event stands alone in its row, beside what the other witnesses saw.
  const events =
    event === undefined
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
    test: test ?? null,
    network: event?.probe_asn ?? null,
    networkCount: event === undefined ? (totals?.network_count ?? null) : event.network_count,
    throughput: place.throughput,
    toolUse: place.toolUse,
    events,
    courses: place.courses,
    place: formatPlace(place.probeCc),
    dataUntil: dataUntil ?? until,
    coverage: coverageOf(place),
    witnesses,
  });
}
