/** What the page of one country or territory shows beyond its charts, found at build. */
import type { Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { ChartName, ChartView } from '../charts/registry.ts';
import type { BuildData } from '../engine/build-data.ts';
import { askCountry, toFrame, type FilteredViews } from '../islands/country-views.ts';
import type { CountryRow } from '../query/rows.ts';
import { EMPTY_STATE } from '../state/parameters.ts';
import { toStretchesView, type Days, type StretchesView } from '../view/stretches.ts';
import { loadWitnesses } from './witnesses.ts';

export interface CountryPage extends FilteredViews {
  /** The same over all days, from the first test to the end of the release. */
  readonly all: FilteredViews;
  readonly stretches: StretchesView;
}

/**
 * Views of one country or territory, unfiltered: the same that the filters make, asked of the engine at build.
 * They show the stretch of days with tests, or all days where there is no long silence.
 */
export async function loadCountry(
  data: BuildData,
  { probe_cc: probeCc, first_day: since }: CountryRow,
  until: Day,
): Promise<CountryPage> {
  const whole = { since, until };
  const { outcomes } = await loadWitnesses(data, probeCc);
  const stretches = toStretchesView(
    outcomes.map((row) => ({ ...row, day: row.period })),
    whole,
    (networks) => (networks === null ? FLOORS.countsOnly : FLOORS.country),
  );
  const viewsOver = (shown: Days): Promise<FilteredViews> => {
    const page = { probeCc, ...whole, shown };
    return askCountry(data.ask, EMPTY_STATE, page, toFrame(EMPTY_STATE, page).frame);
  };
  const { shown } = stretches;
  const all = await viewsOver(whole);
  const same = shown.since === since && shown.until === until;
  return { ...(same ? all : await viewsOver(shown)), all, stretches };
}

/** The view of one chart. Throws when the page has no such chart. */
export function viewOf<Name extends ChartName>(
  { charts }: FilteredViews,
  name: Name,
): Extract<ChartView, { chart: Name }> {
  const found = charts.find((view) => isChart(view, name));
  if (found === undefined || !isChart(found, name))
    throw new Error(`The views of a country lack the chart ${name}.`);
  return found;
}

function isChart<Name extends ChartName>(
  view: ChartView,
  name: Name,
): view is Extract<ChartView, { chart: Name }> {
  return view.chart === name;
}
