/** Speed tests per period. */
import { publishersOf } from '../../../data-build/contract/publishers.ts';
import { layoutThroughput } from './layout.ts';
import { formatPlace } from '../../../data-build/words/place.ts';
import { throughputQuery, type ThroughputRow } from '../../query/witnesses.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { toThroughput, type ThroughputView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { followDays } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { problemsOf } from '../request.ts';

export const throughput: DrawnFigure<readonly ThroughputRow[], ThroughputView> = {
  name: 'throughput',
  heading: 'chart.throughput.name',
  tables: ['throughput_monthly'],
  sources: ({ context: { frame } }) =>
    publishersOf('throughput').map((source) => ({
      source,
      since: frame.since,
      until: frame.until,
    })),
  async ask(ask, { subject }) {
    if (subject.kind !== 'country') return null;
    const { probeCc } = subject;
    return ask(throughputQuery(probeCc), { probeCc });
  },
  view(rows, request) {
    const { subject, frame, release } = request;
    const { until: dataUntil } = release;
    if (subject.kind !== 'country' || dataUntil === null) return null;
    const inside = rows.filter(
      ({ period, grain }) =>
        frame === null || (period < frame.until && nextPeriod(period, grain) > frame.since),
    );
    return toThroughput(inside, {
      place: formatPlace(subject.probeCc),
      dataUntil,
      problems: problemsOf(request, publishersOf('throughput')),
    });
  },
  layout: layoutThroughput,
  checked: toCheckedWords,
  follow: followDays,
  followsLater: true,
};
