/** Which method led on each network of a place, over the days that have any. */
import { addDays } from '../../../data-build/contract/brands.ts';
import { layoutMethodStrip } from './layout.ts';
import { networkMethodsQuery, type NetworkMethodRow } from '../../query/networks.ts';
import { toMethodStrip, type MethodStripView } from './view.ts';
import { keepTicked } from '../../view/selection.ts';
import { chooseGrain, type TimeFrame } from '../../view/time-frame.ts';
import { toCheckedWords } from '../checked.ts';
import { ofTests, viewCounts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

interface StripAnswer {
  readonly frame: TimeFrame;
  readonly rows: readonly NetworkMethodRow[];
}

export const methodStrip: DrawnFigure<StripAnswer, MethodStripView> = {
  name: 'method-strip',
  heading: 'chart.method_strip.name',
  tables: ['interference_network_daily'],
  sources: ofTests,
  async ask(ask, { subject, frame: page }) {
    if (subject.kind !== 'country' || page === null) return null;
    const { probeCc } = subject;
    const weeks = await ask(networkMethodsQuery(probeCc, 'week'), { probeCc });
    const frame = toFrame(weeks, page);
    return {
      frame,
      rows:
        frame.grain === 'week'
          ? weeks
          : await ask(networkMethodsQuery(probeCc, 'month'), { probeCc }),
    };
  },
  view({ frame, rows }, request) {
    const view = viewCounts({ ...request, frame }, null, (context) => toMethodStrip(rows, context));
    return view === null || view.networks.length === 0 ? null : view;
  },
  layout: layoutMethodStrip,
  select: (view, shown) => ({
    ...view,
    networks: keepTicked(view.networks, shown, ({ probe_asn }) => String(probe_asn)),
  }),
  checked: toCheckedWords,
};

/** The days with signs, those of the page where there are none; by month where they are more than two years. */
function toFrame(weeks: readonly NetworkMethodRow[], page: TimeFrame): TimeFrame {
  const { dataUntil } = page;
  const signs = weeks.filter((row) => row.signs > 0).map(({ period }) => period);
  const sorted = signs.toSorted();
  const end = sorted.at(-1);
  const since = sorted[0] ?? page.since;
  const until = end === undefined ? page.until : addDays(end, 7);
  return {
    since,
    until: until > dataUntil ? dataUntil : until,
    grain: chooseGrain(since, until) === 'month' ? 'month' : 'week',
    dataUntil,
  };
}
