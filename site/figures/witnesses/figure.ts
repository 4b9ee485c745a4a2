/** The three witnesses of a place on one time axis, or around one of its events. */
import { witnessOf } from '../../../data-build/contract/detected-event.ts';
import {
  publishersOf,
  witnessesOf,
  type PublisherId,
} from '../../../data-build/contract/publishers.ts';
import type { Witness } from '../../../data-build/contract/witnesses.ts';
import { layoutWitnesses } from './layout.ts';
import { formatPlace } from '../../../data-build/words/place.ts';
import { coverageOf } from './coverage.ts';
import { toWitnesses, type WitnessesView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import type { DrawnFigure } from '../figure.ts';
import { oneNetwork, problemsOf, type FigureRequest } from '../request.ts';
import type { TableName } from '../../../data-build/contract/tables.ts';
import { speedTable } from '../throughput/view.ts';
import { networkOf } from './tracks.ts';
import { askWitnesses, formatTarget, type WitnessAnswer } from './question.ts';

const COLUMNS: Readonly<Record<string, Witness>> = {
  tests: 'interference',
  rate: 'interference',
  interval: 'interference',
  speed: 'throughput',
  speed_tests: 'throughput',
  clients: 'tools',
};

/** The column of an indicator begins with its publisher. */
function publishersOfColumn(key: string): readonly PublisherId[] {
  const witness = COLUMNS[key];
  return witness === undefined
    ? publishersOf('indicators').filter((id) => key.startsWith(`${id.replaceAll('-', '_')} `))
    : publishersOf(witness);
}

/** A witness that is silent has no table. */
function tablesOfTracks({ tracks, context: { network } }: WitnessesView): readonly TableName[] {
  const tables = tracks
    .filter(({ covered }) => covered !== null)
    .map(({ witness, points }): TableName => {
      switch (witness) {
        case 'interference':
          return network === null ? 'interference_country_daily' : 'interference_network_daily';
        case 'throughput':
          return speedTable(points);
        case 'tools':
          return 'circumvention_daily';
        case 'indicators':
          return 'indicators_daily';
      }
    });
  return [...new Set(tables)];
}

export const witnesses: DrawnFigure<WitnessAnswer, WitnessesView> = {
  name: 'witnesses',
  heading: 'chart.witnesses.name',
  tables: [
    'interference_country_daily',
    'interference_network_daily',
    'throughput_monthly',
    'throughput_daily',
    'circumvention_daily',
    'indicators_daily',
  ],
  tablesOf: tablesOfTracks,
  sources: ({ tracks }) =>
    tracks.flatMap(({ covered, sources }) =>
      covered === null ? [] : sources.map((source) => ({ source, ...covered })),
    ),
  ask: askWitnesses,
  view(answer, request) {
    const { probeCc, event, lead, axis, courses } = answer;
    const { window, grain } = axis;
    const { until, edition } = request.release;
    return toWitnesses({
      window,
      grain,
      testedDays: answer.outcomes.flatMap(({ period, measurement_count }) =>
        measurement_count > 0 ? [period] : [],
      ),
      outcomes: answer.periods,
      test: formatTarget(event ?? lead, request),
      network: event === null ? oneNetwork(request.filter) : event.probe_asn,
      networkCount: answer.networkCount,
      throughput: answer.throughput,
      speedsOf: answer.speedsOf,
      toolUse: answer.toolUse,
      indicators: answer.indicators,
      events: eventsBeside(answer, request),
      led: event?.event_id ?? request.series,
      courses: new Map(courses),
      place: formatPlace(probeCc),
      dataUntil: until ?? window.until,
      coverage: coverageOf(answer),
      witnesses: witnessesOf(edition),
      problems: problemsOf(ofTest(request, event?.test_name ?? null), []),
    });
  },
  layout: layoutWitnesses,
  publishersOf: publishersOfColumn,
  checked: toCheckedWords,
  // Without chosen days it shows those that it was published with.
  follow: (request, { filter, frame, hasDays }) => ({
    ...request,
    filter,
    frame: hasDays ? frame : null,
  }),
  followsLater: true,
};

/** Null: of those that were asked for. */
function ofTest(request: FigureRequest, testName: string | null): FigureRequest {
  if (testName === null) return request;
  return { ...request, filter: { ...request.filter, test_name: [testName] } };
}

/** On its own page an event stands alone in its row, beside what the other witnesses saw. */
function eventsBeside({ event, events, speedsOf }: WitnessAnswer, { filter }: FigureRequest) {
  const { test_name } = filter;
  if (event !== null)
    return events.filter(
      (other) =>
        other.event_id === event.event_id ||
        (witnessOf(other) !== witnessOf(event) &&
          other.probe_asn === networkOf(witnessOf(other), event.probe_asn, speedsOf)),
    );
  return test_name.length === 0
    ? events
    : events.filter((one) => one.test_name === null || test_name.includes(one.test_name));
}
