/**
 * The interference rate per period, with the events that were detected on these days: of a place, a network or a test,
 * of some tests of them, or of one website or one event.
 */
import { domainTotalsQuery } from '../../query/domains.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import {
  courseQuery,
  testEventsQuery,
  testEventsScope,
  type EventRow,
} from '../../query/witnesses.ts';
import type { Ask } from '../../catalog/ask.ts';
import { chooseSpans } from '../../view/events.ts';
import { formatAsn } from '../../view/format.ts';
import type { ViewContext } from '../../view/context.ts';
import { layoutRate } from './layout.ts';
import { toRateSeries, type RateView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import {
  askCounts,
  followAll,
  formatSeries,
  ofTests,
  PERIODS,
  viewCounts,
  type Counts,
} from '../counts.ts';
import { toPeriodRows } from '../course-rows.ts';
import type { DrawnFigure } from '../figure.ts';
import type { FigureRequest } from '../request.ts';

interface RateAnswer extends Counts<OutcomePeriodRow> {
  /** Of the place. */
  readonly events: readonly EventRow[];
  /** The one whose tests alone are counted; null: those of the subject are. */
  readonly event: EventRow | null;
}

export const rate: DrawnFigure<RateAnswer, RateView> = {
  name: 'rate',
  heading: 'chart.rate.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const { subject } = request;
    if (subject.kind === 'event' || subject.kind === 'target')
      return askCourse(ask, request, await askEvents(ask, request));
    const [events, counts] = await Promise.all([
      askEvents(ask, request),
      askCounts(ask, request, PERIODS),
    ]);
    return counts === null ? null : { ...counts, events, event: null };
  },
  view: ({ networks, rows, events, event }, request) =>
    viewCounts(request, networks, (context) => {
      const own = event === null ? context : { ...context, ...wordsOf(event) };
      const spans = chooseSpans(events, 'interference', context.frame, (each) =>
        event === null ? isWanted(each, request) : isSameSeries(each, event),
      );
      return toRateSeries(rows, own, spans);
    }),
  layout: layoutRate,
  checked: toCheckedWords,
  follow: followAll,
};

/** None where the subject is in several places: they are listed beside its charts. */
async function askEvents(ask: Ask, { subject, filter }: FigureRequest) {
  const isOne = subject.kind !== 'network' || filter.test_name.length > 0;
  return 'probeCc' in subject && subject.probeCc !== null && isOne
    ? ask(testEventsQuery(subject.probeCc), testEventsScope(subject.probeCc))
    : [];
}

/** The tests of one event, or of one website in a place. Null: the request names neither days nor a known event. */
async function askCourse(
  ask: Ask,
  { subject, frame }: FigureRequest,
  events: readonly EventRow[],
): Promise<RateAnswer | null> {
  if (frame === null || !('probeCc' in subject) || subject.probeCc === null) return null;
  const { probeCc } = subject;
  const { since, until } = frame;
  if (subject.kind === 'target') {
    const { testName: test_name, domain } = subject;
    if (domain === null) return null;
    const target = { probe_cc: probeCc, probe_asn: null, test_name, domain };
    const rows = toPeriodRows(await ask(courseQuery(target), { probeCc }), frame);
    const scope = { probeCc, since, until };
    const [total] = await ask(domainTotalsQuery({ ...target, since, until }), scope);
    return { networks: total?.network_count ?? null, rows, events, event: null };
  }
  if (subject.kind !== 'event') return null;
  const event = events.find(({ event_id }) => event_id === subject.eventId);
  if (event === undefined) return null;
  const rows = toPeriodRows(await ask(courseQuery(event), { probeCc }), frame);
  return { networks: event.network_count, rows, events, event };
}

function wordsOf(event: EventRow): Pick<ViewContext, 'test' | 'network'> {
  return {
    test: formatSeries(event),
    network: event.probe_asn === null ? null : formatAsn(event.probe_asn),
  };
}

function isSameSeries(a: EventRow, b: EventRow): boolean {
  return a.target === b.target && a.probe_asn === b.probe_asn;
}

function isWanted(event: EventRow, { subject, filter }: FigureRequest): boolean {
  const { test_name, probe_asn, domain } = event;
  if (subject.kind === 'target') return domain === subject.domain && probe_asn === null;
  if (subject.kind === 'network')
    return probe_asn === subject.asn && isTested(test_name, filter.test_name);
  return (
    (probe_asn === null || filter.probe_asn.includes(probe_asn)) &&
    isTested(test_name, filter.test_name)
  );
}

function isTested(test_name: string | null, wanted: readonly string[]): boolean {
  return wanted.length === 0 || (test_name !== null && wanted.includes(test_name));
}
