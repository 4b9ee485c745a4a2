/** What the page of one country or territory shows beyond its charts, found at build. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { ChartName, ChartView } from '../charts/registry.ts';
import type { BuildData } from '../engine/build-data.ts';
import { askCountry, toFrame, type FilteredViews } from '../islands/country-views.ts';
import type { CountryRow } from '../query/rows.ts';
import { EMPTY_STATE } from '../state/parameters.ts';

/**
 * Views of one country or territory, unfiltered: the same that the filters make, asked of the engine at build.
 * They run from its first test to the end of the release, so that silence since the last test is seen.
 */
export async function loadCountry(
  { ask }: BuildData,
  { probe_cc: probeCc, first_day: since }: CountryRow,
  until: Day,
): Promise<FilteredViews> {
  const page = { probeCc, since, until };
  return askCountry(ask, EMPTY_STATE, page, toFrame(EMPTY_STATE, page).frame);
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
