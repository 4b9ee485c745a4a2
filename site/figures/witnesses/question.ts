/** What the three witnesses have of a place, and the days of them that a timeline shows. */
import { addDays, type Asn, type CountryCode } from '../../../data-build/contract/brands.ts';
import type { EventCourse } from '../../../data-build/contract/event-course.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { publishersOf } from '../../../data-build/contract/publishers.ts';
import { testSpec, type TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import type { InterferenceFilter } from '../../query/condition.ts';
import { outcomesQuery, totalsQuery } from '../../query/interference.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import {
  courseQuery,
  indicatorsQuery,
  toolUseQuery,
  type EventRow,
} from '../../query/witnesses.ts';
import type { Ask } from '../../catalog/ask.ts';
import { witnessOf } from '../../../data-build/contract/detected-event.ts';
import { byStrength, isSeenIn, strongestOf } from '../../view/events.ts';
import { chooseGrain } from '../../view/time-frame.ts';
import { toPlaceWindow, type WitnessRows } from './coverage.ts';
import { alignWindow, windowAround, type WitnessWindow } from './window.ts';
import { formatTests } from '../counts.ts';
import { fitGrain, toPeriodRows } from '../course-rows.ts';
import { askPlaceEvents, type PlaceEvents } from '../place-events.ts';
import { oneNetwork, type FigureRequest } from '../request.ts';
import { askSpeeds } from '../throughput/question.ts';

/** Everything that the timeline is made of. */
export interface WitnessAnswer extends WitnessRows, PlaceEvents {
  readonly probeCc: CountryCode;
  /** The one that it is about; null: it is about the place. */
  readonly event: EventRow | null;
  readonly axis: Axis;
  /** Of a place: what its strongest event is about stands in the first row, in its own numbers; null: all tests do. */
  readonly lead: EventRow | null;
  /** Of the first row, by the steps of the axis. */
  readonly periods: readonly OutcomePeriodRow[];
  readonly networkCount: number | null;
}

interface Axis {
  readonly window: WitnessWindow;
  readonly grain: TimeGrain;
}

/** Null: no witness has any data, or the event is not among those of the place. */
export async function askWitnesses(
  ask: Ask,
  request: FigureRequest,
): Promise<WitnessAnswer | null> {
  const { subject } = request;
  if (subject.kind !== 'country' && subject.kind !== 'event') return null;
  const { probeCc } = subject;
  const place = {
    probeCc,
    ...(await askPlaceRows(ask, probeCc)),
    ...(await askPlaceEvents(ask, probeCc)),
  };
  if (subject.kind === 'country') return askAroundPlace(ask, request, place);
  const event = place.events.find(({ event_id }) => event_id === subject.eventId);
  return event === undefined
    ? null
    : askAroundEvent(ask, request, await narrowRows(ask, place, event.probe_asn), event);
}

/** Rows of all three, over all days. */
export async function askPlaceRows(ask: Ask, probeCc: CountryCode): Promise<WitnessRows> {
  const scope = { probeCc };
  const { rows: throughput } = await askSpeeds(ask, probeCc, null);
  const toolUse = await ask(toolUseQuery(probeCc), scope);
  const indicators = await askIndicators(ask, probeCc);
  const outcomes = await ask(outcomesQuery(ofPlace(probeCc), 'day'), scope);
  return { throughput, speedsOf: null, toolUse, indicators, outcomes };
}

/** Of one network: its tests, and its speeds where they are published. Tool use and indicators are of whole places alone. */
async function narrowRows(ask: Ask, place: Place, network: Asn | null): Promise<Place> {
  if (network === null) return place;
  const { probeCc } = place;
  const speeds = await askSpeeds(ask, probeCc, network);
  const outcomes = await ask(outcomesQuery(ofPlace(probeCc, network), 'day'), { probeCc });
  return { ...place, outcomes, throughput: speeds.rows, speedsOf: speeds.network };
}

/** Nothing is asked where no publisher gives any. */
export async function askIndicators(ask: Ask, probeCc: CountryCode) {
  return publishersOf('indicators').length === 0 ? [] : ask(indicatorsQuery(probeCc), { probeCc });
}

type Place = WitnessRows & PlaceEvents & { readonly probeCc: CountryCode };

async function askAroundPlace(
  ask: Ask,
  { filter, frame, release, series: led }: FigureRequest,
  place: Place,
): Promise<WitnessAnswer | null> {
  const window =
    frame === null
      ? toPlaceWindow(place, place.events, release.until)
      : { since: frame.since, until: frame.until, led: 'interference' as const, more: false };
  if (window === null) return null;
  const axis = { window, grain: chooseGrain(window.since, window.until) };
  const only = oneNetwork(filter);
  const { probeCc } = place;
  const lead = filter.test_name.length === 0 && only === null ? leadOf(place, window, led) : null;
  const found = { ...place, event: null, lead };
  if (lead !== null) {
    const rows = await ask(courseQuery(lead), { probeCc });
    const grain = axis.grain === 'day' ? fitGrain(rows, lead, window.until, 'week') : axis.grain;
    const own = {
      window:
        grain === axis.grain ? window : alignWindow(window, release.until ?? window.until, grain),
      grain,
    };
    const websites = lead.domain ?? lead.category_code ?? null;
    const asked = {
      probe_cc: [probeCc],
      probe_asn: [],
      test_name: lead.test_name === null ? [] : [lead.test_name],
    };
    const series =
      websites !== null
        ? {
            periods: toPeriodRows(rows, { ...own.window, grain: own.grain }),
            networkCount: lead.network_count,
          }
        : await askPeriods(ask, asked, own, probeCc);
    // A series too thin for any rate would leave the row empty: then all tests stand there.
    if (series.periods.some(hasRate)) return { ...found, axis: own, ...series };
  }
  const asked = { ...filter, probe_cc: [probeCc], probe_asn: only === null ? [] : [only] };
  const own = await narrowRows(ask, place, only);
  return { ...found, ...own, lead: null, axis, ...(await askPeriods(ask, asked, axis, probeCc)) };
}

function hasRate({ measurement_count, failure_count }: OutcomePeriodRow): boolean {
  return measurement_count - failure_count >= FLOORS.country.tests;
}

/** What a timeline of the place is headed by, where that is a change in tests. */
function leadOf(
  { events, courses }: PlaceEvents,
  { since, until }: WitnessWindow,
  led: string | null,
): EventRow | null {
  const all = new Map(courses);
  const found = strongestOf(
    events
      .filter((event) => event.probe_asn === null && isSeenIn(event, all, { since, until }))
      .toSorted(byStrength),
    led,
  );
  return found === undefined || found.test_name === null ? null : found;
}

/** The event's own target in the first row. */
async function askAroundEvent(
  ask: Ask,
  { release }: FigureRequest,
  place: Place,
  event: EventRow,
): Promise<WitnessAnswer> {
  const { probeCc } = place;
  const dataUntil = release.until ?? addDays(event.first_sign, 1);
  const course = courseOf(place, event);
  const end = course === null ? dataUntil : addDays(course.measuredUntil, 1);
  const around = windowAround(event, end, witnessOf(event));
  const fitting = chooseGrain(around.since, around.until);
  const networkCount = event.probe_asn === null ? event.network_count : 1;
  const found = { ...place, event, lead: null, networkCount };
  if (event.test_name === null) {
    const axis = { window: alignWindow(around, dataUntil), grain: fitting };
    const { periods } = await askPeriods(ask, ofPlace(probeCc, event.probe_asn), axis, probeCc);
    return { ...found, axis, periods };
  }
  const rows = await ask(courseQuery(event), { probeCc });
  const grain = fitting === 'day' ? fitGrain(rows, event, end, 'month') : fitting;
  // A few months of tests are no line: then the half year before stands beside them.
  const wide = grain === 'month' ? { ...around, since: addDays(around.since, -HALF_YEAR) } : around;
  const [first] = rows;
  const since = first === undefined || first.day < wide.since ? wide.since : first.day;
  const axis = { window: alignWindow({ ...wide, since }, dataUntil, grain), grain };
  return { ...found, axis, periods: toPeriodRows(rows, { ...axis.window, grain }) };
}

function courseOf({ courses }: PlaceEvents, { event_id }: EventRow): EventCourse | null {
  return courses.find(([id]) => id === event_id)?.[1] ?? null;
}

function ofPlace(probeCc: CountryCode, asn: Asn | null = null): InterferenceFilter {
  const probe_asn = asn === null ? [] : [asn];
  return { probe_cc: [probeCc], probe_asn, test_name: [], since: null, until: null };
}

async function askPeriods(
  ask: Ask,
  filter: Omit<InterferenceFilter, 'since' | 'until'>,
  { window: { since, until }, grain }: Axis,
  probeCc: CountryCode,
): Promise<Pick<WitnessAnswer, 'periods' | 'networkCount'>> {
  const scope = { probeCc, since, until };
  const inWindow = { ...filter, since, until };
  const periods = await ask(outcomesQuery(inWindow, grain), scope);
  const [totals] = await ask(totalsQuery(inWindow), scope);
  return { periods, networkCount: totals?.network_count ?? null };
}

/** What the first row is of, where that is not all tests. */
export function formatTarget(event: EventRow | null, request: FigureRequest): string | null {
  if (event === null) return formatTests(request.filter.test_name);
  return event.test_name === null ? null : (event.domain ?? testSpec(event.test_name).label);
}

const HALF_YEAR = 182;
