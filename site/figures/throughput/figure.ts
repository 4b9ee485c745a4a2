/** Speed tests per period, of a place or of one network in it. */
import type { Asn } from '../../../data-build/contract/brands.ts';
import { publishersOf } from '../../../data-build/contract/publishers.ts';
import { layoutThroughput } from './layout.ts';
import { formatPlace } from '../../../data-build/words/place.ts';
import { formatOn } from '../../../data-build/contract/event-terms.ts';
import { formatAsn } from '../../view/format.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { speedTable, toThroughput, type ThroughputView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import type { DrawnFigure } from '../figure.ts';
import { oneNetwork, problemsOf, UNFILTERED, type FigureRequest } from '../request.ts';
import { askSpeeds, type Speeds } from './question.ts';

export const throughput: DrawnFigure<Speeds, ThroughputView> = {
  name: 'throughput',
  heading: 'chart.throughput.name',
  tables: ['throughput_monthly', 'throughput_daily'],
  tablesOf: ({ points }) => [speedTable(points)],
  sources: ({ context: { frame } }) =>
    publishersOf('throughput').map((source) => ({
      source,
      since: frame.since,
      until: frame.until,
    })),
  async ask(ask, { subject, filter }) {
    if (subject.kind === 'country') return askSpeeds(ask, subject.probeCc, oneNetwork(filter));
    if (subject.kind !== 'network' || subject.probeCc === null) return null;
    const { probeCc, asn } = subject;
    const speeds = await askSpeeds(ask, probeCc, asn);
    // Of a page of one network, the speeds of the place are none.
    return speeds.network === null ? null : speeds;
  },
  view({ network, rows }, request) {
    const { frame, release } = request;
    const { until: dataUntil } = release;
    const place = placeOf(request, network);
    if (place === null || dataUntil === null) return null;
    const inside = rows.filter(
      ({ period, grain }) =>
        frame === null || (period < frame.until && nextPeriod(period, grain) > frame.since),
    );
    return toThroughput(inside, {
      place,
      network: network === null ? null : formatAsn(network),
      dataUntil,
      problems: problemsOf(request, publishersOf('throughput')),
    });
  },
  layout: layoutThroughput,
  checked: toCheckedWords,
  follow: (request, { filter, frame, hasDays }) => ({
    ...request,
    filter: { ...UNFILTERED, probe_asn: oneNetwork(filter) === null ? [] : filter.probe_asn },
    frame: hasDays ? frame : null,
  }),
  followsLater: true,
};

/** `Kenya`, `Kenya on AS33771 (Safaricom)`; null: the request is of no place. */
function placeOf({ subject }: FigureRequest, network: Asn | null): string | null {
  if (!('probeCc' in subject) || subject.probeCc === null) return null;
  const place = formatPlace(subject.probeCc);
  if (network === null) return place;
  return formatOn(place, network, subject.kind === 'network' ? subject.name : null);
}
