/** The other two witnesses under a reader's filters: the timeline of all three, speed, tool use. */
import { daysBetween, type Day } from '../../data-build/contract/brands.ts';
import type { SourceId } from '../../data-build/contract/sources.ts';
import { testSpec } from '../../data-build/contract/vocabulary.ts';
import type { ChartView } from '../charts/registry.ts';
import { formatPlace } from '../i18n/place.ts';
import type { InterferenceFilter } from '../query/condition.ts';
import { outcomesQuery, totalsQuery } from '../query/interference.ts';
import type { Ask } from '../view/ask.ts';
import { askPlaceEvents, askPlaceOthers } from '../view/place-witnesses.ts';
import { toThroughput } from '../view/throughput.ts';
import { chooseGrain, nextPeriod, type TimeFrame } from '../view/time-frame.ts';
import { toToolUse, toToolUseSeries } from '../view/tool-use.ts';
import { coverageOf, toPlaceWindow } from '../view/witness-place.ts';
import { WITNESSES } from '../view/witness-window.ts';
import type { WitnessTrack } from '../view/witness-tracks.ts';
import { toWitnesses } from '../view/witnesses.ts';
import type { PageScope } from './country-views.ts';

/** A chart, the figure it belongs to, and whose days it shows. */
export interface WitnessChart {
  /** Id of the figure. */
  readonly id: string;
  /** Null: there is nothing in the chosen days. */
  readonly view: ChartView | null;
  readonly sources: readonly SourceId[];
}

/**
 * Charts under the chosen test and dates. Speed and tool use know neither tests nor OONI's networks; a timeline
 * without chosen dates shows those that it was published with.
 */
export async function askWitnesses(
  ask: Ask,
  filter: InterferenceFilter,
  page: PageScope,
  frame: TimeFrame,
): Promise<readonly WitnessChart[]> {
  const { probeCc } = page;
  const whole = { probeCc, since: page.earliest ?? page.since, until: page.until };
  const place = formatPlace(probeCc);
  const rows = await askPlaceOthers(ask, probeCc);
  const { throughput, toolUse } = rows;
  const chosen = filter.since !== null || filter.until !== null;
  const window = chosen
    ? { since: frame.since, until: frame.until, led: 'interference' as const, more: false }
    : toPlaceWindow(rows, page.until);
  if (window === null) return [];

  const [network = null, ...others] = filter.probe_asn;
  const one = others.length === 0 ? network : null;
  const inWindow = {
    ...filter,
    probe_asn: one === null ? [] : [one],
    since: window.since,
    until: window.until,
  };
  const [totals] = await ask(totalsQuery(inWindow), whole);
  const { events, courses } = await askPlaceEvents(ask, probeCc);
  const timeline = toWitnesses({
    window,
    outcomes: await ask(outcomesQuery(inWindow, chooseGrain(window.since, window.until)), whole),
    test: filter.test_name.length === 0 ? null : filter.test_name.map(labelOf).join(', '),
    network: one,
    networkCount: totals?.network_count ?? null,
    throughput,
    toolUse,
    events:
      filter.test_name.length === 0
        ? events
        : events.filter(
            ({ test_name }) => test_name === null || filter.test_name.includes(test_name),
          ),
    courses,
    place,
    dataUntil: page.until,
    coverage: coverageOf(rows),
    witnesses: WITNESSES,
  });
  const inside = (start: Day, end: Day): boolean =>
    !chosen || (start < frame.until && end > frame.since);
  const speed = throughput.filter(({ period, grain }) => inside(period, nextPeriod(period, grain)));
  const use = toToolUseSeries(
    toolUse.filter(({ day }) => !chosen || (day >= frame.since && day < frame.until)),
  );
  const scope = { place, dataUntil: page.until };
  const tools = toToolUseSeries(toolUse).map(({ key, source }): WitnessChart => {
    const series = use.find((each) => each.key === key);
    // A single day is no course over time.
    const drawable = series !== undefined && daysBetween(frame.since, frame.until) > 0;
    return {
      id: `tool-use-${key.replace(/[^a-z0-9]+/gi, '-')}`,
      view: drawable ? toToolUse(series, place, page.until) : null,
      sources: [source],
    };
  });
  return [
    { id: 'witnesses', view: timeline, sources: timeline.tracks.flatMap(sourcesOf(toolUse)) },
    { id: 'throughput', view: toThroughput(speed, scope), sources: ['mlab'] },
    ...tools,
  ];
}

function labelOf(test: string): string {
  return testSpec(test).label;
}

/** Publishers of a row of the timeline; none of one without data in its days. */
function sourcesOf(
  rows: readonly { readonly source: SourceId }[],
): (track: WitnessTrack) => readonly SourceId[] {
  return ({ witness, missing }) => {
    if (missing !== null) return [];
    if (witness === 'interference') return ['ooni'];
    return witness === 'throughput' ? ['mlab'] : [...new Set(rows.map(({ source }) => source))];
  };
}
