/** Charts to begin with in the chart builder, made from what the release holds. */
import { addDays, type CountryCode, type Day } from '../../data-build/contract/brands.ts';
import { formatEventTarget } from '../../data-build/contract/event-terms.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatPlace } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import { countriesQuery } from '../query/interference.ts';
import type { EventRow } from '../query/witnesses.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { EMPTY_STATE, type ExplorerState } from '../state/parameters.ts';
import { formatState } from '../state/state.ts';
import { byStrength } from '../view/events.ts';
import { formatDay, formatList } from '../view/format.ts';
import { askFigure } from '../figures/ask-figure.ts';
import { explore } from '../figures/explore/figure.ts';
import { planExplore } from '../figures/explore/plan.ts';
import type { ExploreView } from '../figures/explore/view.ts';
import { toSourceLines } from '../export/source-lines.ts';
import { writeFigureSvgs } from '../render/figure.ts';
import { loadEventList } from './events.ts';
import { daysFilter } from '../query/condition.ts';

export interface ExploreStart {
  readonly label: string;
  /** `?…`: the state of the builder. */
  readonly search: string;
  readonly state: ExplorerState;
}

export interface DrawnStart extends ExploreStart {
  readonly view: ExploreView;
  readonly svgs: string;
  readonly credits: readonly string[];
}

/** A start as it is drawn by the builder, for readers who have asked nothing yet; null: the release holds nothing. */
export async function drawStart(
  data: BuildData,
  start: ExploreStart | undefined,
): Promise<DrawnStart | null> {
  if (start === undefined) return null;
  const view = await askView(data, start.state);
  if (view === null) return null;
  const { manifest } = data;
  const { html } = writeFigureSvgs(view, 'start', manifest.synthetic);
  const credits = toSourceLines(explore.sources(view), manifest).map(({ credit }) => credit);
  return { ...start, view, svgs: html, credits };
}

/** The view that a state of the builder gives; null: nothing to draw. */
async function askView(
  { ask, manifest }: BuildData,
  state: ExplorerState,
): Promise<ExploreView | null> {
  const { request } = planExplore(manifest, state);
  return (await askFigure(ask, explore, request))?.view ?? null;
}

/** Null: the step that the builder takes by itself. Coarser where most of what was tested at that step has no rate. */
async function chooseGrain(
  data: BuildData,
  state: Partial<ExplorerState>,
): Promise<TimeGrain | null> {
  for (const time_grain of [null, 'week', 'month'] as const) {
    const view = await askView(data, { ...EMPTY_STATE, ...state, time_grain });
    const tested = view?.cells.filter(({ row }) => row.tests !== 0) ?? [];
    const shown = tested.filter(({ value }) => value !== null);
    if (2 * shown.length >= tested.length) return time_grain;
  }
  return 'month';
}

/** Days shown around an event: before its first sign, and after its last. */
const BEFORE = 21;
const AFTER = 14;

/** None where the release holds nothing to draw. */
export async function listStarts(data: BuildData): Promise<readonly ExploreStart[]> {
  const { rows } = await loadEventList(data);
  const whole = rows
    .filter(({ probe_asn, agreement }) => probe_asn === null && agreement !== 'global_change')
    .toSorted(byStrength);
  const starts = whole.filter(
    ({ kind, test_name, domain, category_code }) =>
      kind === 'interference_start' &&
      test_name !== null &&
      domain === null &&
      category_code === null,
  );
  // Where networks are named there is more to look at.
  const interference = starts.find(({ network_count }) => network_count !== null) ?? starts[0];
  const surge = whole.find(({ kind, tool }) => kind === 'surge' && tool !== null);
  return [
    ...(interference === undefined ? [] : await interferenceStarts(data, interference)),
    ...(surge === undefined ? [] : [toolStart(surge)]),
    ...(await placesStart(data)),
  ];
}

function toStart(label: string, state: Partial<ExplorerState>): ExploreStart {
  const whole = { ...EMPTY_STATE, ...state };
  return { label, search: formatState(whole), state: whole };
}

async function interferenceStarts(
  data: BuildData,
  event: EventRow,
): Promise<readonly ExploreStart[]> {
  const words = wordsOf(event);
  const days: Partial<ExplorerState> = {
    probe_cc: [event.probe_cc],
    test_name: event.test_name === null ? [] : [event.test_name],
    ...daysAround(event),
  };
  const place = { ...days, time_grain: await chooseGrain(data, days) };
  const networks = event.network_count !== null && event.network_count > 1;
  return [
    toStart(translate('explore.start.days', words), place),
    ...(networks
      ? [toStart(translate('explore.start.networks', words), { ...place, axis_y: 'probe_asn' })]
      : []),
    ...(event.blocking_method === null && !networks
      ? []
      : [toStart(translate('explore.start.methods', words), { ...place, measure: 'methods' })]),
    toStart(translate('explore.start.baseline', words), { ...place, compare: 'baseline' }),
  ];
}

function toolStart(event: EventRow): ExploreStart {
  return toStart(translate('explore.start.tool', wordsOf(event)), {
    measure: 'tool_use',
    probe_cc: [event.probe_cc],
    tool: event.tool === null ? [] : [event.tool],
    ...daysAround(event),
  });
}

/** The three places with most tests, side by side. */
async function placesStart({ ask }: BuildData): Promise<readonly ExploreStart[]> {
  const rows = await ask(countriesQuery(daysFilter(null, null)));
  const most = rows
    .toSorted((a, b) => b.measurement_count - a.measurement_count)
    .slice(0, 3)
    .map(({ probe_cc }) => probe_cc);
  if (most.length < 2) return [];
  const places = formatList(most.map((code: CountryCode) => formatPlace(code)));
  return [
    toStart(translate('explore.start.places', { places }), {
      probe_cc: most,
      compare: 'countries',
    }),
  ];
}

function wordsOf(event: EventRow): {
  readonly target: string;
  readonly place: string;
  readonly day: string;
} {
  return {
    target: formatEventTarget(event),
    place: formatPlace(event.probe_cc),
    day: formatDay(event.first_sign),
  };
}

function daysAround({ first_sign, last_sign }: EventRow): {
  readonly since: Day;
  readonly until: Day;
} {
  return {
    since: addDays(first_sign, -BEFORE),
    until: addDays(last_sign ?? first_sign, AFTER + 1),
  };
}
