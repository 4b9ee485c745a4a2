/** Bars along anything but time, in groups where there are series; shares with their interval. */
import { groupBy } from '../../view/day-rows.ts';
import { formatPercent } from '../../view/format.ts';
import type { ExploreCell } from './cells.ts';
import type { ExploreView } from './view.ts';
import { layoutBarChart, mostBars, type BarRow } from '../../charts/bar-chart.ts';
import { toData } from './layout-data.ts';
import { numberAxis, shareAxis } from '../../charts/marks/axis.ts';
import { outcomeLook, SERIES_BAR } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';

export function layoutExploreBars(view: ExploreView, size: ChartSize): Scene {
  const { cells, isShare, measure } = view;
  const shown = cells.slice(0, mostBars(size));
  const grouped = shown.some(({ series }) => series !== null);
  const look = measure === 'rate' ? outcomeLook('anomaly') : SERIES_BAR;
  const toRow = (cell: ExploreCell): BarRow => ({
    key: cell.key,
    data: toData(cell),
    label: grouped ? (cell.seriesLabel ?? '') : cell.xLabel,
    text: cell.text,
    bar: cell.value === null ? 'few' : [{ key: 'bar', from: 0, to: cell.value, look }],
    rate: cell.rate,
  });
  const groups = [...groupBy(shown, ({ x }) => (grouped ? x : ''))];
  return layoutBarChart(
    {
      view,
      groups: groups.map(([key, own]) => ({
        key,
        label: grouped ? (own[0]?.xLabel ?? key) : null,
        rows: own.map(toRow),
      })),
      value: isShare
        ? shareAxis(2)
        : numberAxis(
            shown.map(({ value }) => value ?? 0),
            3,
            measure === 'loss' ? formatPercent : undefined,
          ),
      legend: [],
      unit: view.unit,
      total: cells.length,
      empty: view.title,
    },
    size,
  );
}
