/** The interference rate per period, with the events that were detected on these days. */
import { layoutRate } from './layout.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { testEventsQuery, testEventsScope, type EventRow } from '../../query/witnesses.ts';
import { chooseSpans } from '../../view/events.ts';
import { toRateSeries, type RateView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, followAll, ofTests, PERIODS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import type { FigureFilter } from '../request.ts';

interface RateAnswer extends Counts<OutcomePeriodRow> {
  /** Of the place; those of networks and tests are listed beside their charts. */
  readonly events: readonly EventRow[];
}

export const rate: DrawnFigure<RateAnswer, RateView> = {
  name: 'rate',
  heading: 'chart.rate.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const counts = await askCounts(ask, request, PERIODS);
    if (counts === null) return null;
    const { subject } = request;
    const events =
      subject.kind === 'country'
        ? await ask(testEventsQuery(subject.probeCc), testEventsScope(subject.probeCc))
        : [];
    return { ...counts, events };
  },
  view: ({ networks, rows, events }, request) =>
    viewCounts(request, networks, (context) => {
      const spans = chooseSpans(events, 'interference', context.frame, (event) =>
        isWanted(event, request.filter),
      );
      return toRateSeries(rows, context, spans);
    }),
  layout: layoutRate,
  checked: toCheckedWords,
  follow: followAll,
};

function isWanted(event: EventRow, { test_name, probe_asn }: FigureFilter): boolean {
  return (
    (event.probe_asn === null || probe_asn.includes(event.probe_asn)) &&
    (test_name.length === 0 || (event.test_name !== null && test_name.includes(event.test_name)))
  );
}
